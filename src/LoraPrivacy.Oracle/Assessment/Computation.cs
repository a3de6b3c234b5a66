namespace LoraPrivacy.Oracle.Assessment;

/// <summary>Computes the numbers of one row of a report, such that one that cannot be computed does not take the others along.</summary>
internal sealed class Computation(int digits)
{
    private readonly List<string> failures = [];

    /// <summary>What could not be computed, and why.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>Whether a failure is one of the arithmetic, which leaves the rest of a report as it is.</summary>
    public static bool Covers(Exception failure) => failure is ArithmeticException or ArgumentException;

    /// <summary>A number, or the words that it is not computed.</summary>
    /// <param name="name">What is computed, for the note.</param>
    /// <param name="compute">Computes it.</param>
    /// <param name="show">How it is shown; null for the nearest number.</param>
    public Cell Number(string name, Func<double> compute, Func<double, Cell>? show = null)
    {
        try
        {
            double value = compute();
            if (!double.IsNaN(value))
            {
                return show is null ? Cell.Measured(value, digits) : show(value);
            }

            failures.Add($"{name}: the result is beyond the range of double precision");
        }
        catch (Exception failure) when (Covers(failure))
        {
            failures.Add($"{name}: {QueryAnswerer.MessageOf(failure)}");
        }

        return Cell.NotComputed;
    }
}
