namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>Discrete laws lie on their side of the exact curve at every ε, not only on the grid, and close to it (S27, items 2, 3 and 6).</summary>
[Trait("Statement", "S27")]
public class PrivacyLossDistributionTests
{
    public static TheoryData<string> Pairs => new("gaussian", "small", "large", "subsampled", "removed", "replaced", "product", "factor");

    [Theory]
    [MemberData(nameof(Pairs))]
    [Trait("Speed", "Slow")]
    public void The_sides_enclose_the_curve(string name)
    {
        (PrivacyPair pair, double range) = Pair(name);
        double spacing = range / 300;
        PrivacyLossDistribution upper = PrivacyLossDistribution.Of(pair, BoundSide.Upper, spacing, -range, range);
        PrivacyLossDistribution lower = PrivacyLossDistribution.Of(pair, BoundSide.Lower, spacing, -range, range);
        for (int i = -97; i <= 97; i++)
        {
            double epsilon = i * range / 97.3;
            Bracket exact = Exact(pair, epsilon);
            double low = lower.Delta(epsilon);
            double high = upper.Delta(epsilon);
            Assert.True(low <= exact.Upper, $"{name} at {epsilon:R}: lower {low:R} is above {exact.Upper:R}");
            Assert.True(high >= exact.Lower, $"{name} at {epsilon:R}: upper {high:R} is below {exact.Lower:R}");
        }

        Assert.True(upper.Delta(0) - lower.Delta(0) < 0.05 * upper.Delta(0), $"{lower.Delta(0):R} to {upper.Delta(0):R}");
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    [Trait("Speed", "Slow")]
    public void Half_the_spacing_is_at_most_a_third_of_the_gap(string name)
    {
        (PrivacyPair pair, double range) = Pair(name);

        // The product release takes its time at large ε.
        range = name == "product" ? 2 : range;
        double Gap(double spacing) => PrivacyLossDistribution.Of(pair, BoundSide.Upper, spacing, -range, range).Delta(0)
            - PrivacyLossDistribution.Of(pair, BoundSide.Lower, spacing, -range, range).Delta(0);
        Assert.True(Gap(range / 200) < Gap(range / 100) / 3, name);
    }

    [Fact]
    public void Nodes_without_the_lowering_would_not_be_a_lower_bound()
    {
        // What item 3 takes off is needed: the upper law, whose nodes are the curve itself, is above the curve between them.
        PrivacyPair pair = PrivacyPair.Gaussian(1);
        PrivacyLossDistribution upper = PrivacyLossDistribution.Of(pair, BoundSide.Upper, 0.25, -8, 8);
        Assert.True(upper.Delta(0.125) > 1.001 * pair.Forward.Delta(0.125).Upper);
    }

    [Fact]
    public void Too_coarse_a_grid_knows_nothing_but_is_not_wrong()
    {
        PrivacyPair pair = PrivacyPair.SubsampledGaussian(1, 1e-4, NeighbouringRelation.AddRemove);
        PrivacyLossDistribution lower = PrivacyLossDistribution.Of(pair, BoundSide.Lower, 1, -2, 2);
        Assert.Equal(0, lower.Delta(0));
        Assert.Equal(0, lower.InfinityMass);
        Assert.True(PrivacyLossDistribution.Of(pair, BoundSide.Upper, 1, -2, 2).Delta(0.5) >= pair.Forward.Delta(0.5).Lower);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void An_infinite_loss_keeps_its_mass()
    {
        ProductRelease release = new(3, 20);
        VectorPair queries = new(1, 0.5);
        double floor = ProductRelease.DeltaFloor(3, 0.5);
        PrivacyPair pair = PrivacyPair.Product(release, queries);
        PrivacyLossDistribution upper = PrivacyLossDistribution.Of(pair, BoundSide.Upper, 0.5, -40, 60);
        PrivacyLossDistribution lower = PrivacyLossDistribution.Of(pair, BoundSide.Lower, 0.5, -40, 60);
        Assert.InRange(upper.InfinityMass, floor, 1.000001 * release.Delta(queries, 60));
        Assert.InRange(lower.InfinityMass, 0.999999 * floor, floor);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(1)]
    [InlineData(30)]
    public void The_proved_bounds_of_the_gaussian_curve_contain_it_closely(double mu)
    {
        GaussianMechanism exact = new(mu);
        foreach (double x in (double[])[0, 0.1, 0.5, 1, 3, 6])
        {
            double epsilon = x * mu + (mu > 5 ? 0.5 * mu * mu : 0);
            Bracket bracket = PrivacyPair.Gaussian(mu).Forward.Delta(epsilon);
            double delta = exact.Delta(epsilon);
            Assert.InRange(delta, bracket.Lower * (1 - 1e-12), bracket.Upper * (1 + 1e-12));
            Assert.True(bracket.Upper - bracket.Lower < 1e-10 * bracket.Upper / Math.Min(mu, 1), $"{mu} {epsilon}: {bracket}");
        }
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        PrivacyPair pair = PrivacyPair.Gaussian(1);
        AssertRefused("lowestLoss must be a finite number below 0, but is 0", () => PrivacyLossDistribution.Of(pair, BoundSide.Upper, 0.1, 0, 1));
        AssertRefused("highestLoss must be a finite number above 0, but is -1", () => PrivacyLossDistribution.Of(pair, BoundSide.Upper, 0.1, -1, -1));
        AssertRefused("spacing must be a finite number in (0, ∞), but is NaN", () => PrivacyLossDistribution.Of(pair, BoundSide.Upper, double.NaN, -1, 1));
        AssertRefused("spacing must be at least the range of losses over 2097152, but is 1E-09", () => PrivacyLossDistribution.Of(pair, BoundSide.Upper, 1e-9, -1, 1));
        AssertRefused("masses[1] must be a finite number in [0, ∞), but is -1", () => PrivacyLossDistribution.FromMasses(BoundSide.Upper, 1, 0, [1, -1], 0));
        AssertRefused("samplingRate must be a number in (0, 1], but is 2", () => PrivacyPair.SubsampledGaussian(1, 2, NeighbouringRelation.AddRemove));
    }

    private static void AssertRefused(string message, Func<object> action)
        => Assert.StartsWith(message + " (Parameter", Assert.Throws<ArgumentOutOfRangeException>(action).Message, StringComparison.Ordinal);

    // H_ε for every real ε.
    private static Bracket Exact(PrivacyPair pair, double epsilon)
    {
        if (epsilon >= 0)
        {
            return pair.Forward.Delta(epsilon);
        }

        Bracket reverse = pair.Reverse.Delta(-epsilon);
        double rest = -double.ExpM1(epsilon);
        return new Bracket(rest + reverse.Lower * Math.Exp(epsilon) - 1e-15, rest + reverse.Upper * Math.Exp(epsilon) + 1e-15);
    }

    private static (PrivacyPair Pair, double Range) Pair(string name) => name switch
    {
        "gaussian" => (PrivacyPair.Gaussian(1), 10),
        "small" => (PrivacyPair.Gaussian(0.01), 0.08),
        "large" => (PrivacyPair.Gaussian(6), 60),
        "subsampled" => (PrivacyPair.SubsampledGaussian(1, 0.3, NeighbouringRelation.AddRemove), 6),
        "removed" => (PrivacyPair.SubsampledGaussian(1, 0.3, NeighbouringRelation.AddRemove).Swap(), 6),
        "replaced" => (PrivacyPair.SubsampledGaussian(0.8, 0.3, NeighbouringRelation.ReplaceOne), 8),
        "product" => (PrivacyPair.Product(new ProductRelease(16, 200), new VectorPair(1.02, 0.02)), 5),
        _ => (PrivacyPair.Factor(new FactorRelease(8, 1.3, 0.9)), 8),
    };
}
