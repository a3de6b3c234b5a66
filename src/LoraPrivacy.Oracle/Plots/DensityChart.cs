namespace LoraPrivacy.Oracle.Plots;

/// <summary>The density of an entry against the normal density of the same mean and variance.</summary>
internal static class DensityChart
{
    private const int Points = 801;

    /// <summary>How many standard deviations are shown on either side.</summary>
    private const double Range = 4.5;

    /// <summary>How far above the normal density's peak the picture ends where the exact density is infinite.</summary>
    private const double Excess = 3;

    public static Chart Of(VarianceGamma law)
    {
        double deviation = Math.Sqrt(law.Variance);

        // Of all places 0 is the one where the density has an edge, a jump or a pole: it is a point, with others close to it.
        IEnumerable<double> near = Enumerable.Range(6, 34).SelectMany(k => (double[])[-Math.ScaleB(deviation, -k), Math.ScaleB(deviation, -k)]).Append(0);
        double[] x = [.. Enumerable.Range(0, Points).Select(i => law.Mean + (deviation * Range * ((2.0 * i / (Points - 1)) - 1)))
            .Concat(near.Where(value => Math.Abs(value - law.Mean) < deviation * Range)).Distinct().Order()];
        double[] density = [.. x.Select(law.Density)];
        double peak = Normal(0) / deviation;
        return new Chart(
            $"Law of one entry of AᵀA q (q_i = {Digits.Shortest(law.Entry)}, ‖q‖ = {Digits.Shortest(law.Norm)}, rank {law.Rank})",
            new Axis("value of the entry (unit of the gradient)"),
            new Axis("density (1 / unit of the gradient)", Least: 0, Greatest: Array.Exists(density, double.IsInfinity) ? Excess * peak : null),
            [
                new Line("exact (variance-gamma)", x, density),
                new Line("normal, same mean and variance", x, [.. x.Select(value => Normal((value - law.Mean) / deviation) / deviation)]),
            ]);
    }

    private static double Normal(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
}
