namespace LoraPrivacy.CommandLine.Statistics;

/// <summary>
/// The distance of draws to a continuous law, and the bound it keeps with probability 1 − 10⁻⁹ at any number of draws: Dvoretzky,
/// Kiefer and Wolfowitz, with Massart's constant.
/// </summary>
internal static class KolmogorovTest
{
    /// <summary>The probability with which draws of the very law exceed the bound, at most.</summary>
    public const double FalseAlarmRate = 1e-9;

    /// <summary>√(ln(2/α)/(2n)).</summary>
    public static double Bound(int count) => Math.Sqrt(Math.Log(2 / FalseAlarmRate) / (2.0 * count));

    /// <summary>sup|Fₙ − F|, given F at each draw; 1 if one of them is not a number.</summary>
    public static double Distance(IEnumerable<double> distributionValues)
    {
        double[] sorted = [.. distributionValues.Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            distance = Math.Max(distance, Math.Max(((i + 1.0) / sorted.Length) - sorted[i], sorted[i] - ((double)i / sorted.Length)));
        }

        return sorted.Length == 0 || double.IsNaN(distance) || Array.Exists(sorted, double.IsNaN) ? 1 : distance;
    }

    /// <summary>sup|Fₙ − F| over the integers, for draws of a law on them.</summary>
    public static double Distance(IReadOnlyCollection<long> draws, Func<long, double> distribution)
    {
        double distance = 0;
        for (long value = draws.Min() - 1; value <= draws.Max(); value++)
        {
            distance = Math.Max(distance, Math.Abs(((double)draws.Count(draw => draw <= value) / draws.Count) - distribution(value)));
        }

        return distance;
    }
}

/// <summary>The distribution function of χ²_k.</summary>
/// <param name="degrees">k, at least 1.</param>
internal sealed class ChiSquareLaw(int degrees)
{
    /// <summary>P(X ≤ x); not a number where x is not.</summary>
    public double Below(double x) => double.IsNaN(x) ? double.NaN : x <= 0 ? 0 : IncompleteGamma.RegularizedP(degrees / 2.0, x / 2);
}
