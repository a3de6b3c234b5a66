using LoraPrivacy.Reference.Accounting;
using Xunit;

namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S29")]
public class NoiseLatticeTests
{
    [Theory]
    [InlineData(1, 1, 1000, -32, 4294967296)]
    [InlineData(1, 1, 1 << 18, -32, 4294967296)]
    [InlineData(1, 1, (1 << 18) + 1, -31, 2147483648)]
    [InlineData(0.5, 4, 1, -31, 4294967296)]
    [InlineData(1e-6, 1, 1, -50, 1125899906.842624)]
    [InlineData(3, 1, 1, -30, 3221225472)]
    public void The_step_is_what_the_statement_says(double noise, double clip, long examples, int power, double deviation)
    {
        NoiseLattice lattice = new(noise, clip, examples);
        Assert.Equal(Math.Pow(2, power), lattice.Granularity);
        Assert.Equal(deviation, lattice.Deviation, 1e-5);
    }

    [Fact]
    public void Rounding_is_toward_zero()
    {
        NoiseLattice lattice = new(1, 1, 1);
        double step = lattice.Granularity;
        Assert.Equal([2, -2, 0, 0, 3, -3], new[] { 2.9 * step, -2.9 * step, 0.99 * step, -0.99 * step, 3 * step, -3 * step }.Select(lattice.Steps));
        Assert.Throws<ArgumentOutOfRangeException>(() => lattice.Steps(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseLattice(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseLattice(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseLattice(1, 1e31, 1));
    }
}
