using LoraPrivacy.CommandLine.Plots;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>The measured noise of training steps against rank, on the exact line.</summary>
internal static class NoiseChart
{
    public static Chart Of(IReadOnlyDictionary<string, NoisePoint[]> noise)
    {
        NoisePoint[] first = noise.Values.First();
        double[] ranks = [.. first.Select(point => (double)point.Rank)];
        return new Chart(
            "Noise of real LoRA steps (fresh Gaussian A, m = 64)",
            new Axis("rank r", IsLogarithmic: true) { Ticks = ranks },
            new Axis("noise ‖ΔW/(−η) − G‖² / ‖G‖²", IsLogarithmic: true),
            [
                new Line("exact, (m + 1)/r", ranks, [.. first.Select(point => point.Exact)]),
                .. noise.Select((model, index) => new Line(
                    $"{model.Key}, measured ± 3 standard errors", Beside(ranks, index, noise.Count), [.. model.Value.Select(point => point.Measured)])
                {
                    HasPoints = true,
                    HasLine = false,
                    Errors = [.. model.Value.Select(point => 3 * point.StandardError)],
                }),
            ]);
    }

    /// <summary>A little to the side, so that the bars of two models do not hide each other.</summary>
    private static double[] Beside(double[] ranks, int index, int count)
        => [.. ranks.Select(rank => rank * Math.Pow(1.06, index - ((count - 1) / 2.0)))];
}
