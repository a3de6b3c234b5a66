namespace LoraPrivacy.Certifier.Laws;

/// <summary>Encloses the point at which a falling function takes a value: it is above the value on the left, and below on the right, certainly.</summary>
internal static class CurveRoot
{
    private const int RoughAccuracy = 48;
    private const int FineAccuracy = 116;
    private const int HalfWidth = 92;
    private const double Growth = 1.3;
    private const int MostPolishingSteps = 8;
    private const int MostSteps = 200;

    /// <summary>Encloses the root in (0, ∞).</summary>
    /// <param name="curve">The falling function, of an exact argument, to a number of relatively accurate bits.</param>
    /// <param name="target">The value, positive and exact.</param>
    /// <param name="start">Where to begin to look.</param>
    public static Ball Of(Func<Ball, int, Ball> curve, Ball target, double start = 1)
    {
        double root = Rough(x => RoughExcess(curve, target, x), start);
        using WorkingPrecision precision = WorkingPrecision.Of(FineAccuracy + 64);
        Ball x = Polished(y => Excess(curve, target, y, FineAccuracy), Ball.Of(root));
        Ball width = x.TimesPowerOfTwo(-HalfWidth);
        Ball left = (x - width).Midpoint();
        Ball right = (x + width).Midpoint();
        return Excess(curve, target, left, FineAccuracy).IsPositive && Excess(curve, target, right, FineAccuracy).IsNegative
            ? Ball.Union(left, right)
            : throw new ArithmeticException($"the root near {root:R} could not be enclosed");
    }

    // The secant rule, from two points very close to the root; that it has found the root is proved afterwards.
    private static Ball Polished(Func<Ball, Ball> excess, Ball start)
    {
        Ball before = (start * (1 - ((Ball)1).TimesPowerOfTwo(-40))).Midpoint();
        Ball atBefore = excess(before);
        Ball x = start;
        for (int i = 0; i < MostPolishingSteps; i++)
        {
            Ball atX = excess(x);
            Ball correction = (atX * (x - before) / (atX - atBefore)).Midpoint();
            (before, atBefore) = (x, atX);
            x = (x - correction).MidpointOf(FineAccuracy);
            if (!correction.IsFinite || correction.Abs() < x.Abs().TimesPowerOfTwo(-HalfWidth - 6))
            {
                break;
            }
        }

        return x;
    }

    // log f(x) − log target.
    private static Ball Excess(Func<Ball, int, Ball> curve, Ball target, Ball x, int accuracy)
    {
        Ball value = curve(x, accuracy);
        using WorkingPrecision precision = WorkingPrecision.Of(accuracy + 64);
        return (value / target).Log();
    }

    // −∞ where the curve has fallen to 0.
    private static double RoughExcess(Func<Ball, int, Ball> curve, Ball target, double x)
    {
        Ball value = curve(Ball.Of(x), RoughAccuracy);
        using WorkingPrecision precision = WorkingPrecision.Of(RoughAccuracy + 64);
        return value.IsZero ? double.NegativeInfinity : (value / target).Log().Approximate();
    }

    // A bracket by growing steps, then the Illinois variant of the secant rule in log x.
    private static double Rough(Func<double, double> excess, double start)
    {
        double low = Math.Log(start);
        double high = low;
        double atLow = excess(start);
        double atHigh = atLow;
        for (double step = Math.Log(2); atLow < 0 || double.IsNaN(atLow); step *= Growth)
        {
            (high, atHigh) = (low, atLow);
            low -= step;
            atLow = excess(Math.Exp(low));
        }

        for (double step = Math.Log(2); !(atHigh < 0); step *= Growth)
        {
            (low, atLow) = (high, atHigh);
            high += step;
            atHigh = excess(Math.Exp(high));
        }

        int side = 0;
        for (int i = 0; i < MostSteps && high - low > 1e-15 * Math.Max(1, Math.Abs(high)); i++)
        {
            double middle = double.IsFinite(atHigh) ? (low * atHigh - high * atLow) / (atHigh - atLow) : 0.5 * (low + high);
            middle = middle > low && middle < high ? middle : 0.5 * (low + high);
            double value = excess(Math.Exp(middle));
            if (Math.Abs(value) < 1e-13)
            {
                return Math.Exp(middle);
            }

            if (value > 0)
            {
                (low, atLow) = (middle, value);
                atHigh = side == 1 ? 0.5 * atHigh : atHigh;
                side = 1;
            }
            else
            {
                (high, atHigh) = (middle, value);
                atLow = side == -1 ? 0.5 * atLow : atLow;
                side = -1;
            }
        }

        return Math.Exp(0.5 * (low + high));
    }
}
