namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// Elementary functions near a point where the plain expression cancels. The framework's <c>double.LogP1</c> and
/// <c>double.ExpM1</c> evaluate <c>Log(1 + x)</c> and <c>Exp(x) − 1</c> literally, so they are not used.
/// </summary>
public static class ElementaryFunctions
{
    /// <summary>log(1 + x) for x &gt; −1.</summary>
    /// <param name="x">A number greater than −1.</param>
    /// <returns>log(1 + x); relative error at most a few units in the last place, also for tiny x.</returns>
    /// <remarks>Kahan's correction of the rounding of 1 + x.</remarks>
    public static double LogOnePlus(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Math.Abs(x) > 1e16 ? Math.Log(u) : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>e^x − 1.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>e^x − 1; relative error at most a few units in the last place, also for tiny x.</returns>
    /// <remarks>Kahan's correction of the rounding of e^x; for |x| &gt; 1 the plain difference is accurate.</remarks>
    public static double ExpMinusOne(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
        {
            return x;
        }

        return Math.Abs(x) > 1 ? u - 1 : (u - 1) * (x / Math.Log(u));
    }

    /// <summary>log(1 + x) − x for x &gt; −1.</summary>
    /// <param name="x">A number greater than −1.</param>
    /// <returns>log(1 + x) − x (never positive), to a relative error of a few units in the last place.</returns>
    /// <remarks>Near 0 by the series of the inverse hyperbolic tangent of x/(2 + x), whose leading terms are
    /// combined exactly; elsewhere nothing cancels.</remarks>
    public static double LogOnePlusMinus(double x)
    {
        if (x is < -0.3 or > 0.45)
        {
            return LogOnePlus(x) - x;
        }

        double r = x / (2 + x);
        double r2 = r * r;
        double sum = 1.0 / 25;
        for (int k = 23; k >= 3; k -= 2)
        {
            sum = sum * r2 + 1.0 / k;
        }

        return r * (2 * r2 * sum - x);
    }

    /// <summary>e^x − 1 − x.</summary>
    /// <param name="x">Any number.</param>
    /// <returns>e^x − 1 − x (never negative), to a relative error of a few units in the last place.</returns>
    public static double ExpMinusOneMinus(double x)
    {
        if (Math.Abs(x) > 0.5)
        {
            return ExpMinusOne(x) - x;
        }

        double sum = 1;
        for (int k = 17; k >= 3; k--)
        {
            sum = 1 + sum * x / k;
        }

        return 0.5 * x * x * sum;
    }
}
