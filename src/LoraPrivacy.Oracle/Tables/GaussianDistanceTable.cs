namespace LoraPrivacy.Oracle.Tables;

/// <summary>How far the law of one entry is from the normal law of its mean and variance (S9).</summary>
internal static class GaussianDistanceTable
{
    public const string Name = "gaussian-distance";

    private const int ShownDigits = 5;
    private const double Error = 1e-9;

    private static readonly double[] EntryRatios = [0, 0.1, 0.5, 1];

    public static Table Build(TableWork work)
    {
        (double Ratio, int Rank)[] entries = [.. EntryRatios.SelectMany(ratio => Grids.Ranks.Select(rank => (ratio, rank)))];
        return new(
            Name,
            "Distance of the law of one entry of AᵀA q to the normal law of its mean and variance",
            ["S7", "S9"],
            [
                new("|q_i|/‖q‖", Key: "entryRatio"),
                new("rank"),
                new("excess kurtosis", Key: "excessKurtosis"),
                new("total variation", Key: "totalVariation"),
                new("Kolmogorov", Key: "kolmogorov"),
            ],
            work.Map(entries, entry => Row(entry.Ratio, entry.Rank)),
            [
                "Exact for every dimension m: the standardised law of an entry depends on q_i/‖q‖ and the rank alone. It becomes normal as the "
                    + "rank grows, not as m grows.",
            ])
        {
            GroupColumns = 1,
        };
    }

    private static Cell[] Row(double ratio, int rank) =>
    [
        Cell.Parameter(ratio),
        Cell.Of(rank),
        Cell.Rounded(new VarianceGamma(ratio, 1, rank).ExcessKurtosis, ShownDigits, 1e-13),
        Cell.Rounded(GaussianDistance.TotalVariation(ratio, rank), ShownDigits, Error),
        Cell.Rounded(GaussianDistance.Kolmogorov(ratio, rank), ShownDigits, Error),
    ];
}
