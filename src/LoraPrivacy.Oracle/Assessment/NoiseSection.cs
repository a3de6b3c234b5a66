using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Oracle.Tables;
using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>How much noise the sketch adds to this gradient, rank by rank, and how far from normal it is (S4, S9).</summary>
internal static class NoiseSection
{
    private const int ShownDigits = 4;

    public static Table Build(GradientPair pair, int[] ranks)
    {
        double[] ratios = EntryRatios(pair.Gradient);
        double median = ratios.Length == 0 ? 0 : ratios[ratios.Length / 2];
        double largest = ratios.Length == 0 ? 0 : ratios[^1];
        double norm = GradientNorm.Of(pair.Gradient);
        return new Table(
            "noise",
            "Noise of the step G AᵀA around G",
            ["S4", "S9"],
            [
                new("rank"),
                new("total variance", Key: "totalVariance"),
                new("per entry", Key: "averageVariance"),
                new("signal to noise", Key: "signalToNoise"),
                new("TV, median entry", Key: "totalVariationMedian"),
                new("TV, largest", Key: "totalVariationLargest"),
                new("Kolmogorov, largest", Key: "kolmogorovLargest"),
            ],
            [.. ranks.Select(rank => Row(pair, norm, median, largest, rank))],
            [
                FormattableString.Invariant(
                    $"TV and Kolmogorov: exact distances of the law of one entry to the normal law of its mean and variance, for the median and the largest |G_ai|/‖G_a‖ ({median:G3} and {largest:G3})."),
            ]);
    }

    private static Cell[] Row(GradientPair pair, double norm, double median, double largest, int rank)
    {
        double total = GradientMoments.TotalNoise(norm, pair.Columns, rank);
        double[] values =
        [
            total,
            total / pair.Gradient.Length,
            GradientMoments.SignalToNoise(pair.Columns, rank),
            GaussianDistance.TotalVariation(median, rank),
            GaussianDistance.TotalVariation(largest, rank),
            GaussianDistance.Kolmogorov(largest, rank),
        ];
        return [Cell.Of(rank), .. values.Select(value => Cell.Measured(value, ShownDigits))];
    }

    /// <summary>|G_ai|/‖G_a‖ of all entries in rows other than 0, ascending.</summary>
    private static double[] EntryRatios(double[,] gradient)
    {
        List<double> ratios = [];
        for (int i = 0; i < gradient.GetLength(0); i++)
        {
            double[] row = MatrixParts.Row(gradient, i);
            double norm = GradientNorm.Of(row);
            if (norm > 0)
            {
                ratios.AddRange(row.Select(entry => Math.Min(1, Math.Abs(entry) / norm)));
            }
        }

        ratios.Sort();
        return [.. ratios];
    }
}
