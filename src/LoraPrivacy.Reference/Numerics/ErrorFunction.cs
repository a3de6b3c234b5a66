namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// The complementary error function and its scaled form, by W. J. Cody's rational Chebyshev approximations
/// (Mathematics of Computation 23, 1969, 631–637). MathNet has erfc but not the scaled function, and the tails of
/// every law in this library need the scaled one.
/// </summary>
public static class ErrorFunction
{
    private const double InverseSqrtPi = 0.56418958354775628695;

    /// <summary>erfc(x) = (2/√π) ∫_x^∞ e^{−t²} dt.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>erfc(x), in [0, 2]; relative error at most 1e-14 wherever the value is a normal double.</returns>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x))
        {
            throw Argument.OutOfRange(nameof(x), x, "a number");
        }

        double y = Math.Abs(x);
        double tail = y < 0.46875 ? 1 - SmallErf(y) : ExpMinusSquare(y) * ScaledTail(y);
        return x >= 0 ? tail : 2 - tail;
    }

    /// <summary>The scaled complementary error function e^{x²} erfc(x).</summary>
    /// <param name="x">Any number; below about −26.6 the value overflows to +∞.</param>
    /// <returns>e^{x²} erfc(x); relative error at most 1e-15 for x ≥ 0.</returns>
    public static double Erfcx(double x)
    {
        if (double.IsNaN(x))
        {
            throw Argument.OutOfRange(nameof(x), x, "a number");
        }

        double y = Math.Abs(x);
        if (y < 0.46875)
        {
            return Math.Exp(x * x) * (1 - Math.CopySign(SmallErf(y), x));
        }

        return x >= 0 ? ScaledTail(y) : 2 / ExpMinusSquare(y) - ScaledTail(y);
    }

    // e^{−y²} with y split so that the square of the leading part is exact.
    private static double ExpMinusSquare(double y)
    {
        if (y > 40)
        {
            return 0;
        }

        double head = Math.Truncate(y * 16) / 16;
        return Math.Exp(-head * head) * Math.Exp(-(y - head) * (y + head));
    }

    private static double SmallErf(double y)
    {
        double z = y * y;
        double top = 1.85777706184603153e-1 * z;
        double bottom = z;
        top = (top + 3.16112374387056560e0) * z;
        bottom = (bottom + 2.36012909523441209e1) * z;
        top = (top + 1.13864154151050156e2) * z;
        bottom = (bottom + 2.44024637934444173e2) * z;
        top = (top + 3.77485237685302021e2) * z;
        bottom = (bottom + 1.28261652607737228e3) * z;
        return y * (top + 3.20937758913846947e3) / (bottom + 2.84423683343917062e3);
    }

    private static double ScaledTail(double y)
    {
        if (y <= 4)
        {
            return MiddleTail(y);
        }

        if (y > 1e8)
        {
            return InverseSqrtPi / y;
        }

        double z = 1 / (y * y);
        double top = 1.63153871373020978e-2 * z;
        double bottom = z;
        top = (top + 3.05326634961232344e-1) * z;
        bottom = (bottom + 2.56852019228982242e0) * z;
        top = (top + 3.60344899949804439e-1) * z;
        bottom = (bottom + 1.87295284992346047e0) * z;
        top = (top + 1.25781726111229246e-1) * z;
        bottom = (bottom + 5.27905102951428412e-1) * z;
        top = (top + 1.60837851487422766e-2) * z;
        bottom = (bottom + 6.05183413124413191e-2) * z;
        double ratio = z * (top + 6.58749161529837803e-4) / (bottom + 2.33520497626869185e-3);
        return (InverseSqrtPi - ratio) / y;
    }

    private static double MiddleTail(double y)
    {
        double top = 2.15311535474403846e-8 * y;
        double bottom = y;
        top = (top + 5.64188496988670089e-1) * y;
        bottom = (bottom + 1.57449261107098347e1) * y;
        top = (top + 8.88314979438837594e0) * y;
        bottom = (bottom + 1.17693950891312499e2) * y;
        top = (top + 6.61191906371416295e1) * y;
        bottom = (bottom + 5.37181101862009858e2) * y;
        top = (top + 2.98635138197400131e2) * y;
        bottom = (bottom + 1.62138957456669019e3) * y;
        top = (top + 8.81952221241769090e2) * y;
        bottom = (bottom + 3.29079923573345963e3) * y;
        top = (top + 1.71204761263407058e3) * y;
        bottom = (bottom + 4.36261909014324716e3) * y;
        top = (top + 2.05107837782607147e3) * y;
        bottom = (bottom + 3.43936767414372164e3) * y;
        return (top + 1.23033935479799725e3) / (bottom + 1.23033935480374942e3);
    }
}
