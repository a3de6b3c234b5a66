namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S29")]
public class NoiseLatticeTests
{
    [Theory]
    [InlineData(1, 1, -24, 16777216)]
    [InlineData(256, 1, -24, 4294967296)]
    [InlineData(257, 1, -23, 2155872256)]
    [InlineData(0.5, 4, -22, 8388608)]
    [InlineData(1e-6, 1, -24, 16.777216)]
    [InlineData(300, 3, -22, 3774873600)]
    public void The_step_is_what_the_statement_says(double noise, double clip, int power, double deviation)
    {
        NoiseLattice lattice = new(noise, clip);
        Assert.Equal(Math.Pow(2, power), lattice.Granularity);
        Assert.Equal(deviation, lattice.Deviation, 1e-5);
    }

    [Fact]
    public void Rounding_is_toward_zero()
    {
        NoiseLattice lattice = new(1, 1);
        double step = lattice.Granularity;
        Assert.Equal([2, -2, 0, 0, 3, -3], new[] { 2.9 * step, -2.9 * step, 0.99 * step, -0.99 * step, 3 * step, -3 * step }.Select(lattice.Steps));
        Assert.Throws<ArgumentOutOfRangeException>(() => lattice.Steps(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseLattice(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoiseLattice(1, 1e31));
    }
}
