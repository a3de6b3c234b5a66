namespace LoraPrivacy.Oracle.Tables;

/// <summary>What a public projection takes from the ε of added noise, against rank and dimension (S33).</summary>
internal static class ProjectedGaussianTable
{
    public const string Name = "projected-gaussian";

    private const double Delta = 1e-5;
    private const int ShownDigits = 4;
    private const double Error = 1e-8;

    private static readonly double[] Noises = [1, 4];
    private static readonly int[] Ranks = [1, 4, 16, 64, 256];
    private static readonly int[] Dimensions = [768, 4096];

    public static Table Build(TableWork work)
    {
        (double Noise, int Rank)[] rows = [.. Noises.SelectMany(noise => Ranks.Select(rank => (noise, rank)))];
        return new(
            Name,
            "Gaussian noise before the projection on the row space of a public A, for sensitivity 1, one release, D of rank one and independent of A",
            ["S33"],
            [
                new("noise σ", Key: "noise"),
                new("rank"),
                new("ε, no projection", Key: "plainEpsilon"),
                .. Dimensions.SelectMany(dimension => (Column[])
                [
                    new($"ε, m = {dimension}", Key: $"epsilon{dimension}"),
                    new($"of the mean, m = {dimension}", Key: $"meanEpsilon{dimension}"),
                ]),
            ],
            work.Map(rows, row => Row(row.Noise, row.Rank)),
            [
                "ε at δ = 1e-5, exact (S33). The projection on r of m dimensions leaves a random share of the squared sensitivity, r/m in the mean. Columns \"of the mean\": the ε of the mean share, which is too small and no "
                    + "guarantee, to compare.",
                "A difference of higher rank, as one example of a text has, is not covered.",
            ])
        {
            GroupColumns = 1,
        };
    }

    private static Cell[] Row(double noise, int rank) =>
    [
        Cell.Parameter(noise),
        Cell.Of(rank),
        Cell.Rounded(new GaussianMechanism(1 / noise).Epsilon(Delta), ShownDigits, Error),
        .. Dimensions.SelectMany(dimension => (Cell[])
        [
            Cell.Rounded(SketchedGaussianMechanism.Projected(rank, dimension, 1, noise).Epsilon(Delta), ShownDigits, Error),
            Cell.Rounded(new GaussianMechanism(Math.Sqrt((double)rank / dimension) / noise).Epsilon(Delta), ShownDigits, Error),
        ]),
    ];
}
