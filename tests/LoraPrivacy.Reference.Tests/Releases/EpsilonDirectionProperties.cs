namespace LoraPrivacy.Reference.Tests.Releases;

/// <summary>An ε(δ) keeps its δ, whichever release or mechanism it is of: δ(ε) ≤ δ up to the promised accuracy of δ, and exactly for bounds.</summary>
public class EpsilonDirectionProperties
{
    private const double Promised = 1e-11;

    private static Gen<double> Real(double low, double high) => Gen.Choose(0, 1 << 30).Select(k => low + (high - low) * k / (1 << 30));

    private static Gen<double> Logarithmic(double low, double high) => Real(Math.Log(low), Math.Log(high)).Select(Math.Exp);

    private static Gen<double> Deltas => Gen.OneOf(Logarithmic(1e-100, 0.5), Real(0.5, 0.999), Logarithmic(1e-11, 1e-3).Select(x => 1 - x));

    [Property(MaxTest = 300)]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public Property Product() => Prop.ForAll(
        (from rank in Gen.Choose(1, 40)
         from dimension in Gen.Choose(2, 300)
         from ratio in Logarithmic(0.1, 10)
         from angle in Gen.OneOf(Gen.Constant(0.0), Logarithmic(1e-4, 3))
         from delta in Deltas
         select (rank, dimension, ratio, angle, delta)).ToArbitrary(),
        query =>
        {
            ProductRelease release = new(query.rank, query.dimension);
            VectorPair pair = new(query.ratio, query.angle);
            double epsilon = release.BothDirections(pair).Epsilon(query.delta).Upper;
            Assert.True(double.IsInfinity(epsilon) || release.BothDirections(pair).Delta(epsilon).Upper <= query.delta * (1 + Promised), $"{query}: {epsilon:R}");
        });

    [Property(MaxTest = 100)]
    [Trait("Statement", "S24")]
    public Property Factor() => Prop.ForAll(
        (from rank in Gen.Choose(1, 40)
         from first in Logarithmic(0.05, 20)
         from excess in Logarithmic(1e-10, 1)
         from sign in Gen.Elements(-0.9, 1.0)
         from delta in Gen.OneOf(Deltas, Logarithmic(1e-290, 1e-100))
         select (rank, first, second: 1 + (sign * excess), delta)).ToArbitrary(),
        query =>
        {
            FactorRelease release = new(query.rank, query.first, query.second);
            double epsilon = release.Epsilon(query.delta);
            Assert.True(release.Delta(epsilon) <= query.delta * (1 + Promised), $"{query}: {epsilon:R}");
            Assert.True(epsilon == 0 || release.Delta(epsilon * (1 - 1e-9) - 1e-12) >= query.delta * (1 - Promised), $"{query}: {epsilon:R}");
        });

    [Property(MaxTest = 1000)]
    [Trait("Statement", "S19")]
    public Property Gaussian() => Prop.ForAll(
        (from ratio in Logarithmic(1e-6, 60) from delta in Deltas select (ratio, delta)).ToArbitrary(),
        query =>
        {
            GaussianMechanism mechanism = new(query.ratio);
            double epsilon = mechanism.Epsilon(query.delta);
            Assert.True(mechanism.Delta(epsilon) <= query.delta, $"{query}: {epsilon:R}");
        });

    [Property(MaxTest = 20)]
    [Trait("Statement", "S20")]
    [Trait("Speed", "Slow")]
    public Property Sketched() => Prop.ForAll(
        (from rank in Gen.Choose(1, 40)
         from ratio in Logarithmic(1e-3, 5)
         from delta in Logarithmic(1e-60, 0.5)
         select (rank, ratio, delta)).ToArbitrary(),
        query =>
        {
            SketchedGaussianMechanism factor = new(query.rank, query.ratio, 1);
            Assert.True(factor.Delta(factor.Epsilon(query.delta)) <= query.delta * (1 + Promised), $"{query}");
        });

    [Property(MaxTest = 30)]
    [Trait("Statement", "S27"), Trait("Statement", "S22")]
    [Trait("Speed", "Slow")]
    public Property The_upper_end_of_a_bracket() => Prop.ForAll(
        (from noise in Logarithmic(0.6, 5)
         from rate in Gen.OneOf(Gen.Constant(1.0), Logarithmic(1e-3, 0.9))
         from steps in Gen.Choose(1, 200)
         from delta in Logarithmic(1e-12, 0.3)
         from neighbours in Gen.Elements(NeighbouringRelation.AddRemove, NeighbouringRelation.ReplaceOne)
         select (noise, rate, steps, delta, neighbours)).ToArbitrary(),
        query =>
        {
            DpSgdMechanism run = new(query.noise, query.rate, query.steps, query.neighbours);
            Bracket epsilon = run.Epsilon(query.delta);

            // What is certain about δ there: it is not above δ, so no lower bound of it is.
            Assert.True(run.Delta(epsilon.Upper).Lower <= query.delta, $"{query}: {epsilon}");
            Assert.True(epsilon.Lower == 0 || run.Delta(epsilon.Lower).Upper >= query.delta, $"{query}: {epsilon}");
        });

    /// <summary>The values are from an integral by mpmath to 20 digits; an eigenvalue is all but 1, and its loss all that lies beyond the bound of the other's.</summary>
    [Theory]
    [Trait("Statement", "S24")]
    [InlineData(1, 7.0885896394172632613e-4)]
    [InlineData(1.0607, 4.2984989841583864734e-11)]
    [InlineData(1.0607767, 1.2290646389807277362e-19)]
    [InlineData(1.06077673, 1.2877266789027943e-26)]
    public void A_factor_of_two_very_different_losses(double epsilon, double delta)
    {
        FactorRelease release = new(3, 0.4930303789619231, 1.0000000001643479);
        Assert.Equal(delta, release.Delta(epsilon), 1e-11 * delta);
        Assert.Equal(epsilon, release.Epsilon(delta), 1e-11);
    }

    /// <summary>Far below the promised δ; ε was on the wrong side of the bound, where δ is 1e-318.</summary>
    [Fact]
    [Trait("Statement", "S24")]
    public void A_factor_whose_delta_vanishes_within_a_few_doubles()
    {
        FactorRelease release = new(3, 0.4930303789619231, 1.0000000001643479);
        double epsilon = release.Epsilon(2.110237166681803e-242);
        Assert.Equal(1.06077681198, epsilon, 1e-10);
        Assert.InRange(release.Delta(epsilon), 0.99 * 2.110237166681803e-242, 2.110237166681803e-242);
    }

    [Theory]
    [Trait("Statement", "S11"), Trait("Statement", "S12")]
    [InlineData(1e-160)]
    [InlineData(1e-200)]
    [InlineData(1e-300)]
    public void At_rank_one_tiny_angles_scale(double angle)
    {
        // The release is a function of tan ψ about θ: δ/θ has a limit, which it has reached long before.
        ProductRelease release = new(1, 4);
        double scale = angle / 1e-10;
        foreach (double epsilon in new[] { 0.1, 0.5, 5 })
        {
            double expected = release.Delta(new VectorPair(1, 1e-10), epsilon) * scale;
            Assert.Equal(expected, release.Delta(new VectorPair(1, angle), epsilon), 1e-9 * expected);
        }

        Assert.Equal(release.Epsilon(new VectorPair(1, 1e-10), 4e-11), release.Epsilon(new VectorPair(1, angle), 4e-11 * scale), 1e-9);
    }
}
