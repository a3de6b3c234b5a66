namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S19")]
public class RenyiAccountantTests
{
    [Theory]
    [InlineData(0.1, 1, 1e-5)]
    [InlineData(0.5, 100, 1e-9)]
    [InlineData(3, 7, 1e-2)]
    public void Gaussians_are_bounded_from_above_and_not_by_much(double mu, long steps, double delta)
    {
        double exact = new GaussianMechanism(mu).Compose(steps).Epsilon(delta);
        (double epsilon, double order) = new RenyiAccountant((RenyiCurve.Gaussian(mu), steps)).Epsilon(delta);
        Assert.InRange(epsilon, exact, 1.25 * exact + 0.02);
        Assert.InRange(order, 1.01, 4096);
    }

    [Theory]
    [InlineData(1, 0.01, 10_000)]
    [InlineData(4, 0.2, 100)]
    public void The_subsampled_gaussian_has_the_bound_of_its_own_search(double noise, double rate, long steps)
    {
        RenyiAccountant accountant = new((RenyiCurve.SubsampledGaussian(noise, rate), steps));
        double all = new SubsampledGaussianRenyi(noise, rate).EpsilonUpperBound(steps, 1e-5);
        (double epsilon, double order) = accountant.Epsilon(1e-5);
        Assert.InRange(epsilon, all, 1.02 * all);
        Assert.True(epsilon >= new DpSgdMechanism(noise, rate, steps).Epsilon(1e-5).Lower);
        (double delta, _) = accountant.Delta(epsilon);
        Assert.Equal(1, delta / 1e-5, 0.05);
        Assert.Equal(accountant.Divergence(order), steps * new SubsampledGaussianRenyi(noise, rate).RenyiDivergence((int)order), 1e-9 * accountant.Divergence(order));
    }

    [Fact]
    public void Factor_releases_add_up_and_stay_above_the_exact_curve()
    {
        FactorRelease one = new(4, 1.2, 0.9);
        FactorRelease all = new(40, 1.2, 0.9);
        (double epsilon, double order) = new RenyiAccountant((RenyiCurve.Factor(one), 10)).Epsilon(1e-6);
        Assert.InRange(epsilon, all.BothDirections().Epsilon(1e-6).Upper, 1.3 * all.BothDirections().Epsilon(1e-6).Upper);
        (double together, double same) = new RenyiAccountant((RenyiCurve.Factor(all), 1)).Epsilon(1e-6);
        Assert.Equal(together, epsilon, 1e-9);
        Assert.Equal(order, same);

        // Beyond its last moment a release has no divergence, and no order from there on a bound.
        Assert.Equal(double.PositiveInfinity, RenyiCurve.Factor(new FactorRelease(4, 3.0)).Divergence(1.5));
    }

    [Fact]
    public void Different_mechanisms_compose_in_any_order()
    {
        RenyiCurve gaussian = RenyiCurve.Gaussian(0.2);
        RenyiCurve sampled = RenyiCurve.SubsampledGaussian(1, 0.01);
        Assert.Equal(
            new RenyiAccountant((gaussian, 5), (sampled, 100)).Epsilon(1e-6).Upper,
            new RenyiAccountant((sampled, 40), (gaussian, 5), (sampled, 60)).Epsilon(1e-6).Upper,
            1e-9);
        Assert.Equal((0, 0), (new RenyiAccountant().Epsilon(0.1).Upper, new RenyiAccountant((gaussian, 0)).Delta(1).Upper));
    }

    [Fact]
    public void Chosen_orders_are_the_ones_tried()
    {
        RenyiAccountant accountant = new([1.5, 32], (RenyiCurve.Gaussian(0.3), 1));
        Assert.Equal(32, accountant.Epsilon(1e-6).Order);
        Assert.Contains("orders", Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiAccountant([1.0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RenyiAccountant((RenyiCurve.Gaussian(1), -1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiCurve.Gaussian(1).Divergence(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Epsilon(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => accountant.Delta(-1));
    }

    [Fact]
    public void Hopeless_steps_get_infinity_and_one()
    {
        RenyiAccountant accountant = new((RenyiCurve.SubsampledGaussian(1e-160, 0.5), 10));
        Assert.Equal(double.PositiveInfinity, accountant.Epsilon(1e-5).Upper);
        Assert.Equal(1, accountant.Delta(3).Upper);
    }
}
