namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>The discrete Gaussian sampler and what it is made of, against their exact laws (S30). False-alarm rate 1e-9 a test.</summary>
[Trait("Statement", "S30")]
public sealed class DiscreteGaussianSamplerTests : IDisposable
{
    private const int Draws = 200_000;

    private readonly RandomSequence sequence = RandomSource.FromSeed(30).Sequence("discrete");

    public void Dispose() => sequence.Dispose();

    [Theory]
    [InlineData(1, 3, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(7, 2, 0)]
    [InlineData(5, 7, 60)]
    [InlineData(5, 7, 100)]
    [InlineData(19, 8, 100)]
    public void Events_have_the_probability_of_the_exponential(int p, int q, int shift)
    {
        int count = 0;
        for (int i = 0; i < Draws; i++)
        {
            count += DiscreteGaussianSampler.DrawExponential(sequence, (UInt128)p << shift, (UInt128)q << shift) ? 1 : 0;
        }

        Assert.False(ExactBinomial.Rejects(count, Draws, Math.Exp(-(double)p / q)));
        Assert.True(ExactBinomial.Rejects(count, Draws, Math.Exp(-1.1 * p / q)));
        Assert.True(ExactBinomial.Rejects(count, Draws, Math.Max(0.001, 1 - ((double)p / q))));
    }

    [Fact]
    public void An_exponent_of_zero_is_certain()
        => Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(DiscreteGaussianSampler.DrawExponential(sequence, 0, 1 + (UInt128)ulong.MaxValue)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [Trait("Speed", "Slow")]
    public void The_discrete_Laplace_law_is_exact(int scale)
    {
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => (double)DiscreteGaussianSampler.DrawLaplace(sequence, scale))];
        int most = 6 * scale;
        Assert.False(ExactBinomial.Rejects(draws, most, y => Law(y, scale)));
        Assert.True(ExactBinomial.Rejects(draws, most, y => Law(y, 1.1 * scale)));

        // Zero counted twice, once for each sign.
        double twice = 1 / (1 + Law(0, scale));
        Assert.True(ExactBinomial.Rejects(draws, most, y => Law(y, scale) * twice * (y == 0 ? 2 : 1)));

        static double Law(int y, double scale) => Math.Exp(-Math.Abs(y) / scale) * Math.Tanh(0.5 / scale);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [Trait("Speed", "Slow")]
    public void The_discrete_Gaussian_law_is_exact(int deviation)
    {
        double[] draws = new double[Draws];
        DiscreteGaussianSampler.Fill(sequence, deviation, draws);
        int most = (int)(3.5 * deviation);
        Assert.False(ExactBinomial.Rejects(draws, most, y => Law(y, deviation)));
        Assert.True(ExactBinomial.Rejects(draws, most, y => Law(y, 1.1 * deviation)));

        // The rounded normal law has a variance that is larger by 1/12.
        Assert.Equal(deviation == 1, ExactBinomial.Rejects(
            draws, most, y => NormalDistribution.Cdf((0.5 - Math.Abs(y)) / deviation) - NormalDistribution.Cdf((-0.5 - Math.Abs(y)) / deviation)));

        static double Law(int y, double deviation)
            => Math.Exp(-0.5 * y * y / (deviation * deviation)) / Enumerable.Range(-200, 401).Sum(x => Math.Exp(-0.5 * x * x / (deviation * deviation)));
    }

    [Theory]
    [InlineData(1L << 32)]
    [InlineData((1L << 32) + 1)]
    [InlineData(DiscreteGaussianSampler.LargestDeviation)]
    [Trait("Speed", "Slow")]
    public void On_a_fine_lattice_it_is_normal(long deviation)
    {
        double[] draws = new double[Draws / 4];
        DiscreteGaussianSampler.Fill(sequence, deviation, draws);
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(draws.Select(y => NormalDistribution.Cdf(y / deviation))));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(draws.Select(y => NormalDistribution.Cdf(1.1 * y / deviation))));
        Assert.True(draws.Select(y => y % 2 == 0).Distinct().Count() == 2);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(13)]
    [InlineData(21)]
    public void Numbers_far_out_come_up_where_every_event_of_the_rejection_does(int multiple)
    {
        // An event of e^−1 that happens: uniform on {0, 1} gives 0, then on {0, 1, 2} not 0; that does not: 1 at once.
        const ulong Half = 1UL << 63;
        ulong[] happens = [1, Half + 1];
        int events = (multiple - 1) * (multiple - 1) / 2;
        ulong[] start =
        [
            1,
            .. Enumerable.Repeat(happens, multiple).SelectMany(words => words),
            Half,
            Half,
            .. Enumerable.Repeat(happens, events).SelectMany(words => words),
        ];
        Assert.Equal(-5 * multiple, Draw(start));

        // One event of them less, and the number is refused.
        start[^2] = Half;
        Assert.NotEqual(-5 * multiple, Draw(start));

        static long Draw(ulong[] start)
        {
            using RandomSequence crafted = new(new byte[32], start);
            return DiscreteGaussianSampler.Draw(crafted, 5);
        }
    }
}
