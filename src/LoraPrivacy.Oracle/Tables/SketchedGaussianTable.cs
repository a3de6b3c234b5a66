namespace LoraPrivacy.Oracle.Tables;

/// <summary>What the sketch adds to or takes from the privacy of added noise, against rank (S20, S21).</summary>
internal static class SketchedGaussianTable
{
    public const string Name = "sketched-gaussian";

    private const double Delta = 1e-5;
    private const int Dimension = 768;
    private const int ShownDigits = 4;
    private const double Error = 1e-8;

    private static readonly double[] Noises = [1, 4, 16];
    private static readonly int[] Ranks = [1, 4, 16, 64, 256, 1024];

    public static Table Build(TableWork work)
    {
        (double Noise, int Rank)[] rows = [.. Noises.SelectMany(noise => Ranks.Select(rank => (noise, rank)))];
        return new(
            Name,
            "Gaussian noise on a sketched gradient beside the same noise without a sketch (sensitivity 1, one release, D of rank one and independent of A)",
            ["S20", "S21"],
            [
                new("noise σ", Key: "noise"),
                new("rank"),
                new("ε, no sketch", Key: "plainEpsilon"),
                new("ε, factor", Key: "factorEpsilon"),
                new("gain", Key: "gain"),
                new("ε ≤, product", Key: "productEpsilonUpperBound"),
                new("δ(0), no sketch", Key: "plainTotalVariation"),
                new("δ(0), factor", Key: "factorTotalVariation"),
            ],
            work.Map(rows, row => Row(row.Noise, row.Rank)),
            [
                "ε at δ = 1e-5. Factor: G Aᵀ + σZ with A public, exact (S20). Product: G AᵀA + σZ at m = 768 with A secret, an upper bound that does not use the secrecy (S21), rounded up. Gain: ε without "
                    + "the sketch over ε of the factor; below 1 the sketch costs privacy.",
                "The sketch leaves the mean of the squared sensitivity as it is and makes it random: at small δ the rare large values count, and the gain is below 1; at ε = 0 (total variation) the small ones do. Both "
                    + "effects vanish as the rank grows.",
            ])
        {
            GroupColumns = 1,
        };
    }

    private static Cell[] Row(double noise, int rank)
    {
        GaussianMechanism plain = new(1 / noise);
        SketchedGaussianMechanism factor = new(rank, 1, noise);
        NoisyProductRelease product = new(rank, Dimension, 1, noise);
        double without = plain.Epsilon(Delta);
        double with = factor.Epsilon(Delta);
        return
        [
            Cell.Parameter(noise),
            Cell.Of(rank),
            Cell.Rounded(without, ShownDigits, Error),
            Cell.Rounded(with, ShownDigits, Error),
            Cell.Rounded(without / with, ShownDigits, 2 * Error),
            Cell.RoundedUp(product.Epsilon(Delta).Upper, ShownDigits, Error),
            Cell.Rounded(plain.Delta(0), ShownDigits, Error),
            Cell.Rounded(factor.Delta(0), ShownDigits, Error),
        ];
    }
}
