namespace LoraPrivacy.Reference.Accounting;

/// <summary>ε from a bound of the curve. What is returned has been tried: the search itself need not be trusted.</summary>
internal static class EpsilonInversion
{
    private const double Accuracy = 1e-9;
    private const double LargestEpsilon = 1e12;
    private const int MostTries = 100;

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
            if (other == x || other > LargestEpsilon)
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
}
