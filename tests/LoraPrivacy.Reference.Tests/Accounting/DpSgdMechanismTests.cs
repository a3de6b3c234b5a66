namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S19")]
public class DpSgdMechanismTests
{
    // The exact ε of the first lies in [6.178, 6.188], by accountants of privacy loss distributions; the Rényi values are by mpmath at
    // 30 digits over the integer orders, with the tight conversion and with that of Mironov (2017).
    [Theory]
    [InlineData(1.0, 0.01, 10_000, 1e-5, 6.719402117939232, 7.469182310764311)]
    [InlineData(1.1, 256.0 / 60_000, 14_062, 1e-5, 2.5969811785948755, 3.009099525732417)]
    [InlineData(4.0, 0.01, 10_000, 1e-5, 1.0354900660362654, 1.2585747412427874)]
    public void Epsilon_is_the_tight_conversion_of_the_best_order(
        double noise, double rate, long steps, double delta, double tight, double loose)
    {
        double bound = new DpSgdMechanism(noise, rate, steps).EpsilonUpperBound(delta);
        Assert.InRange(bound, tight, tight * (1 + 1e-10));
        Assert.True(bound < 0.9 * loose, "this is the conversion log(1/δ)/(α − 1) of Mironov (2017)");
    }

    [Fact]
    public void Epsilon_is_above_the_published_value_and_a_formula_that_forgets_a_term_is_not()
    {
        const double trueEpsilonAtLeast = 6.178;
        SubsampledGaussianRenyi step = new(1, 0.01);
        double Best(Func<int, double> conversion)
            => Enumerable.Range(2, 60).Min(order => 10_000 * step.RenyiDivergence(order) + conversion(order));
        double bound = new DpSgdMechanism(1, 0.01, 10_000).EpsilonUpperBound(1e-5);
        Assert.InRange(bound, trueEpsilonAtLeast, 6.72);
        Assert.Equal(
            bound, Best(order => Math.Log(1 - 1.0 / order) - (Math.Log(1e-5) + Math.Log(order)) / (order - 1)), 1e-9);

        // The terms with log δ over α for α − 1, and with log α counted twice, promise too much.
        Assert.True(Best(order => Math.Log(1 - 1.0 / order) - (Math.Log(1e-5) + Math.Log(order)) / order) < trueEpsilonAtLeast);
        Assert.True(Best(order => Math.Log(1 - 1.0 / order) - (Math.Log(1e-5) + 2 * Math.Log(order)) / (order - 1)) < 6.3);
    }

    [Theory]
    [InlineData(2.0, 1, 1e-5)]
    [InlineData(40.0, 1_000, 1e-9)]
    [InlineData(0.3, 7, 1e-30)]
    [InlineData(4.0, 10_000, 1e-9)]
    [InlineData(1e4, 10, 1e-3)]
    public void At_rate_1_the_bound_is_the_exact_gaussian_curve(double noise, long steps, double delta)
    {
        DpSgdMechanism mechanism = new(noise, 1, steps);
        GaussianMechanism exact = new GaussianMechanism(1 / noise).Compose(steps);
        double epsilon = exact.Epsilon(delta);
        Assert.InRange(mechanism.EpsilonUpperBound(delta), epsilon, epsilon * (1 + 1e-10) + 1e-15);
        double curve = exact.Delta(0.5 * epsilon);
        Assert.InRange(mechanism.DeltaUpperBound(0.5 * epsilon), curve, curve * (1 + 1e-9));
        Assert.True(new SubsampledGaussianRenyi(noise, 1).EpsilonUpperBound(steps, delta) >= epsilon);
    }

    // Known to 8 digits: an accountant with unaccounted FFT error gives 461.54823.
    [Fact]
    public void A_long_run_at_rate_1_is_not_below_the_truth()
        => Assert.InRange(new DpSgdMechanism(4, 1, 10_000).EpsilonUpperBound(1e-9), 461.549145, 461.549155);

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_best_of_all_orders_is_found()
    {
        foreach ((double noise, double rate, long steps, double delta) in ((double, double, long, double)[])
            [(1, 0.01, 10_000, 1e-5), (6, 0.001, 1_000, 1e-6), (30, 0.02, 100, 1e-9), (0.5, 0.3, 20, 1e-2), (20, 1e-3, 10_000, 1e-7)])
        {
            SubsampledGaussianRenyi step = new(noise, rate);
            double epsilon = step.EpsilonUpperBound(steps, delta);
            double logDelta = step.LogDeltaUpperBound(steps, epsilon);
            double bestEpsilon = double.PositiveInfinity;
            double bestLogDelta = 0;
            for (int order = 2; order <= 1000; order++)
            {
                double divergence = steps * step.RenyiDivergence(order);
                double shrinkage = Math.Log(1 - 1.0 / order);
                bestEpsilon = Math.Min(
                    bestEpsilon, divergence + shrinkage - (Math.Log(delta) + Math.Log(order)) / (order - 1));
                bestLogDelta = Math.Min(bestLogDelta, (order - 1) * (divergence - epsilon + shrinkage) - Math.Log(order));
            }

            Assert.InRange(epsilon, bestEpsilon * (1 - 1e-12), bestEpsilon * (1 + 1e-10));
            Assert.InRange(logDelta, bestLogDelta - 1e-10, bestLogDelta + 1e-9);
            Assert.Equal(Math.Log(delta), logDelta, 1e-8);
        }
    }

    [Fact]
    public void No_steps_reveal_nothing()
    {
        foreach (double noise in (double[])[0, 1])
        {
            DpSgdMechanism none = new(noise, 0.01, 0);
            Assert.Equal(0, none.EpsilonUpperBound(1e-5));
            Assert.Equal(0, none.DeltaUpperBound(0));
            Assert.Equal(0, none.DeltaUpperBound(3));
        }

        Assert.Equal(0, new SubsampledGaussianRenyi(1, 0.01).EpsilonUpperBound(0, 1e-5));
        Assert.Equal(double.NegativeInfinity, new SubsampledGaussianRenyi(1, 0.01).LogDeltaUpperBound(0, 1));
    }

    [Fact]
    public void Without_noise_only_an_example_that_is_never_drawn_is_hidden()
    {
        DpSgdMechanism noiseless = new(0, 0.01, 50);
        double use = 1 - Math.Pow(0.99, 50);
        Assert.Equal(double.PositiveInfinity, noiseless.EpsilonUpperBound(1e-5));
        Assert.Equal(double.PositiveInfinity, noiseless.EpsilonUpperBound(use * (1 - 1e-9)));
        Assert.Equal(0, noiseless.EpsilonUpperBound(use * (1 + 1e-9)));
        Assert.InRange(noiseless.DeltaUpperBound(0), use * (1 - 1e-14), use * (1 + 1e-13));
        Assert.Equal(noiseless.DeltaUpperBound(0), noiseless.DeltaUpperBound(1e300));
        Assert.Equal(1, new DpSgdMechanism(0, 1, 1).DeltaUpperBound(5));
        Assert.Equal(double.PositiveInfinity, new DpSgdMechanism(0, 1, 1).EpsilonUpperBound(0.999));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Extreme_parameters_give_numbers_in_range()
    {
        foreach (double noise in (double[])[0, double.Epsilon, 1e-160, 1e-3, 1, 1e5, 1e160, double.MaxValue])
        {
            foreach (double rate in (double[])[double.Epsilon, 1e-100, 1e-9, 0.5, 1 - 1e-16, 1])
            {
                foreach (long steps in (long[])[1, 1000, long.MaxValue])
                {
                    DpSgdMechanism mechanism = new(noise, rate, steps);
                    foreach (double delta in (double[])[double.Epsilon, 1e-300, 1e-5, 0.5, 1 - 1e-16])
                    {
                        Assert.InRange(mechanism.EpsilonUpperBound(delta), 0, double.PositiveInfinity);
                    }

                    foreach (double epsilon in (double[])[0, double.Epsilon, 1, 1e10, double.MaxValue])
                    {
                        Assert.InRange(mechanism.DeltaUpperBound(epsilon), double.Epsilon, 1);
                    }
                }
            }
        }
    }

    [Fact]
    public void Bad_parameters_are_named_with_their_range()
    {
        AssertRefused("noiseMultiplier must be a finite number in [0, ∞), but is -1", () => new DpSgdMechanism(-1, 0.1, 1));
        AssertRefused("noiseMultiplier must be a finite number in [0, ∞), but is NaN", () => new DpSgdMechanism(double.NaN, 0.1, 1));
        AssertRefused("samplingRate must be a number in (0, 1], but is 0", () => new DpSgdMechanism(1, 0, 1));
        AssertRefused("samplingRate must be a number in (0, 1], but is 1.5", () => new DpSgdMechanism(1, 1.5, 1));
        AssertRefused("samplingRate must be a number in (0, 1], but is NaN", () => new DpSgdMechanism(1, double.NaN, 1));
        AssertRefused("steps must be an integer of at least 0, but is -3", () => new DpSgdMechanism(1, 0.1, -3));
        AssertRefused("delta must be a number in (0, 1), but is 0", () => new DpSgdMechanism(1, 0.1, 0).EpsilonUpperBound(0));
        AssertRefused("delta must be a number in (0, 1), but is 1", () => new DpSgdMechanism(1, 0.1, 1).EpsilonUpperBound(1));
        AssertRefused("epsilon must be a finite number in [0, ∞), but is -0.5", () => new DpSgdMechanism(1, 0.1, 1).DeltaUpperBound(-0.5));
        AssertRefused("noiseMultiplier must be a finite number in (0, ∞), but is 0", () => new SubsampledGaussianRenyi(0, 0.1));
        AssertRefused("order must be a number in [2, 4096], but is 1", () => new SubsampledGaussianRenyi(1, 0.1).RenyiDivergence(1));
        AssertRefused("sensitivityRatio must be a finite number in [0, ∞), but is -2", () => new GaussianMechanism(-2));
        AssertRefused("steps must be an integer of at least 0, but is -1", () => new GaussianMechanism(1).Compose(-1));
        AssertRefused("delta must be a number in (0, 1), but is 1", () => new GaussianMechanism(1).Epsilon(1));
    }

    private static void AssertRefused(string message, Func<object> action)
        => Assert.StartsWith(message + " (Parameter", Assert.Throws<ArgumentOutOfRangeException>(action).Message, StringComparison.Ordinal);
}
