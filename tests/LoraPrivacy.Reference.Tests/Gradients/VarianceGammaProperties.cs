namespace LoraPrivacy.Reference.Tests.Gradients;

[Trait("Statement", "S7")]
[Properties(Arbitrary = [typeof(VarianceGammaArbitrary), typeof(RandomSourceArbitrary)], MaxTest = 100)]
public class VarianceGammaProperties
{
    [Property]
    public void The_two_tails_add_up_to_one_and_are_monotone(VarianceGamma law, RandomSource source)
    {
        double[] points = Points(law, source);
        double last = 0;
        foreach (double x in points)
        {
            double lower = law.CumulativeDistribution(x);
            Assert.Equal(1, lower + law.ComplementaryCumulativeDistribution(x), 1e-13);
            Assert.True(lower >= last * (1 - 1e-12), $"{x:R}");
            last = lower;
        }
    }

    [Property(MaxTest = 1000)]
    public void The_tails_computed_apart_add_up_to_one(RandomSource source)
    {
        // The public members take a complement where the other tail is not small; these integrals know nothing of each other.
        Random random = source.Create();
        double nu = 0.5 * (int)Math.Exp(Math.Log(1024) * random.NextDouble());
        double b = random.Next(2) == 0 ? random.NextDouble() : Math.Exp(-37 * random.NextDouble());
        double a = 1 - b;
        (a, b) = random.Next(2) == 0 ? (a, b) : (b, a);
        double x = random.Next(3) == 0
            ? Math.Exp(-50 * random.NextDouble())
            : Math.Max(0, a - b + 4 * (2 * random.NextDouble() - 1) / Math.Sqrt(nu));
        VarianceGammaTails tails = new(new IncompleteGammaShape(nu), a, b);
        Assert.Equal(1, tails.Upper(x) + tails.Lower(x), 5e-13);
    }

    [Property]
    public void The_density_integrates_to_the_distribution_function(VarianceGamma law, RandomSource source)
    {
        // Away from 0, where the density of a low rank has a peak as narrow as the norm is close to the entry.
        double[] points = Points(law, source);
        for (int i = 1; i < points.Length; i++)
        {
            double low = points[i - 1];
            double high = points[i];
            if (low < 0.01 * law.Norm && high > -0.01 * law.Norm)
            {
                continue;
            }

            Density density = new(law);
            double mass = law.ComplementaryCumulativeDistribution(low) - law.ComplementaryCumulativeDistribution(high);
            double integral = AdaptiveQuadrature.Integrate(ref density, low, high, 1e-12);
            Assert.True(Math.Abs(mass - integral) <= 1e-11 * mass + 1e-14, $"{low:R} {high:R} {mass:R} {integral:R}");
        }
    }

    [Property]
    public void Negating_the_entry_mirrors_the_law_and_scaling_it_scales(VarianceGamma law, RandomSource source)
    {
        VarianceGamma mirror = new(-law.Entry, law.Norm, law.Rank);
        VarianceGamma scaled = new(4 * law.Entry, 4 * law.Norm, law.Rank);
        foreach (double x in Points(law, source))
        {
            Assert.Equal(law.LogDensity(x), mirror.LogDensity(-x));
            Assert.Equal(law.CumulativeDistribution(x), mirror.CumulativeDistribution(-x) is var m ? 1 - m : 0, 1e-13);
            Assert.Equal(law.CumulativeDistribution(x), scaled.CumulativeDistribution(4 * x));
            double log = law.LogDensity(x);
            Assert.True(double.IsInfinity(log) ? log == scaled.LogDensity(4 * x) : Math.Abs(log - Math.Log(4) - scaled.LogDensity(4 * x)) < 1e-14 * (1000 + Math.Abs(log)));
        }
    }

    [Property]
    [Trait("Speed", "Slow")]
    public void The_quantile_inverts_the_distribution_function(VarianceGamma law, RandomSource source)
    {
        Random random = source.Create();
        for (int i = 0; i < 3; i++)
        {
            double p = Math.Pow(10, -100 * Math.Pow(random.NextDouble(), 3)) * 0.5;
            AssertInverts(p, law.Quantile(p), x => law.CumulativeDistribution(x));
            AssertInverts(p, law.ComplementaryQuantile(p), x => law.ComplementaryCumulativeDistribution(x));
            double exact = 1 + p - 1;
            Assert.Equal(exact > 0 ? law.ComplementaryQuantile(exact) : 0, exact > 0 ? law.Quantile(1 - exact) : 0);
        }
    }

    // Either p is met, or a neighbouring double lies on the other side of it.
    private static void AssertInverts(double p, double x, Func<double, double> tail)
    {
        double value = tail(x);
        double below = tail(x - 1e-15 * Math.Abs(x));
        double above = tail(x + 1e-15 * Math.Abs(x));
        bool met = Math.Abs(value / p - 1) <= 1e-12;
        Assert.True(met || (Math.Min(below, above) <= p * (1 + 1e-12) && Math.Max(below, above) >= p * (1 - 1e-12)), $"p {p:R} x {x:R} gives {value:R}");
    }

    private static double[] Points(VarianceGamma law, RandomSource source)
    {
        Random random = source.Create();
        double deviation = Math.Sqrt(law.Variance);
        return [.. Enumerable.Range(0, 4).Select(_ => law.Mean + deviation * 12 * Math.Pow(random.NextDouble() * 2 - 1, 3)).Order()];
    }

    private readonly struct Density(VarianceGamma law) : IIntegrand
    {
        public double At(double x) => law.Density(x);

        public double Bound(double low, double high) => double.PositiveInfinity;
    }
}
