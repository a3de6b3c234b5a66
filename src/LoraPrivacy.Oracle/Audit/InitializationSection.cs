namespace LoraPrivacy.Oracle.Audit;

/// <summary>What the declared initialisation implies for one step with A frozen (S1–S4).</summary>
internal static class InitializationSection
{
    private const int ShownDigits = 4;

    public static Table Build(IReadOnlyList<LayerGroup> groups, DeclaredInitialization initialization)
    {
        Computation computation = new(ShownDigits);
        Cell[][] rows = [.. groups.Select(group => Row(group, initialization, computation))];
        return new(
            "firstStep",
            "One step from the declared initialisation with A frozen, y = s² AᵀA q",
            ["S1", "S3", "S4"],
            [
                new("group"),
                new("variance v of A", Key: "entryVariance"),
                new("kurtosis κ", Key: "kurtosis"),
                new("E y/q = s² r v", Key: "bias"),
                new("‖E y‖²/E‖y − E y‖²", Key: "signalToNoise"),
            ],
            rows,
            [
                initialization.Law switch
                {
                    FactorLaw.None => "These exist only where A is drawn by chance.",
                    FactorLaw.HalfRank => "AᵀA is the Gaussian sketch of rank r/2 with v = 1/100; r/2 stands for r here.",
                    _ => "The last column is r/(m + κ − 2). Less noise or more is not less or more privacy (S15).",
                },
                .. computation.Failures.Select(failure => $"Not computed: {failure}."),
            ]);
    }

    private static Cell[] Row(LayerGroup group, DeclaredInitialization initialization, Computation computation)
    {
        PeftLayer layer = group.First;
        if (initialization.SketchRank(layer.Rank) is not int rank)
        {
            return [Cell.Of(group.Number), .. Enumerable.Repeat(Cell.Undefined, 4)];
        }

        int dimension = (int)Math.Min(layer.Inputs, int.MaxValue);
        Cell Number(string name, Func<double> compute) => computation.Number($"{name} of group {group.Number}", compute);
        return
        [
            Cell.Of(group.Number),
            Number("the variance", () => initialization.EntryVariance(rank, dimension)),
            Cell.Measured(initialization.Kurtosis, ShownDigits),
            initialization.IsFirstGradientIndependent
                ? Number("the mean", () => GradientMoments.Bias(layer.Scaling, rank, initialization.EntryVariance(rank, dimension)))
                : Cell.Undefined,
            Number("the ratio of signal to noise", () => GradientMoments.SignalToNoise(dimension, rank, initialization.Kurtosis)),
        ];
    }
}
