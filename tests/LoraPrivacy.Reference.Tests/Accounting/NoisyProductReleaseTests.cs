namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S21")]
public class NoisyProductReleaseTests
{
    // The trapezoidal rule over (log R, log R′) with mpmath at 30 digits, steps of a sixth and a quarter of a standard deviation.
    [Theory]
    [InlineData(2, 1, 1, 1, 0.17846339664825487944)]
    [InlineData(8, 64, 0.1, 0.5, 0.010139765192928395163)]
    [InlineData(16, 4, 0.5, 2, 0.0015964267276299965955)]
    [InlineData(1, 3, 0.3, 0, 0.16968617824544018463)]
    [Trait("Speed", "Slow")]
    public void The_bound_is_the_double_integral_rounded_up(int rank, int dimension, double sensitivity, double epsilon, double expected)
    {
        double bound = new NoisyProductRelease(rank, dimension, sensitivity, 1).Delta(epsilon).Upper;
        Assert.InRange(bound / expected, 1, 1 + 4e-11);
    }

    // ‖D AᵀA‖² has the mean ‖D‖²(r + m + 1)/r; the norm without R′, or with r for r², misses it.
    [Fact]
    public void A_large_rank_leaves_the_plain_mechanism()
    {
        const int Rank = 1 << 20;
        double bound = new NoisyProductRelease(Rank, 8, 1, 1).Delta(1).Upper;
        Assert.Equal(1, bound / new GaussianMechanism(1).Delta(1), 1e-4);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void More_columns_more_sensitivity_and_less_noise_are_less_private()
    {
        NoisyProductRelease release = new(8, 64, 0.5, 1);
        double delta = release.Delta(1).Upper;
        Assert.True(new NoisyProductRelease(8, 65, 0.5, 1).Delta(1).Upper > delta);
        Assert.True(new NoisyProductRelease(8, 64, 0.51, 1).Delta(1).Upper > delta);
        Assert.True(new NoisyProductRelease(8, 64, 0.5, 0.99).Delta(1).Upper > delta);
        Assert.True(release.Delta(1.01).Upper < delta);
    }

    [Theory]
    [InlineData(1, 1e-5)]
    [InlineData(64, 1e-9)]
    [Trait("Speed", "Slow")]
    public void Epsilon_meets_its_delta(int rank, double delta)
    {
        NoisyProductRelease release = new(rank, 32, 0.2, 1);
        double epsilon = release.Epsilon(delta).Upper;
        Assert.InRange(release.Delta(epsilon).Upper, delta * (1 - 1e-8), delta);
    }

    [Fact]
    public void Nothing_is_lost_where_nothing_depends_on_the_data() => Assert.Equal(0, new NoisyProductRelease(4, 4, 0, 1).Delta(0).Upper);

    [Theory]
    [InlineData(0, 4, 1, 1, "rank")]
    [InlineData(4, 0, 1, 1, "dimension")]
    [InlineData(4, 4, -1, 1, "sensitivity")]
    [InlineData(4, 4, 1, 0, "noise")]
    [InlineData(4, 4, 1e200, 1e-200, "sensitivity/noise")]
    public void Arguments_outside_their_range_are_named(int rank, int dimension, double sensitivity, double noise, string name)
        => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyProductRelease(rank, dimension, sensitivity, noise)).ParamName);
}
