namespace LoraPrivacy.Reference.Accounting;

/// <summary>ε from a bound of the curve. What is returned has been tried: the search itself need not be trusted.</summary>
internal static class EpsilonInversion
{
    private const double Accuracy = 1e-9;

    /// <summary>An ε ≥ 0 at which an upper bound of δ is at most δ, near the least one; +∞ where none is found.</summary>
    public static double Above(Func<double, double> upper, double delta, double start, double slope)
    {
        (double low, double high) = Search(upper, delta, start, slope);
        _ = low;
        return high;
    }

    /// <summary>An ε ≥ 0 below which a lower bound of δ is above δ, near the largest one; 0 where the curve is not above δ at 0.</summary>
    public static double Below(Func<double, double> lower, double delta, double start, double slope)
    {
        (double low, double high) = Search(lower, delta, start, slope);
        _ = high;
        return low;
    }

    // An interval with the curve above δ at its low end (or that end 0) and at most δ at its high end (or that end +∞).
    private static (double Low, double High) Search(Func<double, double> curve, double delta, double start, double slope)
    {
        if (curve(0) <= delta)
        {
            return (0, 0);
        }

        double target = Math.Log(delta);
        double low = 0;
        double high = double.PositiveInfinity;
        double x = Math.Max(start, 1e-12);
        double step = 1 / Math.Max(slope, 1e-3);
        double tilt = Math.Max(slope, 1e-3);
        (double lastX, double lastLog) = (double.NaN, double.NaN);
        for (int i = 0; i < 100; i++)
        {
            double log = Math.Log(Math.Max(curve(x), double.Epsilon)) - target;
            if (log > 0)
            {
                low = Math.Max(low, x);
            }
            else
            {
                high = Math.Min(high, x);
            }

            if (high - low <= Accuracy * high)
            {
                break;
            }

            if (!double.IsNaN(lastX) && x != lastX && (log - lastLog) / (x - lastX) < 0)
            {
                tilt = -(log - lastLog) / (x - lastX);
            }

            (lastX, lastLog) = (x, log);

            // A secant step, a little beyond the root so that the interval closes from both sides.
            double next = x + log / tilt;
            next += Math.CopySign(0.2 * Accuracy * next + 0.01 * Math.Abs(next - x), log);
            if (double.IsInfinity(high))
            {
                next = Math.Min(Math.Max(next, x + 1e-9 * x), x + step);
                step *= 2;
                if (next > 1e12)
                {
                    break;
                }
            }
            else if (!(next > low && next < high) || i % 8 == 7)
            {
                next = 0.5 * (low + high);
            }

            x = next;
        }

        return (low, high);
    }
}
