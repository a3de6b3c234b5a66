namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S19")]
public class GaussianMechanismTests
{
    [Fact]
    public void Nothing_is_lost_where_nothing_depends_on_the_data()
    {
        GaussianMechanism mechanism = new GaussianMechanism(3).Compose(0);
        Assert.Equal(0, mechanism.SensitivityRatio);
        Assert.Equal(0, mechanism.Delta(0));
        Assert.Equal(double.NegativeInfinity, mechanism.LogDelta(1));
        Assert.All([1e-300, 1e-9, 0.5, 0.75, 1 - 1e-16], delta => Assert.Equal(0, mechanism.Epsilon(delta)));
    }

    [Fact]
    public void Steps_compose_to_the_root_of_their_number()
    {
        GaussianMechanism composed = new GaussianMechanism(0.25).Compose(1_000_000);
        Assert.Equal(250, composed.SensitivityRatio, 1e-12);
        Assert.Equal(new GaussianMechanism(250).Delta(31_000), composed.Delta(31_000));
    }

    // By the closed form with mpmath at 60 digits.
    [Theory]
    [InlineData(1, 100, -4960.2545538174207)]
    [InlineData(0.01, 3, -45015.431719500263)]
    [InlineData(1e-6, 1e-3, -500028.54946264919)]
    [InlineData(1, 1e17, -4.99999999999999995e33)]
    public void The_logarithm_goes_on_where_delta_underflows(double mu, double epsilon, double logDelta)
    {
        GaussianMechanism mechanism = new(mu);
        Assert.Equal(logDelta, mechanism.LogDelta(epsilon), 4e-15 * -logDelta);
        Assert.Equal(double.Epsilon, mechanism.Delta(epsilon));
    }

    [Fact]
    public void Delta_and_epsilon_are_inverse_and_in_range_far_beyond_use()
    {
        foreach (double mu in (double[])[1e-300, 1e-100, 1e-8, 0.5, 1, 1e4, 1e100, 1e200])
        {
            GaussianMechanism mechanism = new(mu);
            foreach (double delta in (double[])[double.Epsilon, 1e-300, 1e-12, 0.3, 1 - 1e-16])
            {
                double epsilon = mechanism.Epsilon(delta);
                Assert.InRange(epsilon, 0, double.PositiveInfinity);
                if (epsilon > 0 && double.IsFinite(epsilon))
                {
                    // A relative change of ε changes log δ by up to (a + 1) ε/μ times that, a < 40; and the next double below may not keep δ.
                    double slack = 1e-12 + 1e-13 * 41 * epsilon / mu;
                    Assert.True(
                        Math.Abs(mechanism.LogDelta(epsilon) - Math.Log(delta)) <= slack || mechanism.Delta(Math.BitDecrement(epsilon)) > delta,
                        $"μ = {mu:R}, δ = {delta:R}: {epsilon:R}");
                    Assert.True(mechanism.Delta(epsilon) <= delta);
                }
            }
        }
    }
}
