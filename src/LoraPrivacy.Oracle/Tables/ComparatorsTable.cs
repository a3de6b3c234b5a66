using LoraPrivacy.Reference.Comparators;

namespace LoraPrivacy.Oracle.Tables;

/// <summary>The exact ε beside what others say about the same release (S26).</summary>
internal static class ComparatorsTable
{
    public const string Name = "comparators";

    private const double Delta = 1e-5;
    private const int ShownDigits = 4;
    private const double Error = 1e-8;

    private static readonly double[] Angles = [0.01, 0.05];
    private static readonly int[] ProductRanks = [8, 16, 64, 256];
    private static readonly int[] Dimensions = [768, 4096];
    private static readonly double[] Gammas = [100, 1000];
    private static readonly int[] FactorRanks = [4, 16, 64, 256];

    public static Table Build(TableWork work)
    {
        List<Func<Cell[]>> rows =
        [
            .. from angle in Angles from dimension in Dimensions from rank in ProductRanks select (Func<Cell[]>)(() => Product(angle, dimension, rank)),
            .. from gamma in Gammas from rank in FactorRanks select (Func<Cell[]>)(() => Factor(gamma, rank)),
        ];
        return new(
            Name,
            "Exact ε at δ = 1e-5 beside published bounds and the normal approximation",
            ["S11", "S24", "S26"],
            [
                new("release", IsText: true),
                new("pair", IsText: true),
                new("m", Key: "dimension"),
                new("rank"),
                new("exact ε", Key: "exact"),
                new("published bound", Key: "publishedBound"),
                new("normal approximation", Key: "normalApproximation"),
            ],
            work.Map(rows, row => row()),
            [
                "Product: one row, equal norms, angle θ. Published bound: arXiv 2601.21719 with the first coefficient corrected to (m − r + 1)/2. Normal approximation: "
                    + "the Gaussian mechanism with the noise variance of one entry; it is no bound, and falls far below the exact ε at small ranks.",
                "Factor: Gram matrices that differ by one rank-one term of at most 1/γ of the least eigenvalue. Published bound: Sheffet's. Bounds are rounded up, other numbers to the nearest.",
            ])
        {
            GroupColumns = 3,
        };
    }

    private static Cell[] Product(double angle, int dimension, int rank)
    {
        double distance = 2 * Math.Sin(angle / 2);
        return
        [
            new("product"),
            new($"θ = {Digits.Shortest(angle)}"),
            Cell.Of(dimension),
            Cell.Of(rank),
            Cell.Rounded(new ProductRelease(rank, dimension).BothDirections(new VectorPair(1, angle)).Epsilon(Delta).Upper, ShownDigits, Error),
            Cell.RoundedUp(new PublishedVectorBound(rank, dimension, angle).Epsilon(Delta), ShownDigits, Error),
            Cell.Rounded(GaussianApproximation.Epsilon(Delta, GaussianApproximation.SensitivityRatio(distance, rank)), ShownDigits, Error),
        ];
    }

    private static Cell[] Factor(double gamma, int rank) =>
    [
        new("factor"),
        new($"γ = {Digits.Shortest(gamma)}"),
        new(string.Empty),
        Cell.Of(rank),
        Cell.Rounded(FactorRelease.RankOneWorstCase(rank, gamma).BothDirections().Epsilon(Delta).Upper, ShownDigits, Error),
        Cell.RoundedUp(SheffetBound.Epsilon(rank, gamma, Delta), ShownDigits, Error),
        new(string.Empty),
    ];
}
