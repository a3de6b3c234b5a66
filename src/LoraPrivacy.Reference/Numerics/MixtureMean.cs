namespace LoraPrivacy.Reference.Numerics;

/// <summary>The logarithm of a positive function, as a value type so that quadrature inlines it and allocates nothing.</summary>
internal interface ILogFunction
{
    /// <summary>The logarithm at log x; −∞ where the function is below what doubles can tell from 0.</summary>
    double At(double logX);
}

/// <summary>
/// E f(S) for a random S > 0, in logarithms: the trapezoidal rule over a variable t in which the density of a mixing law times a function that is
/// analytic and logarithmically concave decays on both sides and has one peak.
/// </summary>
internal static class MixtureMean
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double GoldenSection = 0.61803398874989484820;
    private const double FurthestLog = 1300;

    // Further down, the rounding of log f near the peak hides the peak's shape from a quadrature, and Laplace's approximation is as exact as log f.
    private const double DeepestPeak = -1e8;

    /// <summary>log E f(S).</summary>
    /// <param name="function">log f as a function of the logarithm of its argument; concave in t.</param>
    /// <param name="law">The law of S.</param>
    /// <returns>The logarithm, to about 1e-15 · √(the law's parameters) and the error of log f near the peak; to a relative error of 1e-7 where it is below −1e8; −∞
    /// if log f is −∞ throughout.</returns>
    public static double Log<TFunction, TLaw>(ref TFunction function, TLaw law)
        where TFunction : struct, ILogFunction
        where TLaw : struct, IMixingLaw
    {
        double constant = law.LogPeakDensity;
        Weighted<TFunction, TLaw> weighted = new(function, law, 0);
        double peak = Peak(ref weighted, law);
        double top = weighted.LogAt(peak);
        if (double.IsNegativeInfinity(top))
        {
            return top;
        }

        double width = law.Width(Math.Max(peak, 0));
        if (top < DeepestPeak)
        {
            // A wrong width moves a logarithm of this size by nothing.
            return constant + top + HalfLogTwoPi + Math.Log(width);
        }

        double h = 0.1 * width;
        double bend = (2 * top - weighted.LogAt(peak - h) - weighted.LogAt(peak + h)) / (h * h);
        double step = double.IsFinite(bend) ? 0.7 / Math.Sqrt(Math.Max(bend, law.Curvature(peak))) : h;
        Weighted<TFunction, TLaw> scaled = new(function, law, top);
        return constant + top + Math.Log(TrapezoidalRule.Integrate(ref scaled, peak, step));
    }

    /// <summary>The maximum of a concave function to a tenth of the width of its peak, by doubling steps and golden sections.</summary>
    private static double Peak<TFunction, TLaw>(ref Weighted<TFunction, TLaw> function, TLaw law)
        where TFunction : struct, ILogFunction
        where TLaw : struct, IMixingLaw
    {
        // Where f itself leaves the doubles the peak is further right.
        double middle = 0;
        while (double.IsNegativeInfinity(function.LogAt(middle)) && middle < FurthestLog)
        {
            middle = Math.Max(1, 1.5 * middle);
        }

        double width = law.Width(0);
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
        while (high - low > 0.1 * law.Width(Math.Max(low, 0)) && high - low > 1e-12 * Math.Abs(high))
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

    /// <summary>The function times the density of the law, without its constant and relative to e^top.</summary>
    private struct Weighted<TFunction, TLaw>(TFunction function, TLaw law, double top) : IPeakedIntegrand
        where TFunction : struct, ILogFunction
        where TLaw : struct, IMixingLaw
    {
        private TFunction function = function;

        public double At(double t) => Math.Exp(LogAt(t) - top);

        public double LogAt(double t) => function.At(law.LogValue(t)) + law.LogDensity(t);
    }
}
