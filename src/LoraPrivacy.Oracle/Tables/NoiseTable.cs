namespace LoraPrivacy.Oracle.Tables;

/// <summary>Noise variance against rank, for the initialisations in use (S4, S25).</summary>
internal static class NoiseTable
{
    public const string Name = "noise";

    private const int Dimension = 1024;
    private const int ShownDigits = 4;

    // Quotients of integers; those with a power of two below are exact.
    private const double Error = 1e-15;

    public static Table Build(TableWork work) => new(
        Name,
        $"Noise of the sketched gradient against rank (‖q‖ = 1, m = {Dimension})",
        ["S3", "S4", "S25"],
        [
            new("rank"),
            new("entry with q_i = 0", Key: "entryVarianceAtZero"),
            new("entry with |q_i| = 1", Key: "entryVarianceAtOne"),
            new("total, Gaussian", Key: "totalGaussian"),
            new("total, uniform", Key: "totalUniform"),
            new("total, Rademacher", Key: "totalRademacher"),
            new("total, projection", Key: "totalProjection"),
            new("signal to noise", Key: "signalToNoise"),
        ],
        work.Map(Grids.Ranks, Row),
        [
            "Variances of the entries of AᵀA q and their sum E‖AᵀA q − q‖², with E[AᵀA q] = q, for Gaussian (kurtosis 3), uniform (9/5; PEFT's "
                + "Kaiming-uniform after rescaling) and Rademacher (1) entries of A, and for (m/r)·P q with P the projection on A's rows. "
                + "Signal/noise is ‖q‖²/total for Gaussian A. Multiply variances by ‖q‖².",
            "All of them fall as the rank rises. That says nothing yet about privacy: see worst-case-epsilon, and verdicts for projection.",
        ]);

    private static Cell[] Row(int rank)
    {
        double Total(double kurtosis) => GradientMoments.TotalNoise(1, Dimension, rank, kurtosis);
        Cell Exact(double value) => Cell.Rounded(value, ShownDigits, relativeError: 0);
        return
        [
            Cell.Of(rank),
            Exact(GradientMoments.EntryVariance(0, 1, rank)),
            Exact(GradientMoments.EntryVariance(1, 1, rank)),
            Exact(Total(3)),
            Cell.Rounded(Total(1.8), ShownDigits, Error),
            Exact(Total(1)),
            Exact(new ProjectionLaw(rank, Dimension).TotalNoise(1)),
            Cell.Rounded(1 / Total(3), ShownDigits, Error),
        ];
    }
}
