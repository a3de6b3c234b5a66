namespace LoraPrivacy.Reference.Numerics;

/// <summary>The regularised incomplete beta function I_x(a, b), accurate in relative terms in its lower tail.</summary>
public static class IncompleteBeta
{
    /// <summary>I_x(a, b) for x given together with 1 − x.</summary>
    /// <param name="a">First parameter, positive.</param>
    /// <param name="b">Second parameter, positive.</param>
    /// <param name="x">The point, in [0, 1].</param>
    /// <param name="complement">1 − x, as accurately as the caller knows it.</param>
    /// <returns>I_x(a, b) in [0, 1]; relative error about 1e-14 plus 2e-16 times the magnitude of log I.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not positive, or x is outside [0, 1].</exception>
    /// <remarks>Continued fraction DLMF 8.17.22 by Lentz' method, on the side of the mean where it converges
    /// fast, with the reflection I_x(a, b) = 1 − I_{1−x}(b, a) on the other.</remarks>
    public static double Regularized(double a, double b, double x, double complement)
    {
        Argument.Positive(a);
        Argument.Positive(b);
        Argument.InRange(x, 0, 1);
        Argument.InRange(complement, 0, 1);
        if (x == 0 || complement == 0)
        {
            return x == 0 ? 0 : 1;
        }

        return x <= (a + 1) / (a + b + 2)
            ? LowerTail(a, b, x, complement)
            : 1 - LowerTail(b, a, complement, x);
    }

    private static double LowerTail(double a, double b, double x, double complement)
    {
        // x^a (1−x)^b / (a B(a, b)) with the beta function by Stirling's corrections, so that the exponents
        // that would cancel are differences of logarithms at the mean a/(a+b).
        double total = a + b;
        double exponent = a * Math.Log(x * (total / a)) + b * Math.Log(complement * (total / b))
            + GammaFunction.LogGammaStar(total) - GammaFunction.LogGammaStar(a) - GammaFunction.LogGammaStar(b);
        double front = Math.Exp(exponent) * Math.Sqrt(b / (2 * Math.PI * a * total));
        return Math.Min(1, front * Fraction(a, b, x));
    }

    private static double Fraction(double a, double b, double x)
    {
        const double tiny = 1e-300;
        double c = 1;
        double d = 1 - (a + b) * x / (a + 1);
        d = 1 / (Math.Abs(d) < tiny ? tiny : d);
        double h = d;
        for (int m = 1; m < 100_000; m++)
        {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            h *= Advance(even, ref c, ref d);
            double step = Advance(odd, ref c, ref d);
            h *= step;
            if (Math.Abs(step - 1) < 2e-16)
            {
                return h;
            }
        }

        throw new ArithmeticException($"the continued fraction of I_{x:R}({a:R}, {b:R}) did not converge");
    }

    private static double Advance(double numerator, ref double c, ref double d)
    {
        const double tiny = 1e-300;
        d = 1 + numerator * d;
        d = 1 / (Math.Abs(d) < tiny ? tiny : d);
        c = 1 + numerator / c;
        c = Math.Abs(c) < tiny ? tiny : c;
        return c * d;
    }
}
