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
        double norm = EuclideanNorm.Of(pair.Gradient);
        (Cell[] Cells, IReadOnlyList<string> Failures)[] rows = [.. ranks.Select(rank => Row(pair, norm, median, largest, rank))];
        string note = norm == 0
            ? "The gradient is zero, and so is every step made from it: there is no noise, no signal to compare it with, and no law to be far from normal."
            : FormattableString.Invariant(
                $"TV and Kolmogorov: exact distances of the law of one entry to the normal law of its mean and variance, for the median and the largest |G_ai|/‖G_a‖ ({median:G3} and {largest:G3}).");
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
            [.. rows.Select(row => row.Cells)],
            [note, .. rows.SelectMany(row => row.Failures).Select(failure => $"Not computed: {failure}.")]);
    }

    private static (Cell[] Cells, IReadOnlyList<string> Failures) Row(GradientPair pair, double norm, double median, double largest, int rank)
    {
        Computation computation = new(ShownDigits);
        Cell Number(string name, Func<double> compute) => computation.Number($"{name} at rank {rank}", compute);

        // The ratio and the distances are defined for q ≠ 0 only.
        Cell IfNonzero(string name, Func<double> compute) => norm == 0 ? Cell.Undefined : Number(name, compute);
        return
        (
            [
                Cell.Of(rank),
                Number("the total variance", () => Total(norm, pair.Columns, rank, parts: 1)),
                Number("the variance per entry", () => Total(norm, pair.Columns, rank, pair.Gradient.Length)),
                IfNonzero("the ratio of signal to noise", () => GradientMoments.SignalToNoise(pair.Columns, rank)),
                IfNonzero("the total variation distance of the median entry", () => GaussianDistance.TotalVariation(median, rank)),
                IfNonzero("the largest total variation distance", () => GaussianDistance.TotalVariation(largest, rank)),
                IfNonzero("the largest Kolmogorov distance", () => GaussianDistance.Kolmogorov(largest, rank)),
            ],
            computation.Failures);
    }

    /// <summary>The total variance or the part of an entry; NaN beyond the doubles, and what is too small for one is rounded up.</summary>
    private static double Total(double norm, int columns, int rank, int parts)
    {
        double part = GradientMoments.TotalNoise(norm, columns, rank) / parts;
        return double.IsInfinity(part) ? double.NaN : norm > 0 ? Math.Max(part, double.Epsilon) : part;
    }

    /// <summary>|G_ai|/‖G_a‖ of all entries in rows other than 0, ascending.</summary>
    private static double[] EntryRatios(double[,] gradient)
    {
        List<double> ratios = [];
        for (int i = 0; i < gradient.GetLength(0); i++)
        {
            double[] row = MatrixParts.Row(gradient, i);
            double norm = EuclideanNorm.Of(row);
            if (norm > 0)
            {
                ratios.AddRange(row.Select(entry => Math.Min(1, Math.Abs(entry) / norm)));
            }
        }

        ratios.Sort();
        return [.. ratios];
    }
}
