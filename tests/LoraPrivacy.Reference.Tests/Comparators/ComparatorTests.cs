using LoraPrivacy.Reference.Comparators;

namespace LoraPrivacy.Reference.Tests.Comparators;

[Trait("Statement", "S26")]
public sealed class ComparatorTests
{
    // Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ) by mpmath at 40 digits.
    [Theory]
    [InlineData(0, 1e-8, 3.9894228040143268e-9)]
    [InlineData(1e-8, 1e-8, 8.3315471004263653e-10)]
    [InlineData(1, 0.05, 1.1290332270977223e-91)]
    [InlineData(0.1, 0.4999, 0.15922066293298066)]
    [InlineData(0.1, 0.5001, 0.15930035171570292)]
    [InlineData(10, 1, 9.8127058268469559e-23)]
    [InlineData(3, 4, 0.83450008185309931)]
    [InlineData(21, 1, 4.9848790993735545e-95)]
    public void The_gaussian_curve_agrees_with_the_high_precision_values(double epsilon, double ratio, double delta)
    {
        AssertRelative(delta, GaussianApproximation.Delta(epsilon, ratio), 2e-13);
        double back = GaussianApproximation.Epsilon(delta, ratio);
        Assert.True(Math.Abs(back - epsilon) <= 1e-9 * epsilon + 1e-12, $"{back:R}");
    }

    [Fact]
    public void The_gaussian_curve_is_continuous_nonincreasing_and_a_probability()
    {
        foreach (double ratio in (double[])[1e-10, 0.01, 0.49999999, 0.5, 0.50000001, 3, 1e3])
        {
            double last = 1;
            for (int i = 0; i < 60; i++)
            {
                double delta = GaussianApproximation.Delta(i * i * 0.01 * ratio, ratio);
                Assert.InRange(delta, 0, last);
                last = delta;
            }
        }

        AssertRelative(GaussianApproximation.Delta(2, 0.5), GaussianApproximation.Delta(2, 0.5 + 1e-15), 1e-12);
    }

    [Fact]
    public void The_gaussian_curve_at_zero_is_the_total_variation()
        => AssertRelative(2 * NormalDistribution.Cdf(0.35) - 1, GaussianApproximation.Delta(0, 0.7), 1e-13);

    [Fact]
    public void The_normal_approximation_is_no_bound()
    {
        // Four rows at an angle of a hundredth: the sketch cannot reach δ = 1e-9 at ε = 5, the approximation says it does.
        VectorPair pair = new(1, 0.01);
        double claimed = GaussianApproximation.Delta(5, GaussianApproximation.SensitivityRatio(2 * Math.Sin(0.005), 4));
        Assert.True(new ProductRelease(4, 768).Delta(pair, 5) > 1e6 * claimed);
        AssertRelative(0.02 * Math.Sqrt(8), GaussianApproximation.SensitivityRatio(0.02, 16, -1), 1e-15);
    }

    [Theory]
    [InlineData(0.99995, 64, 768, 5.34, 0.005)]
    [InlineData(0.9999, 16, 4096, 100.5, 0.05)]
    public void The_published_vector_bound_has_its_known_values(double cosine, int rank, int dimension, double epsilon, double tolerance)
        => Assert.Equal(epsilon, new PublishedVectorBound(rank, dimension, Math.Acos(cosine)).Epsilon(1e-5), tolerance);

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_published_vector_bound_is_above_the_exact_curve()
    {
        int applied = 0;
        foreach (int rank in (int[])[4, 16, 64, 400])
        {
            foreach (int dimension in (int[])[400, 4096])
            {
                foreach (double angle in (double[])[1e-4, 1e-3, 0.01, 0.1, Math.PI / 3])
                {
                    foreach (double delta in (double[])[1e-2, 1e-5])
                    {
                        double bound = new PublishedVectorBound(rank, dimension, angle).Epsilon(delta);
                        double exact = new ProductRelease(rank, dimension).Epsilon(new VectorPair(1, angle), delta);
                        Assert.True(bound >= exact, $"r = {rank}, m = {dimension}, θ = {angle}, δ = {delta}: {bound:R} below {exact:R}");
                        applied += double.IsFinite(bound) ? 1 : 0;
                    }
                }
            }
        }

        Assert.True(applied > 30, $"{applied}");
    }

    [Fact]
    public void The_vector_bound_promises_nothing_outside_its_assumptions()
    {
        // δ at the floor; an angle beyond a right one; r > m + 1.
        double floor = ProductRelease.DeltaFloor(4, 0.1);
        Assert.Equal(double.PositiveInfinity, new PublishedVectorBound(4, 100, 0.1).Epsilon(floor));
        Assert.True(double.IsFinite(new PublishedVectorBound(64, 100, 0.1).Epsilon(0.01)));
        Assert.Equal(double.PositiveInfinity, new PublishedVectorBound(4, 100, 2).Epsilon(0.9));
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => new PublishedVectorBound(102, 100, 0.1)).ParamName);
        Assert.Equal("angle", Assert.Throws<ArgumentOutOfRangeException>(() => new PublishedVectorBound(2, 100, 0)).ParamName);
    }

    [Fact]
    public void Sheffets_bound_holds_where_epsilon_is_at_most_one()
    {
        int tested = 0;
        foreach (int rank in (int[])[1, 8, 64, 1024])
        {
            foreach (double delta in (double[])[1e-2, 1e-5, 1e-9])
            {
                foreach (double gamma in (double[])[30, 100, 300, 1000, 1e5])
                {
                    double bound = SheffetBound.Epsilon(rank, gamma, delta);
                    if (bound <= 1)
                    {
                        Assert.True(FactorRelease.RankOneWorstCase(rank, gamma).BothDirections().Epsilon(delta).Upper <= bound, $"{rank} {gamma} {delta}");
                        tested++;
                    }
                }
            }
        }

        Assert.True(tested > 25, $"{tested}");
        AssertRelative(2 * (Math.Log(4e5) + Math.Sqrt(128 * Math.Log(4e5))) / 50, SheffetBound.Epsilon(64, 50, 1e-5), 1e-14);
    }

    [Fact]
    public void Sheffets_formula_fails_as_a_bound_for_a_large_rank_and_a_small_gamma()
        => Assert.True(FactorRelease.RankOneWorstCase(256, 1.5).Epsilon(1e-5) > 1.7 * SheffetBound.Epsilon(256, 1.5, 1e-5));

    private static void AssertRelative(double expected, double actual, double tolerance)
        => Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{actual:R} instead of {expected:R}");
}
