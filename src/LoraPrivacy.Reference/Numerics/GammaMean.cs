namespace LoraPrivacy.Reference.Numerics;

/// <summary>The logarithm of a positive function, as a value type so that quadrature inlines it and allocates nothing.</summary>
internal interface ILogFunction
{
    /// <summary>The logarithm at log x; −∞ where the function is below what doubles can tell from 0.</summary>
    double At(double logX);
}

/// <summary>
/// E f(X/a) for X ~ Gamma(a, 1), in logarithms: the trapezoidal rule over log x, where the density times a function that is
/// analytic and logarithmically concave in log x decays on both sides and has one peak.
/// </summary>
internal static class GammaMean
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double GoldenSection = 0.61803398874989484820;
    private const double FurthestLog = 1300;

    // Further down, the rounding of log f near the peak hides the peak's shape from a quadrature, and Laplace's approximation is as exact as log f.
    private const double DeepestPeak = -1e8;

    /// <summary>log E f(X/a).</summary>
    /// <param name="function">log f as a function of the logarithm of its argument; concave.</param>
    /// <param name="shape">a, at least ½.</param>
    /// <returns>The logarithm, to about 1e-15 · √a and the error of log f near the peak; to a relative error of 1e-7 where it is below −1e8; −∞ if
    /// log f is −∞ throughout.</returns>
    public static double Log<T>(ref T function, double shape)
        where T : struct, ILogFunction
    {
        // a^a e^{−a}/Γ(a), by Stirling: the large terms of the density and of the constant cancel before they are computed.
        double constant = 0.5 * Math.Log(shape) - HalfLogTwoPi - GammaFunction.LogGammaStar(shape);
        Weighted<T> weighted = new(function, shape, 0);
        double width = 1 / Math.Sqrt(shape);
        double peak = Peak(ref weighted, width);
        double top = weighted.LogAt(peak);
        if (double.IsNegativeInfinity(top))
        {
            return top;
        }

        double h = 0.1 * width * Math.Exp(-0.5 * Math.Max(peak, 0));
        double bend = (2 * top - weighted.LogAt(peak - h) - weighted.LogAt(peak + h)) / (h * h);
        double step = double.IsFinite(bend) ? 0.7 / Math.Sqrt(Math.Max(bend, shape * Math.Exp(peak))) : h;
        if (top < DeepestPeak)
        {
            // The curvature is that of the density at least, and a wrong one moves a logarithm of this size by nothing.
            return constant + top + HalfLogTwoPi - 0.5 * (Math.Log(shape) + peak);
        }

        Weighted<T> scaled = new(function, shape, top);
        return constant + top + Math.Log(TrapezoidalRule.Integrate(ref scaled, peak, step));
    }

    /// <summary>The maximum of a concave function to a tenth of the width of its peak, by doubling steps and golden sections.</summary>
    private static double Peak<T>(ref Weighted<T> function, double width)
        where T : struct, ILogFunction
    {
        // Where f itself leaves the doubles the peak is further right.
        double middle = 0;
        while (double.IsNegativeInfinity(function.LogAt(middle)) && middle < FurthestLog)
        {
            middle = Math.Max(1, 1.5 * middle);
        }

        double low = middle;
        double high = middle;
        double top = function.LogAt(middle);
        for (double step = width; low > -FurthestLog && function.LogAt(low -= step) >= top; step *= 2)
        {
            top = function.LogAt(low);
        }

        top = function.LogAt(middle);
        for (double step = width; high < FurthestLog && function.LogAt(high += step) >= top; step *= 2)
        {
            top = function.LogAt(high);
        }

        double left = high - GoldenSection * (high - low);
        double right = low + GoldenSection * (high - low);
        double atLeft = function.LogAt(left);
        double atRight = function.LogAt(right);
        while (high - low > 0.1 * width * Math.Exp(-0.5 * Math.Max(low, 0)) && high - low > 1e-12 * Math.Abs(high))
        {
            if (atLeft < atRight)
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + GoldenSection * (high - low);
                atRight = function.LogAt(right);
            }
            else
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - GoldenSection * (high - low);
                atLeft = function.LogAt(left);
            }
        }

        return 0.5 * (low + high);
    }

    /// <summary>The function times the density of log(X/a), without the constant and relative to e^top.</summary>
    private struct Weighted<T>(T function, double shape, double top) : IPeakedIntegrand
        where T : struct, ILogFunction
    {
        private T function = function;

        public double At(double t) => Math.Exp(LogAt(t) - top);

        // a (t − (e^t − 1)) ≤ 0.
        public double LogAt(double t) => function.At(t) - shape * ElementaryFunctions.ExpMinusOneMinus(t);
    }
}
