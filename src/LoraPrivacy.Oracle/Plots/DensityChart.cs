using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Oracle.Plots;

/// <summary>The density of an entry against the normal density of the same mean and variance.</summary>
internal static class DensityChart
{
    private const int Points = 801;

    /// <summary>How many standard deviations are shown on either side.</summary>
    private const double Range = 4.5;

    public static Chart Of(VarianceGamma law)
    {
        double deviation = Math.Sqrt(law.Variance);
        double[] x = [.. Enumerable.Range(0, Points).Select(i => law.Mean + (deviation * Range * ((2.0 * i / (Points - 1)) - 1)))];
        return new Chart(
            $"Law of one entry of AᵀA q (q_i = {law.Entry:G4}, ‖q‖ = {law.Norm:G4}, rank {law.Rank})",
            new Axis("value of the entry (unit of the gradient)"),
            new Axis("density (1 / unit of the gradient)"),
            [
                new Line("exact (variance-gamma)", x, [.. x.Select(law.Density)]),
                new Line("normal, same mean and variance", x, [.. x.Select(value => Normal((value - law.Mean) / deviation) / deviation)]) { IsDashed = true },
            ]);
    }

    private static double Normal(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
}
