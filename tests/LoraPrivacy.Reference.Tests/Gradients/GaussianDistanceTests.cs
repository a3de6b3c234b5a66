namespace LoraPrivacy.Reference.Tests.Gradients;

[Trait("Statement", "S9")]
[Properties(Arbitrary = [typeof(RankArbitrary), typeof(RandomSourceArbitrary)], MaxTest = 30)]
public class GaussianDistanceTests
{
    // mpmath at 30 digits: the crossings of the two densities by bisection, the tails there as for VarianceGammaValues;
    // the two closed forms at ratio 1 and rank 1 and 2 by hand (the densities cross at 0).
    [Theory]
    [InlineData(0, 1, 0.2375325968170343, 0.1075333581115786)]
    [InlineData(0, 2, 0.1413022370142505, 0.06202136932533306)]
    [InlineData(0.5, 2, 0.219709927212001, 0.1149942231186399)]
    [InlineData(0.25, 5, 0.09246913489811013, 0.04981077045671479)]
    [InlineData(1, 2, 0.3192150155722701, 0.1586552539314571)]
    [InlineData(1, 4, 0.2036328001476542, 0.09446330950300572)]
    [InlineData(0.875, 16, 0.09116873875954221, 0.0467747314232083)]
    [InlineData(0, 64, 0.005430500480055656, 0.002152243324829008)]
    [InlineData(0.5, 256, 0.01831414763913988, 0.009670853335599514)]
    [InlineData(0, 1024, 0.0003417149236892625, 0.0001344283768987915)]
    [InlineData(1, 1024, 0.01112776876835772, 0.005877157874274181)]
    public void Both_distances_agree_with_the_high_precision_values(double ratio, int rank, double total, double kolmogorov)
    {
        AssertRelative(total, GaussianDistance.TotalVariation(ratio, rank), 1e-11);
        AssertRelative(kolmogorov, GaussianDistance.Kolmogorov(ratio, rank), 1e-11);
    }

    [Fact]
    public void At_rank_one_and_ratio_one_the_largest_gap_of_the_distribution_functions_is_at_zero()
        => AssertRelative(NormalDistribution.Cdf(-Math.Sqrt(0.5)), GaussianDistance.Kolmogorov(1, 1), 1e-14);

    [Property]
    [Trait("Speed", "Slow")]
    public void The_distances_are_ordered_and_bound_every_gap(Rank rank, RandomSource source)
    {
        Random random = source.Create();
        double ratio = 2 * random.NextDouble() - 1;
        double total = GaussianDistance.TotalVariation(ratio, rank.Value);
        double kolmogorov = GaussianDistance.Kolmogorov(ratio, rank.Value);
        Assert.InRange(kolmogorov, 0, total);
        Assert.InRange(total, 0, 1);
        Assert.Equal(total, GaussianDistance.TotalVariation(-ratio, rank.Value));
        VarianceGamma law = new(ratio, 1, rank.Value);
        for (int i = 0; i < 50; i++)
        {
            double z = 8 * random.NextDouble() - 4;
            double gap = law.CumulativeDistribution(law.Mean + z * Math.Sqrt(law.Variance)) - NormalDistribution.Cdf(z);
            Assert.True(Math.Abs(gap) <= kolmogorov + 1e-13, $"{ratio:R} {z:R} {gap:R} {kolmogorov:R}");
        }
    }

    [Property]
    [Trait("Speed", "Slow")]
    public void The_total_variation_is_half_the_integral_of_the_gap(Rank rank, RandomSource source)
    {
        // Rank 3 and more: below, the midpoint rule would need care at 0.
        int r = rank.Value + 2;
        double ratio = 2 * source.Create().NextDouble() - 1;
        VarianceGamma law = new(ratio, 1, r);
        double deviation = Math.Sqrt(law.Variance);
        double sum = 0;
        const double Step = 0.04;
        for (int i = -375; i < 625; i++)
        {
            double z = (i + 0.5) * Step;
            sum += Math.Abs(deviation * law.Density(law.Mean + deviation * z) - NormalDistribution.Density(z));
        }

        AssertRelative(0.5 * Step * sum, GaussianDistance.TotalVariation(ratio, r), 1e-2);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_larger_rank_is_closer_to_normal_at_every_ratio()
    {
        foreach (double ratio in (double[])[0, 0.3, 0.9, 0.999999, 1])
        {
            double last = 1;
            for (int rank = 1; rank <= 1024; rank *= 4)
            {
                double total = GaussianDistance.TotalVariation(ratio, rank);
                Assert.True(total < last);
                last = total;
            }
        }
    }

    [Fact]
    public void The_distances_are_continuous_as_the_entry_takes_the_whole_norm()
    {
        foreach (int rank in (int[])[1, 2, 3, 64])
        {
            double close = GaussianDistance.TotalVariation(1 - 1.0 / (1L << 53), rank);
            AssertRelative(GaussianDistance.TotalVariation(1, rank), close, 1e-8);
        }
    }

    private static void AssertRelative(double expected, double actual, double tolerance)
        => Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Abs(expected), $"{actual:R} instead of {expected:R}");
}
