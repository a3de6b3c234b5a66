namespace LoraPrivacy.Oracle.Tables;

/// <summary>The rank with the smallest worst-case ε (S15).</summary>
internal static class BestRankTable
{
    public const string Name = "best-rank";

    private const int LargestRank = 1024;
    private const double Delta = 1e-5;
    private const int ShownDigits = 4;
    private const double Error = 1e-8;

    private static readonly double[] Sensitivities = [0.001, 0.01, 0.1];

    public static Table Build(TableWork work)
    {
        (double Tau, int Dimension)[] entries = [.. Sensitivities.SelectMany(tau => Grids.Dimensions.Select(dimension => (tau, dimension)))];
        return new(
            Name,
            "The most private rank up to 1024 (worst case, δ = 1e-5)",
            ["S14", "S15"],
            [
                new("τ", Key: "tau"),
                new("m", Key: "dimension"),
                new("best rank", Key: "bestRank"),
                new("ε at best rank", Key: "epsilonAtBestRank"),
                new("ε at rank 8", Key: "epsilonAtRank8"),
                new("ε at rank 1024", Key: "epsilonAtRank1024"),
            ],
            work.Map(entries, entry => Row(entry.Tau, entry.Dimension)),
            [
                "One product release of a vector, as in worst-case-epsilon. Neighbours may differ in norm and direction; for pairs of equal norms the best "
                    + "rank is larger, of the order of √m. ε rounded up in the last digit.",
                "The search assumes that ε falls with the rank up to one minimum and rises from there, which is tested, but not proved.",
            ])
        {
            GroupColumns = 1,
        };
    }

    private static Cell[] Row(double tau, int dimension)
    {
        (int rank, WorstCaseResult best) = PrivacyPlanning.BestRank(dimension, tau, Delta, LargestRank);
        double At(int other) => new WorstCase(other, dimension).Epsilon(tau, Delta).Epsilon;
        return
        [
            Cell.Parameter(tau),
            Cell.Of(dimension),
            Cell.Of(rank),
            Cell.RoundedUp(best.Epsilon, ShownDigits, Error),
            Cell.RoundedUp(At(8), ShownDigits, Error),
            Cell.RoundedUp(At(1024), ShownDigits, Error),
        ];
    }
}
