namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>Bounds of steps that no uniform grid holds, and the convolutions of which they are made (S32).</summary>
[Trait("Statement", "S32")]
public class MultiscaleLawTests
{
    // Two scales of the loss, or steps without number. The truth is from a computation in extended precision, to the digits given.
    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(0.5, 1e-6, 100_000, 1e-10, 0.5626, 5e-5)]
    [InlineData(0.4, 1e-6, 100_000, 1e-9, 2.87504, 5e-6)]
    [InlineData(0.4, 1e-5, 100_000, 1e-9, 6.11342, 5e-6)]
    [InlineData(1, 2e-4, 20_000, 1e-11, 0.24972, 5e-6)]
    [InlineData(0.01, 0.01, 1000, 1e-5, 129944, 0.5)]
    public void Brackets_hold_the_truth_and_are_narrow_where_losses_have_two_scales(
        double noise, double rate, long steps, double delta, double truth, double digits)
    {
        Bracket epsilon = new DpSgdMechanism(noise, rate, steps).Epsilon(delta);
        Assert.InRange(truth, epsilon.Lower - digits, epsilon.Upper + digits);
        Assert.InRange((epsilon.Upper - epsilon.Lower) / epsilon.Upper, 0, 1e-3);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_thousand_million_steps_are_bracketed_and_more_steps_reveal_no_less()
    {
        Bracket many = new DpSgdMechanism(1, 0.01, 1_000_000_000).Epsilon(1e-5);
        Assert.InRange((many.Upper - many.Lower) / many.Upper, 0, 1e-3);
        Assert.True(new DpSgdMechanism(1, 0.01, 1_010_000_000).Epsilon(1e-5).Lower > many.Upper);
    }

    [Theory]
    [InlineData(0.1, 100, 1e-6)]
    [InlineData(1e-6, 1_000_000_000_001, 1e-9)]
    public void The_closed_form_of_gaussian_steps_is_inside(double ratio, long steps, double delta)
    {
        double exact = new GaussianMechanism(ratio).Compose(steps).Epsilon(delta);
        PrivacyAccountant accountant = new((PrivacyPair.Gaussian(ratio), steps)) { Grids = LossGrids.Multiscale, RelativeWidth = 1e-2 };
        Bracket epsilon = accountant.Epsilon(delta);
        Assert.InRange(exact, epsilon.Lower, epsilon.Upper);
        Assert.InRange((epsilon.Upper - epsilon.Lower) / exact, 0, 1e-2);
        Bracket curve = accountant.Delta(exact);
        Assert.InRange(delta, curve.Lower, curve.Upper);
        Assert.InRange(curve.Upper / curve.Lower, 1, 1.2);
    }

    [Theory]
    [InlineData(40, 700)]
    [InlineData(700, 900)]
    public void Convolutions_are_on_either_side_of_the_exact_one(int first, int second)
    {
        // Whole numbers below 2^20: the exact convolution is one of longs.
        Random random = new(5);
        long[] a = [.. Enumerable.Range(0, first).Select(_ => random.NextInt64(1 << 20))];
        long[] b = [.. Enumerable.Range(0, second).Select(_ => random.NextInt64(1 << 20))];
        double[] x = Array.ConvertAll(a, value => (double)value);
        double[] y = Array.ConvertAll(b, value => (double)value);
        double[] above = DirectedConvolution.Of(x, y, up: true, noise: 1e300);
        double[] below = DirectedConvolution.Of(x, y, up: false, noise: 1e300);
        for (int n = 0; n < first + second - 1; n++)
        {
            long exact = 0;
            for (int i = Math.Max(0, n - second + 1); i <= Math.Min(n, first - 1); i++)
            {
                exact += a[i] * b[n - i];
            }

            // Strictly: a bound that were not rounded outward would be caught.
            Assert.True(exact == 0 || (below[n] < exact && exact < above[n]), $"{n}: {below[n]:R} {exact} {above[n]:R}");
            Assert.InRange(above[n] - below[n], 0, 1e-9 * a.Max() * b.Max());
        }
    }
}
