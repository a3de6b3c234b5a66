using Model = LoraPrivacy.Reference.Accounting.NoiseLattice;

namespace LoraPrivacy.Production.Tests.Privacy;

/// <summary>The lattice of the noise against the reference's, over the whole range of mechanisms (S29).</summary>
[Trait("Statement", "S29")]
public class NoiseLatticeTests
{
    public sealed record Setting(double Noise, double Clip);

    public static class Arbitraries
    {
        public static Arbitrary<Setting> Cases() => Arb.From(
            from noise in Scale(-6, 6)
            from clip in Scale(-30, 30)
            select new Setting(noise, clip));

        // Powers of two lie at the edges of the granularities.
        private static Gen<double> Scale(int low, int high) => Gen.OneOf(
            from exponent in Gen.Choose(low * 1000, high * 1000) select Math.Clamp(Math.Pow(10, exponent / 1000.0), Math.Pow(10, low), Math.Pow(10, high)),
            from exponent in Gen.Choose((int)Math.Ceiling(low * Math.Log2(10)), (int)Math.Floor(high * Math.Log2(10))) select Math.ScaleB(1, exponent));
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(Arbitraries)])]
    public void Step_and_deviation_are_the_references_and_keep_their_bounds(Setting test)
    {
        NoiseLattice lattice = new(new(test.Noise, 0.5, test.Clip, 1));
        Model model = new(test.Noise, test.Clip);
        Assert.Equal((model.Granularity, model.Deviation), (lattice.Granularity, lattice.Deviation));
        Assert.Equal(0, Math.ScaleB(lattice.Granularity, -Math.ILogB(lattice.Granularity)) - 1);
        Assert.InRange(lattice.Deviation, double.Epsilon, Math.ScaleB(1, 32));
        Assert.InRange(test.Clip / lattice.Granularity * NoiseLattice.MostExamples, 0, Math.ScaleB(1, 50));
        Assert.True(lattice.Deviation > Math.ScaleB(1, 31) || test.Clip / lattice.Granularity > Math.ScaleB(1, 23));

        // No less noise than σC, as real numbers.
        Assert.True(Math.FusedMultiplyAdd(test.Noise, test.Clip, -lattice.Deviation * lattice.Granularity) <= 0);
        Assert.Equal(Math.Ceiling(lattice.Deviation), new NoiseLattice(new(test.Noise, 0.5, test.Clip, 1, NoiseSampler.Exact)).Deviation);
    }

    [Theory]
    [InlineData(NoiseSampler.Rounded)]
    [InlineData(NoiseSampler.Exact)]
    [Trait("Statement", "S30")]
    public void Noise_depends_on_the_stream_alone(NoiseSampler sampler)
    {
        NoiseLattice lattice = new(new(1, 0.01, 1, 10, sampler));
        double[] first = Draw(1);
        Assert.Equal(first, Draw(1));
        Assert.NotEqual(first, Draw(2));
        Assert.Equal(first[..50], Draw(1, 50));

        double[] Draw(long seed, int count = 200)
        {
            using var scope = NewDisposeScope();
            using RandomSequence sequence = RandomSource.FromSeed(seed).Sequence("noise", 3);
            return lattice.Noise(sequence, count).data<double>().ToArray();
        }
    }

    [Fact]
    public void An_unknown_sampler_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>("Sampler", () => new NoiseLattice(new(1, 1, 1, 1, (NoiseSampler)2)));
}
