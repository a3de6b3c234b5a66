using LoraPrivacy.CommandLine.Tables;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Accounting;

/// <summary>Many steps of one pair of laws, with a fresh A each: what <c>account product</c>, <c>factor</c> and <c>sketched</c> answer (S22).</summary>
/// <param name="Step">The pair of one step.</param>
/// <param name="Steps">T.</param>
/// <param name="Kind">What the bounds are of: a bracket of an exact value, or an upper bound only.</param>
/// <param name="How">By what.</param>
internal sealed record CompositionAccount(PrivacyPair Step, long Steps, string Kind, string How)
{
    private const double Width = 1e-3;

    /// <summary>The width aimed at, relative to ε.</summary>
    public double RelativeWidth { get; init; } = Width;

    /// <summary>Adds ε at every δ and δ at every ε.</summary>
    public void AddTo(AccountTable table, IReadOnlyList<double> deltas, IReadOnlyList<double> epsilons, CancellationToken cancellation)
    {
        PrivacyAccountant accountant = new((Step, Steps)) { RelativeWidth = RelativeWidth };
        foreach (double delta in deltas)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(table, "ε", $"δ = {Digits.Shortest(delta)}", accountant.BothDirections(direction => direction.Epsilon(delta)));
        }

        foreach (double epsilon in epsilons)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(table, "δ", $"ε = {Digits.Shortest(epsilon)}", accountant.BothDirections(direction => direction.Delta(epsilon)));
        }
    }

    private void Add(AccountTable table, string quantity, string at, Bracket value)
    {
        if (Kind == "upper bound")
        {
            table.AddUpper(quantity, at, value.Upper, How);
        }
        else
        {
            table.Add(quantity, at, value, How, Kind);
        }
    }
}
