namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// One step of the Poisson-subsampled Gaussian mechanism where one example is replaced, between proved bounds:
/// (1 − q)N(0) + qN(1) against (1 − q)N(0) + qN(−1), the worst pair (S19, item 8). The same in both directions.
/// </summary>
[Statement("S19")]
internal sealed class ReplacedGaussianCurve(double noise, double rate) : IPrivacyCurve
{
    // e^ε would overflow beyond it.
    private const double LargestExponent = 690;

    private readonly double ratio = 1 / noise;

    public double Floor => 0;

    // δ(ε) is the largest over t of q N₁(z > t) − q e^ε N₋₁(z > t) − (e^ε − 1)(1 − q) N₀(z > t). Any t gives a lower bound, and two
    // around the best give an upper one.
    public Bracket Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        (double threshold, double error) = Threshold(epsilon);
        if (!double.IsFinite(threshold))
        {
            return new Bracket(0, rate);
        }

        double low = threshold - error;
        double high = threshold + error;
        double upper = rate * GaussianBounds.Tail(low - ratio - Slack(low)).Upper;
        double gain = rate * GaussianBounds.Tail(threshold - ratio + Slack(threshold)).Lower;
        double lossAtMost = Loss(epsilon, threshold, up: true);
        double lossAtLeast = Loss(epsilon, high, up: false);
        return new Bracket(
            Math.Max(0, gain - lossAtMost - OutwardRounding.Unit * (gain + lossAtMost)),
            Math.Min(1, upper - lossAtLeast + OutwardRounding.Unit * (upper + lossAtLeast) + double.Epsilon));
    }

    private double Loss(double epsilon, double t, bool up)
    {
        double shifted = t + ratio;
        if (epsilon > LargestExponent)
        {
            // t is positive there, and e^ε − 1 is e^ε.
            Bracket far = GaussianBounds.ScaledTail(epsilon, up ? shifted - Slack(t) : shifted + Slack(t));
            Bracket near = GaussianBounds.ScaledTail(epsilon, t);
            return up ? rate * far.Upper + (1 - rate) * near.Upper : (rate * far.Lower + (1 - rate) * near.Lower) * (1 - OutwardRounding.Unit);
        }

        Bracket minus = GaussianBounds.Tail(up ? shifted - Slack(t) : shifted + Slack(t));
        Bracket none = GaussianBounds.Tail(t);
        double growth = ElementaryFunctions.ExpMinusOne(epsilon);
        return up
            ? rate * Math.Exp(epsilon) * minus.Upper + growth * (1 - rate) * none.Upper
            : rate * Math.Exp(epsilon) * minus.Lower + growth * (1 - rate) * none.Lower;
    }

    // Covers the rounding of 1/σ and of the sum.
    private double Slack(double t) => OutwardRounding.Unit * (Math.Abs(t) + ratio);

    // The loss at t is log((p + s e^{μt})/(p + s e^{−μt})), p = 1 − q and s = q e^{−μ²/2}; it is ε where μt = ε/2 + asinh((p/s) sinh(ε/2)).
    private (double Threshold, double Error) Threshold(double epsilon)
    {
        double exponent = 0.5 * ratio * ratio;
        double half = 0.5 * epsilon;
        double logSine = half > 20
            ? half - Math.Log(2)
            : Math.Log(0.5 * (ElementaryFunctions.ExpMinusOne(half) - ElementaryFunctions.ExpMinusOne(-half)));
        double logWeight = Math.Log(1 - rate) - Math.Log(rate) + exponent + logSine;
        double log = half + (logWeight > 300 ? logWeight + Math.Log(2) : Asinh(Math.Exp(logWeight)));
        double magnitude = 4 + exponent + half + Math.Abs(Math.Log(rate)) + (rate < 1 ? Math.Abs(Math.Log(1 - rate)) : 0);
        return (log / ratio, OutwardRounding.Unit * (magnitude + 4 * log) / ratio);
    }

    private static double Asinh(double w)
        => w < 1e8 ? ElementaryFunctions.LogOnePlus(w + w * w / (1 + Math.Sqrt(1 + w * w))) : Math.Log(w) + Math.Log(2);
}
