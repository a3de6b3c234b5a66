namespace LoraPrivacy.Oracle.Tables;

/// <summary>ε of many product releases of a vector with a fresh A each (S22).</summary>
internal static class FreshSketchTable
{
    public const string Name = "fresh-sketch";

    private const double Delta = 1e-5;
    private const int Dimension = 768;
    private const double Angle = 0.01;
    private const double Width = 1e-2;
    private const int ShownDigits = 3;

    private static readonly int[] Ranks = [2, 16, 64, 256];
    private static readonly long[] StepCounts = [1, 10, 1000];

    public static Table Build(TableWork work)
    {
        (int Rank, long Steps)[] rows = [.. Ranks.SelectMany(rank => StepCounts.Select(steps => (rank, steps)))];
        return new(
            Name,
            "ε at δ = 1e-5 of many product releases of a vector, each with a fresh, secret, Gaussian A, for one pair (m = 768, λ = 1, θ = 0.01)",
            ["S12", "S22", "S27"],
            [
                new("rank"),
                new("steps"),
                new("floor of δ", Key: "floor"),
                new("ε: from", Key: "lower"),
                new("to", Key: "upper"),
                new("plain Gaussian of the same noise", Key: "normalApproximation"),
            ],
            work.Map(rows, row => Row(row.Rank, row.Steps)),
            [
                "The exact ε of the T-fold composition of this pair lies between the two numbers, which are rounded outward. It is exact for this pair at every step, and no worst case. The floor is the probability of "
                    + "an infinite loss in any of the steps: below it no ε exists.",
                "Last column: the composed Gaussian mechanism with the noise variance of one entry, no bound, to compare.",
                $"One A for all steps: {VerdictCatalogue.Of(Release.Row, Neighbours.Any, Steps.SameA).Short}. {VerdictCatalogue.Of(Release.Row, Neighbours.Any, Steps.SameA).Why} (S17)",
            ])
        {
            GroupColumns = 1,
        };
    }

    // The smallest doubles have few digits or none.
    private static Cell Floor(double value) => value < 1e-300 ? new Cell("<1e-300") { Full = string.Empty } : Cell.Rounded(value, ShownDigits, 1e-9);

    private static Cell[] Row(int rank, long steps)
    {
        PrivacyPair pair = PrivacyPair.Product(new ProductRelease(rank, Dimension), new VectorPair(1, Angle));
        PrivacyAccountant accountant = new((pair, steps)) { RelativeWidth = Width };
        Bracket epsilon = accountant.BothDirections().Epsilon(Delta);
        GaussianMechanism gaussian = new GaussianMechanism(2 * Math.Sin(Angle / 2) * Math.Sqrt(rank)).Compose(steps);
        return
        [
            Cell.Of(rank),
            Cell.Of(steps),
            Floor(ProductRelease.ComposedDeltaFloor(rank, Angle, steps)),
            Cell.Lower(epsilon.Lower, ShownDigits),
            Cell.Upper(epsilon.Upper, ShownDigits),
            Cell.Rounded(gaussian.Epsilon(Delta), ShownDigits, 1e-9),
        ];
    }
}
