namespace LoraPrivacy.Certifier.Laws;

/// <summary>
/// H_ε of two steps with an example against two without, sampled at rate q &lt; 1 with noise σ, in either direction (S19, S22): an integral over the
/// first step's output x of the closed form of the second.
/// </summary>
/// <remarks>
/// With N the law without, M the law with, and R = dM/dN = 1 − q + q e^{(2x − 1)/(2σ²)}, the second step's curve at u = e^ε/R(x) is that of a threshold
/// y on its output, R(y) = u, if u &gt; 1 − q, and 1 − u otherwise; in the other direction that of R(y) = 1/u at u = e^ε R(x), and 0 otherwise. At the x
/// where the two forms meet, y is −∞ and the curve is not analytic; the integral ends a little before it.
/// </remarks>
/// <param name="rate">q in (0, 1).</param>
/// <param name="noise">σ &gt; 0.</param>
internal sealed class TwoSampledSteps(Ball rate, Ball noise)
{
    private const int Goal = 8;
    private const int MostHalvings = 200;

    /// <summary>The larger of both directions, ε ≥ 0.</summary>
    /// <param name="epsilon">ε.</param>
    /// <param name="accuracy">The bits of relative accuracy to aim at.</param>
    /// <param name="tolerance">Absolute errors of 2^−tolerance are small enough.</param>
    public Ball Delta(Ball epsilon, int accuracy, int tolerance)
    {
        Ball removed = Removed(epsilon, accuracy, tolerance);
        Ball added = Added(epsilon, accuracy, tolerance);
        return removed > added ? removed : added > removed ? added : Ball.Union(removed, added);
    }

    /// <summary>H_ε(M², N²).</summary>
    public Ball Removed(Ball epsilon, int accuracy, int tolerance)
    {
        Ball scale = epsilon.Exp();

        // (R(1 − q) − e^ε)Φ̄(y/σ) + qRΦ̄((y − 1)/σ), times N's density.
        ComplexBall Integrand(ComplexBall x, bool analytic)
        {
            ComplexBall ratio = Ratio(x);
            ComplexBall y = Threshold(scale / ratio, analytic);
            return Density(x) * (((1 - rate) * ratio - scale) * Beyond(y) + rate * ratio * Beyond(y - 1));
        }

        // Beyond the end R − e^ε is integrated; what it lacks there falls with x, and is at most (e^ε − (1 − q)R)Φ(y/σ), at most that of the end.
        (Ball end, Ball rest) = End(scale / (1 - rate), x =>
        {
            Ball excess = scale - (1 - rate) * Ratio(x);
            return excess * SpecialFunctions.NormalCdf(Threshold(scale / Ratio(x)) / noise);
        }, tolerance);
        Ball tail = (1 - rate - scale) * SpecialFunctions.NormalCdf(-end / noise) + rate * SpecialFunctions.NormalCdf((1 - end) / noise);
        return Integral(Integrand, end, accuracy, tolerance) + tail + rest;
    }

    /// <summary>H_ε(N², M²).</summary>
    public Ball Added(Ball epsilon, int accuracy, int tolerance)
    {
        Ball scale = epsilon.Exp();
        Ball reciprocal = (-epsilon).Exp();
        if (!(reciprocal > (1 - rate).Square()))
        {
            return reciprocal < (1 - rate).Square() ? 0 : ((Ball)0).WithError(1);
        }

        ComplexBall Integrand(ComplexBall x, bool analytic)
        {
            ComplexBall u = scale * Ratio(x);
            ComplexBall y = Threshold(1 / u, analytic);
            return Density(x) * ((1 - (1 - rate) * u) * Beyond(-y) - rate * u * Beyond(1 - y));
        }

        (Ball end, Ball rest) = End(reciprocal / (1 - rate), x =>
        {
            Ball u = scale * Ratio(x);
            return (1 - (1 - rate) * u) * SpecialFunctions.NormalCdf(Threshold(1 / u) / noise);
        }, tolerance);
        return Integral(Integrand, end, accuracy, tolerance) + rest;
    }

    private Ball Integral(RigorousIntegral.Integrand integrand, Ball end, int accuracy, int tolerance)
    {
        // The curve is at most 1, so the integrand is at most N's density, or M's, which is below N's left of 1/2.
        Ball enough = ((Ball)1).TimesPowerOfTwo(-tolerance);
        Ball step = Ball.Of(0.5);
        Ball start = -step;
        while (!(SpecialFunctions.NormalCdf(start / noise) < enough) || !(start < end))
        {
            start = (start - step).Midpoint();
            step = step + step;
        }

        Ball rest = SpecialFunctions.NormalCdf(start / noise).OrAnythingFromZero();
        return RigorousIntegral.Over(integrand, start, end, accuracy + Goal, tolerance).Real + rest;
    }

    // A point before that where R is the level, by so little that the bound there is below the tolerance.
    private (Ball End, Ball Missing) End(Ball level, Func<Ball, Ball> bound, int tolerance)
    {
        Ball meeting = Threshold(level);
        Ball enough = ((Ball)1).TimesPowerOfTwo(-tolerance);
        for (int i = 0; i < MostHalvings; i++)
        {
            Ball end = (meeting - noise.TimesPowerOfTwo(-i)).MidpointOf(i + 53);
            Ball atEnd = bound(end);
            if (end < meeting && atEnd.IsFinite && atEnd.Upper() < enough)
            {
                return (end, atEnd.Upper().OrAnythingFromZero());
            }
        }

        return (meeting.Lower().Midpoint(), ((Ball)0).WithError(1));
    }

    private Ball Ratio(Ball x) => 1 - rate + rate * ((2 * x - 1) / (2 * noise.Square())).Exp();

    private ComplexBall Ratio(ComplexBall x) => (ComplexBall)(1 - rate) + rate * (1 / (2 * noise.Square()) * (2 * x - 1)).Exp();

    // The y with R(y) = u.
    private Ball Threshold(Ball u) => Ball.Of(0.5) + noise.Square() * ((u - 1 + rate) / rate).Log();

    private ComplexBall Threshold(ComplexBall u, bool analytic) => Ball.Of(0.5) + noise.Square() * (1 / rate * (u - (1 - rate))).Log(analytic);

    private ComplexBall Density(ComplexBall x)
        => 1 / (noise * (2 * Ball.Pi).Sqrt()) * (-1 / (2 * noise.Square()) * (x * x)).Exp();

    // Φ̄(y/σ).
    private ComplexBall Beyond(ComplexBall y) => (1 / (noise * ((Ball)2).Sqrt()) * y).Erfc().TimesPowerOfTwo(-1);
}
