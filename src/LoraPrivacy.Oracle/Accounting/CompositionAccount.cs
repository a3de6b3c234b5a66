namespace LoraPrivacy.Oracle.Accounting;

/// <summary>Many steps of one pair of laws, with a fresh A each: what <c>account product</c>, <c>factor</c> and <c>sketched</c> answer (S22).</summary>
/// <param name="Step">The pair of one step.</param>
/// <param name="Steps">T.</param>
/// <param name="How">By what.</param>
internal sealed record CompositionAccount(PrivacyPair Step, long Steps, string How)
{
    private const double Width = 1e-3;

    /// <summary>The width aimed at, relative to ε.</summary>
    public double RelativeWidth { get; init; } = Width;

    /// <summary>Whether the curve of the step is itself only a bound, so that the lower ends say nothing.</summary>
    public bool IsUpperBound { get; init; }

    /// <summary>Adds ε at every δ and δ at every ε.</summary>
    public void AddTo(AccountTable table, IReadOnlyList<double> deltas, IReadOnlyList<double> epsilons, CancellationToken cancellation)
    {
        IPrivacyCurve curve = new PrivacyAccountant((Step, Steps)) { RelativeWidth = RelativeWidth }.BothDirections();
        foreach (double delta in deltas)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(table, "ε", $"δ = {Digits.Shortest(delta)}", curve.Epsilon(delta));
        }

        foreach (double epsilon in epsilons)
        {
            cancellation.ThrowIfCancellationRequested();
            Add(table, "δ", $"ε = {Digits.Shortest(epsilon)}", curve.Delta(epsilon));
        }
    }

    private void Add(AccountTable table, string quantity, string at, Bracket value)
    {
        if (IsUpperBound)
        {
            table.AddUpper(quantity, at, value.Upper, How);
        }
        else
        {
            table.Add(quantity, at, value, How, "bracket");
        }
    }
}
