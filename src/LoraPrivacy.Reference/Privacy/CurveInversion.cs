namespace LoraPrivacy.Reference.Privacy;

/// <summary>ε(δ) from δ(ε): the root of an exact curve, and bounds of it from the bounds of any other.</summary>
internal static class CurveInversion
{
    private const double LargestEpsilon = 1e290;
    private const double Step = 1e-16;
    private const double LargestStep = 1e-9;

    // Below this a logarithm knows few digits of an excess, and Newton's step nothing.
    private const double Smallest = 1e-307;

    private const double Accuracy = 1e-9;
    private const double LargestSearched = 1e20;
    private const int MostTries = 100;

    /// <summary>The smallest ε ≥ 0 at which the upper end of a curve is at most δ; +∞ where the floor is not below δ, or ε would exceed 1e290.</summary>
    public static double Root<T>(T curve, double delta)
        where T : IPrivacyCurve
    {
        double target = Argument.Probability(delta) - curve.Floor;
        if (target <= 0)
        {
            return double.PositiveInfinity;
        }

        if (curve.Delta(0).Upper <= delta)
        {
            return 0;
        }

        double low = 0;
        double high = 1;
        while (curve.Delta(high).Upper > delta)
        {
            low = high;
            high *= high < 1e3 ? 4 : 1e3;
            if (high > LargestEpsilon)
            {
                return double.PositiveInfinity;
            }
        }

        LogExcess<T> equation = new(curve, target);
        double start = 0.5 * (Math.Log(1 + low) + Math.Log(1 + high));
        double root = ElementaryFunctions.ExpMinusOne(RootFinding.Decreasing(
            ref equation, Math.Log(1 + low), Math.Log(1 + high), start, relative: 1e-13, absolute: 1e-15));

        // The root, or the first of a few points above it where the curve as it is computed is not above δ.
        double epsilon = root;
        for (double step = Step * root; curve.Delta(epsilon).Upper > delta && step < LargestStep * root; step *= 2)
        {
            epsilon = Math.BitIncrement(epsilon + step);
        }

        return epsilon;
    }

    /// <summary>Bounds of ε(δ) from the bounds of a curve. What is returned has been tried: the search itself need not be trusted.</summary>
    public static Bracket Between<T>(T curve, double delta)
        where T : IPrivacyCurve => new(
            Around(epsilon => curve.Delta(epsilon).Lower, Argument.Probability(delta), 0, 1).Low, Around(epsilon => curve.Delta(epsilon).Upper, delta, 0, 1).High);

    /// <summary>
    /// Two neighbouring ε ≥ 0, the curve above δ at the lower one (or that one 0) and at most δ at the higher one (or that one +∞). Of a
    /// lower bound of a privacy curve the lower one is a lower bound of ε(δ), of an upper bound the higher one is an upper bound.
    /// </summary>
    /// <param name="curve">A bound of δ(ε), which is sharp about the start and may be far off elsewhere.</param>
    /// <param name="delta">δ.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="slope">About −d log δ/dε there.</param>
    /// <param name="accuracy">How near the two are to be, relatively.</param>
    public static (double Low, double High) Around(
        Func<double, double> curve, double delta, double start, double slope, double accuracy = Accuracy)
    {
        double target = Math.Log(delta);
        double Excess(double epsilon) => Math.Log(Math.Max(curve(epsilon), double.Epsilon)) - target;
        double x = Math.Max(0, start);
        double atX = Excess(x);
        double step = 1e-3 * x + 0.1 / Math.Max(slope, 0.1);
        double other;
        double atOther;
        do
        {
            other = Math.Max(0, atX > 0 ? x + step : x - step);
            if (other == x || other > LargestSearched)
            {
                return atX > 0 ? (x, double.PositiveInfinity) : (0, 0);
            }

            atOther = Excess(other);
            step *= 2;
            if (atOther > 0 == atX > 0)
            {
                (x, atX) = (other, atOther);
            }
        }
        while (atOther > 0 == atX > 0);

        return atX > 0 ? Close(Excess, (x, atX), (other, atOther), accuracy) : Close(Excess, (other, atOther), (x, atX), accuracy);
    }

    // The secant through both ends, kept off them so that each closes in, and bisection every fourth time.
    private static (double Low, double High) Close(
        Func<double, double> excess, (double X, double Value) from, (double X, double Value) to, double accuracy)
    {
        (double low, double atLow) = from;
        (double high, double atHigh) = to;
        for (int i = 0; i < MostTries && high - low > accuracy * high; i++)
        {
            double fraction = i % 4 == 3 ? 0.5 : atLow / (atLow - atHigh);
            double margin = 0.2 * accuracy * high / (high - low);
            double x = low + (high - low) * Math.Clamp(fraction + (i % 2 == 0 ? margin : -margin), margin, 1 - margin);
            double value = excess(x);
            if (value > 0)
            {
                (low, atLow) = (x, value);
            }
            else
            {
                (high, atHigh) = (x, value);
            }
        }

        return (low, high);
    }

    /// <summary>log of the excess over the floor, less that of its target, in log(1 + ε): nearly linear in both the Gaussian-like and the
    /// power-law range of ε.</summary>
    private readonly struct LogExcess<T>(T curve, double target) : IDifferentiable
        where T : IPrivacyCurve
    {
        public (double Value, double Slope) At(double x)
        {
            double epsilon = ElementaryFunctions.ExpMinusOne(x);
            double excess = curve.Delta(epsilon).Upper - curve.Floor;
            return excess > Smallest
                ? (Math.Log(excess / target), -curve.Slope(epsilon) * (1 + epsilon) / excess)
                : (excess > target ? double.PositiveInfinity : double.NegativeInfinity, double.NaN);
        }
    }
}
