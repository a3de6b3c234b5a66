namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>
/// Composed brackets against values that share nothing with the grid: closed forms, and δ by the inversion integral
/// (1/2πi) ∫ M(z)^T e^{−zε}/(z(z + 1)) dz in mpmath at 30 digits, M(z) = E e^{zL} by the trapezoidal rule over the output.
/// </summary>
[Trait("Statement", "S27")]
[Trait("Statement", "S19")]
public class PrivacyAccountantTests
{
    [Theory]
    [InlineData(1.0, 0.01, 10_000, 6.1875, "add", 0.0000100064803661087226)]
    [InlineData(1.0, 0.01, 10_000, 6.1875, "remove", 1.08481316459966739e-6)]
    [InlineData(1.0, 0.01, 10_000, 10.875, "replace", 0.0000101181733379363626)]
    [InlineData(2.0, 0.1, 50, 1.5, "add", 0.0000352832752866162702)]
    [InlineData(2.0, 0.1, 50, 1.5, "remove", 1.17275713409286515e-7)]
    [Trait("Speed", "Slow")]
    public void Delta_contains_the_inversion_integral(double noise, double rate, long steps, double epsilon, string kind, double exact)
    {
        PrivacyPair pair = PrivacyPair.SubsampledGaussian(
            noise, rate, kind == "replace" ? NeighbouringRelation.ReplaceOne : NeighbouringRelation.AddRemove);
        PrivacyAccountant accountant = new((kind == "remove" ? pair.Swap() : pair, steps));
        Bracket bracket = accountant.Delta(epsilon);
        Assert.InRange(exact, bracket.Lower, bracket.Upper);
        Assert.InRange(bracket.Upper / bracket.Lower, 1, 1.0011);
        Bracket inverse = accountant.Epsilon(exact);
        Assert.InRange(epsilon, inverse.Lower, inverse.Upper);
        Assert.InRange(inverse.Upper / inverse.Lower, 1, 1.0011);
    }

    // An accountant with unaccounted FFT error gives 461.54823 for the last of these.
    [Theory]
    [InlineData(1.0, 2, 1e-5)]
    [InlineData(0.05, 1_000, 1e-30)]
    [InlineData(3.0, 11, 1e-200)]
    [InlineData(0.001, 1_000_000, 1e-12)]
    [InlineData(0.25, 10_000, 1e-9)]
    [Trait("Speed", "Slow")]
    public void Composed_gaussians_contain_the_closed_form(double mu, long steps, double delta)
    {
        GaussianMechanism exact = new GaussianMechanism(mu).Compose(steps);
        double epsilon = exact.Epsilon(delta);
        PrivacyAccountant accountant = new((PrivacyPair.Gaussian(mu), steps));
        Bracket bracket = accountant.Epsilon(delta);
        Assert.InRange(epsilon, bracket.Lower, bracket.Upper);
        Assert.InRange(bracket.Upper / bracket.Lower, 1, 1.0011);
        Bracket curve = accountant.Delta(epsilon);
        Assert.InRange(delta, curve.Lower * (1 - 1e-9), curve.Upper * (1 + 1e-9));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_wider_target_is_met_by_a_wider_bracket_around_the_same_value()
    {
        (PrivacyPair Pair, long Count) steps = (PrivacyPair.Gaussian(0.25), 10_000);
        Bracket narrow = new PrivacyAccountant(steps) { RelativeWidth = 1e-5 }.Epsilon(1e-9);
        Assert.InRange(461.5491452164583, narrow.Lower, narrow.Upper);
        Assert.InRange(narrow.Upper / narrow.Lower, 1, 1.000011);
    }

    [Fact]
    public void Different_steps_compose_in_any_order()
    {
        PrivacyPair first = PrivacyPair.Gaussian(0.3);
        PrivacyPair second = PrivacyPair.Gaussian(0.4);
        Bracket one = new PrivacyAccountant((first, 16), (second, 9)).Epsilon(1e-6);
        Bracket other = new PrivacyAccountant((second, 4), (first, 16), (second, 5)).Epsilon(1e-6);
        double exact = new GaussianMechanism(Math.Sqrt(16 * 0.09 + 9 * 0.16)).Epsilon(1e-6);
        Assert.InRange(exact, one.Lower, one.Upper);
        Assert.InRange(exact, other.Lower, other.Upper);
        Assert.InRange(one.Upper / one.Lower, 1, 1.0011);
    }

    [Fact]
    public void Scale_families_compose_to_one_of_higher_rank()
    {
        // Ten releases of rank 4 are one of rank 40: their losses are sums of the same χ² variables.
        FactorRelease one = new(4, 1.2);
        FactorRelease all = new(40, 1.2);
        PrivacyAccountant accountant = new((PrivacyPair.Factor(one), 10));
        Bracket forward = accountant.Epsilon(1e-6);
        Bracket reverse = accountant.Reverse().Epsilon(1e-6);
        Assert.InRange(all.Epsilon(1e-6), forward.Lower, forward.Upper);
        Assert.InRange(all.Reverse().Epsilon(1e-6), reverse.Lower, reverse.Upper);
        Assert.InRange(forward.Upper / forward.Lower, 1, 1.002);
        Assert.Equal(Math.Max(forward.Upper, reverse.Upper), accountant.BothDirections().Epsilon(1e-6).Upper, 1e-9);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Product_releases_compose_and_their_floors_add_up()
    {
        ProductRelease release = new(16, 200);
        VectorPair queries = new(1, 0.05);
        double floor = ProductRelease.DeltaFloor(16, 0.05);
        PrivacyAccountant accountant = new((PrivacyPair.Product(release, queries), 5)) { LargestTransform = 1 << 10, RelativeWidth = 0.1 };
        Bracket bracket = accountant.Epsilon(1e-5);
        Assert.True(bracket.Lower > release.Epsilon(queries, 1e-5) && bracket.Upper < 5 * release.Epsilon(queries, 2e-6), $"{bracket}");
        Assert.InRange(bracket.Upper / bracket.Lower, 1, 1.3);
        Assert.True(accountant.Delta(3).Upper >= 1 - Math.Pow(1 - floor, 5));
    }

    [Fact]
    public void No_steps_lose_nothing_and_one_is_the_curve_itself()
    {
        Assert.Equal(Bracket.Exactly(0), new PrivacyAccountant().Epsilon(1e-5));
        Assert.Equal(Bracket.Exactly(0), new PrivacyAccountant((PrivacyPair.Gaussian(1), 0)).Delta(0));
        Bracket one = new PrivacyAccountant((PrivacyPair.Gaussian(1), 1)).Epsilon(1e-5);
        Assert.InRange(new GaussianMechanism(1).Epsilon(1e-5), one.Lower * (1 - 1e-12), one.Upper * (1 + 1e-12));
        Assert.InRange(one.Upper / one.Lower, 1, 1 + 1e-8);
    }

    // Adding composed ten thousand times is by far the better direction, in a few steps at a large ε not even that: its δ is 0.
    [Theory]
    [InlineData(0.01, 10_000)]
    [InlineData(0.5, 3)]
    [InlineData(0.01, 2)]
    [Trait("Speed", "Slow")]
    public void The_larger_direction_decides_whichever_comes_first(double rate, long steps)
    {
        PrivacyAccountant accountant = new((PrivacyPair.SubsampledGaussian(1, rate, NeighbouringRelation.AddRemove), steps)) { RelativeWidth = 2e-3 };
        foreach (Func<IPrivacyCurve, Bracket> ask in (Func<IPrivacyCurve, Bracket>[])[a => a.Epsilon(1e-5), a => a.Delta(1)])
        {
            Bracket forward = ask(accountant);
            Bracket first = ask(accountant.BothDirections());
            Bracket last = ask(accountant.Reverse().BothDirections());
            Assert.InRange(first.Upper, forward.Lower, forward.Upper * 1.004);
            Assert.InRange(last.Upper, forward.Lower, forward.Upper * 1.004);
            Assert.True(first.Lower <= last.Upper && last.Lower <= first.Upper, $"{first} {last}");
        }
    }

    // Simple composition answers where the transforms of a grid would only find that there is nothing.
    [Theory]
    [InlineData(2, 0.1, 50, 1e5)]
    [InlineData(2, 1, 1_000_000_000_000, 1e19)]
    [InlineData(0.01, 1e-9, 3, double.MaxValue)]
    public void A_vanishing_delta_is_bounded_and_not_said_to_be_zero(double noise, double rate, long steps, double epsilon)
    {
        Bracket delta = new PrivacyAccountant((PrivacyPair.SubsampledGaussian(noise, rate, NeighbouringRelation.AddRemove), steps)).Delta(epsilon);
        Assert.Equal(0, delta.Lower);
        Assert.InRange(delta.Upper, double.Epsilon, 1e-305);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Equal("RelativeWidth", Assert.Throws<ArgumentOutOfRangeException>(() => new PrivacyAccountant { RelativeWidth = 0 }).ParamName);
        Assert.Equal("RelativeWidth", Assert.Throws<ArgumentOutOfRangeException>(() => new PrivacyAccountant { RelativeWidth = 1.1 }).ParamName);
        Assert.Equal("LargestTransform", Assert.Throws<ArgumentOutOfRangeException>(() => new PrivacyAccountant { LargestTransform = 3000 }).ParamName);
        Assert.Equal("LargestTransform", Assert.Throws<ArgumentOutOfRangeException>(() => new PrivacyAccountant { LargestTransform = 512 }).ParamName);
    }

    [Fact]
    public void A_curve_that_is_no_probability_is_refused()
        => Assert.Throws<ArithmeticException>(() => new PrivacyAccountant((new PrivacyPair(new Two(), new Two()), 3)).Epsilon(0.1));

    private sealed class Two : IPrivacyCurve
    {
        public double Floor => 0;

        public Bracket Delta(double epsilon) => Bracket.Exactly(2);
    }
}
