using MathNet.Numerics;

namespace LoraPrivacy.Reference.Tests.Numerics;

/// <summary>
/// Why some special functions are written here: where MathNet 5.0 falls short of what the reference promises. A test that
/// fails says that MathNet has improved and our own function may go. Expected values: mpmath at 60 digits
/// (quadrature of the gamma density; loggamma; besselk).
/// </summary>
public class MathNetShortfallTests
{
    [Theory]
    [InlineData(8700, 8700, 0.49857429569150556)]
    [InlineData(8700, 9500, 4.0144672179728137e-17)]
    [InlineData(8700, 10200, 9.0136300834862053e-53)]
    public void Incomplete_gamma_at_large_shape(double a, double x, double expected)
    {
        Assert.InRange(Relative(SpecialFunctions.GammaUpperRegularized(a, x), expected), 1e-12, 1e-9);
        Assert.InRange(Relative(IncompleteGamma.RegularizedQ(a, x), expected), 0, 1e-13);
    }

    [Fact]
    public void Bessel_K_of_large_order_overflows_and_underflows()
    {
        // K_511.5(1000) = 8.70e-381, K_511.5(1) = 1.42e1316: there is no logarithmic form, so the entry's density is
        // computed from its mixture representation instead (VarianceGamma).
        Assert.Equal(0, SpecialFunctions.BesselK(511.5, 1000));
        Assert.Equal(double.PositiveInfinity, SpecialFunctions.BesselK(511.5, 1));
        Assert.Equal(double.PositiveInfinity, SpecialFunctions.BesselKScaled(511.5, 1));
    }

    private static double Relative(double actual, double expected) => Math.Abs(actual - expected) / expected;
}
