namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S20")]
public class SketchedGaussianMechanismTests
{
    [Property(MaxTest = 100)]
    [Trait("Speed", "Slow")]
    public Property Delta_is_a_curve_that_grows_with_the_sensitivity(PositiveInt rankSeed, NormalFloat ratioSeed, NormalFloat epsilonSeed)
    {
        int rank = 1 + rankSeed.Get * rankSeed.Get % 5000;
        double ratio = Math.Exp(Math.Clamp(ratioSeed.Get, -8, 6));
        double epsilon = Math.Abs(epsilonSeed.Get) % 20 * Math.Min(1, ratio);
        SketchedGaussianMechanism mechanism = new(rank, ratio, 1);
        double delta = mechanism.Delta(epsilon);
        bool ordered = mechanism.Delta(epsilon * 1.01 + 1e-6) <= delta * (1 + 1e-12)
            && new SketchedGaussianMechanism(rank, ratio * 1.01, 1).Delta(epsilon) >= delta * (1 - 1e-12);
        return (delta is > 0 and <= 1 && ordered).Label($"rank {rank}, ratio {ratio:R}, ε {epsilon:R}: {delta:R}");
    }

    // δ_G(0; μ) = 2Φ(μ/2) − 1, so that for small μ, δ(0) = μ E√S φ(0): E√S = √(2/r) Γ((r+1)/2)/Γ(r/2).
    [Theory]
    [InlineData(1, 0.79788456080286536)]
    [InlineData(2, 0.88622692545275801)]
    [InlineData(4, 0.93998560298662519)]
    public void A_small_sensitivity_counts_by_its_mean_norm(int rank, double mean)
        => Assert.Equal(1e-8 * mean / Math.Sqrt(2 * Math.PI), new SketchedGaussianMechanism(rank, 1e-8, 1).Delta(0), 1e-8 * 1e-13);

    [Fact]
    public void In_the_tail_the_sketch_costs_and_the_cost_falls_with_rank()
    {
        double plain = new GaussianMechanism(0.5).Epsilon(1e-6);
        double last = double.PositiveInfinity;
        foreach (int rank in (int[])[1, 2, 4, 16, 64, 1024, 65536])
        {
            double epsilon = new SketchedGaussianMechanism(rank, 0.5, 1).Epsilon(1e-6);
            Assert.InRange(epsilon, plain, last);
            last = epsilon;
        }

        Assert.Equal(plain, last, 1e-3);
    }

    [Theory]
    [InlineData(1, 3, 1e-6)]
    [InlineData(16, 0.01, 1e-12)]
    [InlineData(1024, 20, 0.1)]
    public void Delta_and_epsilon_are_inverse(int rank, double sensitivity, double delta)
    {
        SketchedGaussianMechanism mechanism = new(rank, sensitivity, 2);
        Assert.Equal(1, mechanism.Delta(mechanism.Epsilon(delta)) / delta, 1e-8);
    }

    // Far down log δ is near the least of a(s − 1 − log s) + ε²/(2μ²s) over s, a = r/2, which is ε√r/μ.
    [Theory]
    [InlineData(1e-100, 1.0)]
    [InlineData(1e-100, 1e10)]
    [InlineData(1e-9, 1.0)]
    public void Far_down_the_logarithm_is_that_of_the_peak(double ratio, double epsilon)
        => Assert.Equal(-epsilon * Math.Sqrt(3) / ratio, new SketchedGaussianMechanism(3, ratio, 1).LogDelta(epsilon), 1e-6 * epsilon / ratio);

    [Fact]
    public void Far_beyond_use_delta_stays_in_range()
    {
        foreach (double ratio in (double[])[1e-300, 1e-100, 1e-9, 1e6, 1e100, 1e300])
        {
            foreach (double epsilon in (double[])[0, 1e-300, 1, 1e10, 1e300])
            {
                Assert.InRange(new SketchedGaussianMechanism(3, ratio, 1).Delta(epsilon), double.Epsilon, 1);
            }
        }
    }
}
