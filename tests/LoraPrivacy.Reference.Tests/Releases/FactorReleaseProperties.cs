namespace LoraPrivacy.Reference.Tests.Releases;

[Trait("Statement", "S24")]
[Properties(Arbitrary = [typeof(FactorReleaseArbitrary), typeof(RandomSourceArbitrary)], MaxTest = 100)]
public class FactorReleaseProperties
{
    [Property]
    public void Delta_is_a_nonincreasing_probability_and_convex_in_the_exponential_of_epsilon(FactorRelease release)
    {
        // In steps of a fraction of the loss's scale, so that the curve is seen where it lives.
        double scale = Math.Sqrt(2 * release.RenyiDivergence(1)) + release.RenyiDivergence(1);
        double previous = 1;
        for (int i = 0; i < 12; i++)
        {
            double epsilon = 0.4 * i * scale;
            double delta = release.Delta(epsilon);
            Assert.InRange(delta, 0, previous * (1 + 1e-12));
            previous = delta;
            double width = 0.2 * scale;
            double middle = epsilon + Math.Log(0.5 * (1 + Math.Exp(width)));
            Assert.True(release.Delta(middle) <= 0.5 * (delta + release.Delta(epsilon + width)) * (1 + 1e-11), $"{epsilon:R}");
        }
    }

    [Property]
    public void The_two_directions_have_one_total_variation(FactorRelease release)
    {
        double forward = release.Delta(0);
        double reverse = release.Reverse().Delta(0);

        // The reciprocals are rounded, which costs digits of μ − 1.
        double slack = 1e-11 + 1e-15 / release.Eigenvalues.Min(value => Math.Abs(value - 1));
        Assert.True(Math.Abs(forward / reverse - 1) <= slack, $"{forward:R} {reverse:R}");
    }

    [Property]
    [Trait("Speed", "Slow")]
    public void Epsilon_inverts_delta(FactorRelease release, RandomSource source)
    {
        double divergence = release.RenyiDivergence(1);
        double epsilon = Math.Min((Math.Sqrt(2 * divergence) + divergence) * 3 * source.Create().NextDouble(), 0.99 * release.LargestLoss);
        double delta = release.Delta(epsilon);
        if (delta is > 1e-200 and < 1)
        {
            double back = release.Delta(release.Epsilon(delta));
            Assert.True(Math.Abs(release.Epsilon(delta) - epsilon) <= 1e-9 * epsilon + 1e-12 || Math.Abs(back / delta - 1) <= 1e-10, $"{epsilon:R} {release.Epsilon(delta):R}");
        }
    }

    [Property]
    public void An_eigenvalue_of_multiplicity_two_is_one_of_twice_the_rank(FactorRelease release)
    {
        FactorRelease doubled = new(release.Rank, [.. release.Eigenvalues, .. release.Eigenvalues]);
        FactorRelease twice = new(2 * release.Rank, [.. release.Eigenvalues, 1]);
        Assert.Equal(doubled.Delta(0.1), twice.Delta(0.1));
        Assert.Equal(doubled.RenyiDivergence(1.1), twice.RenyiDivergence(1.1));
    }

    [Property]
    public void Two_eigenvalues_agree_with_brute_force(FactorRelease release)
    {
        // One eigenvalue in closed form, averaged over the gamma variable of another: no complex number anywhere.
        double[] pair = [.. release.Eigenvalues.Distinct().Take(2)];
        int rank = Math.Min(release.Rank, 40);
        if (pair.Length < 2 || pair.Any(value => Math.Abs(value - 1) < 0.01))
        {
            return;
        }

        FactorRelease two = new(rank, pair);
        foreach (double epsilon in (double[])[0, 0.3, 2])
        {
            BruteForce average = new(rank, pair, epsilon);
            double shape = 0.5 * rank;
            double high = shape + 12 * Math.Sqrt(shape) + 60;
            double kink = Math.Clamp(average.Kink, 0, high);
            double expected = AdaptiveQuadrature.Integrate(
                ref average, [(0, Math.Sqrt(kink)), (Math.Sqrt(kink), Math.Sqrt(high))], 1e-11, 1e-6);
            Assert.True(Math.Abs(two.Delta(epsilon) - expected) <= 1e-10 * expected + 1e-12, $"{rank} {pair[0]:R} {pair[1]:R} {epsilon}: {two.Delta(epsilon):R} {expected:R}");
        }
    }

    [Property]
    [Trait("Speed", "Slow")]
    public void Renyi_divergences_of_integer_order_agree_with_quadrature(FactorRelease release)
    {
        // E_P e^{(α−1)L} factor by factor: the gamma law tilted, integrated over its square root.
        foreach (int order in (int[])[2, 3, 7])
        {
            double logMoment = 0;
            foreach (double eigenvalue in release.Eigenvalues)
            {
                if ((order - 1) * (eigenvalue - 1) > 0.9)
                {
                    return;
                }

                double shape = 0.5 * release.Rank;
                Tilted tilted = new(shape, (order - 1) * (eigenvalue - 1));
                double high = Math.Sqrt((shape + 15 * Math.Sqrt(shape) + 60) / (1 - (order - 1) * (eigenvalue - 1)));
                double middle = Math.Min(high, Math.Sqrt(shape / (1 - (order - 1) * (eigenvalue - 1))));
                logMoment += Math.Log(AdaptiveQuadrature.Integrate(ref tilted, [(0, middle), (middle, high)], 1e-13, 0))
                    - (order - 1) * shape * Math.Log(eigenvalue);
            }

            Assert.True(Math.Abs(logMoment / (order - 1) - release.RenyiDivergence(order)) <= 1e-11 * (1 + release.Rank), $"{order}");
        }
    }

    [Property]
    public void Renyi_divergences_increase_with_the_order_through_one(FactorRelease release)
    {
        double last = 0;
        foreach (double order in (double[])[0.2, 0.9, 1 - 1e-9, 1, 1 + 1e-9, 1.1, 2, 5])
        {
            double divergence = release.RenyiDivergence(order);
            Assert.True(divergence >= last * (1 - 1e-12), $"{order}");
            last = divergence;
        }
    }

    [Property]
    public void Delta_obeys_the_bound_from_every_renyi_divergence(FactorRelease release)
    {
        double epsilon = 2 * release.RenyiDivergence(1.5);
        if (double.IsInfinity(epsilon))
        {
            return;
        }

        foreach (double order in (double[])[1.5, 2, 4])
        {
            double bound = Math.Exp((order - 1) * (release.RenyiDivergence(order) - epsilon));
            Assert.True(bound < 1e-290 || release.Delta(epsilon) <= bound * (1 + 1e-11), $"{order}");
        }
    }

    private readonly struct BruteForce : IIntegrand
    {
        private readonly double shape;
        private readonly double first;
        private readonly double second;
        private readonly double epsilon;
        private readonly IncompleteGammaShape gamma;

        public BruteForce(int rank, double[] pair, double epsilon)
        {
            shape = 0.5 * rank;
            (first, second) = (pair[0], pair[1]);
            this.epsilon = epsilon;
            gamma = new IncompleteGammaShape(shape);
        }

        public double Kink => (epsilon + shape * Math.Log(first * second)) / (first - 1);

        public double At(double root)
        {
            double g = root * root;
            double density = g == 0 ? 0 : 2 * root * Math.Exp((shape - 1) * Math.Log(g) - g - GammaFunction.LogGamma(shape));
            double rest = epsilon + shape * Math.Log(first) - (first - 1) * g;
            double threshold = (rest + shape * Math.Log(second)) / (second - 1);
            double delta = threshold <= 0
                ? second > 1 ? 1 - Math.Exp(rest) : 0
                : second > 1
                    ? gamma.At(threshold).Upper - Math.Exp(rest) * gamma.At(second * threshold).Upper
                    : gamma.At(threshold).Lower - Math.Exp(rest) * gamma.At(second * threshold).Lower;
            return density * delta;
        }

        public double Bound(double low, double high) => double.PositiveInfinity;
    }

    private readonly struct Tilted(double shape, double tilt) : IIntegrand
    {
        public double At(double root)
        {
            double g = root * root;
            return g == 0 ? 0 : 2 * root * Math.Exp((shape - 1) * Math.Log(g) - (1 - tilt) * g - GammaFunction.LogGamma(shape));
        }

        public double Bound(double low, double high) => double.PositiveInfinity;
    }
}
