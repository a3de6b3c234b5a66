namespace LoraPrivacy.Certifier.Laws;

/// <summary>δ(ε) = E δ_G(ε; ρ√S) with S ~ χ²_r/r (S20): an integral over g = log(rS/2), whose density is e^{ag − e^g}/Γ(a), a = r/2.</summary>
/// <param name="rank">r.</param>
/// <param name="ratio">ρ = ‖d‖/σ &gt; 0.</param>
internal sealed class SketchedGaussianCurve(long rank, Ball ratio)
{
    private const int Goal = 8;

    /// <summary>δ(ε), ε ≥ 0.</summary>
    /// <param name="epsilon">ε.</param>
    /// <param name="accuracy">The bits of relative accuracy to aim at.</param>
    /// <param name="tolerance">Absolute errors of 2^−tolerance are small enough.</param>
    public Ball Delta(Ball epsilon, int accuracy, int tolerance)
    {
        Ball shape = ((Ball)rank).TimesPowerOfTwo(-1);
        Ball logGamma = shape.LogGamma();
        UpperTail tail = new(shape);

        ComplexBall Integrand(ComplexBall g, bool analytic)
        {
            // The density's exponent by its mean value; the curve of the mechanism is entire in g.
            ComplexBall middle = g.Midpoint();
            ComplexBall exponent = shape * middle - middle.Exp() - logGamma;
            ComplexBall slope = shape - g.Exp();
            ComplexBall density = (exponent + slope * (g - middle)).Exp();
            ComplexBall mu = (ratio / shape.Sqrt()) * g.TimesPowerOfTwo(-1).Exp();
            return density * GaussianCurve.Delta(mu, epsilon);
        }

        // 0 ≤ δ_G ≤ 1, so what is cut off is at most the law's tail: P(a, x) ≤ x^a/Γ(a + 1) below, Chernoff's bound above.
        Ball enough = ((Ball)1).TimesPowerOfTwo(-tolerance);
        Ball Below(Ball g) => (shape * g - logGamma - shape.Log()).Exp().Upper();
        Ball centre = shape.Log().MidpointOf(20);
        Ball low = centre - 1;
        for (Ball step = Ball.Of(0.125); !(Below(low) < enough); step = step + step)
        {
            low = (low - step).Midpoint();
        }

        Ball high = (centre + Ball.Of(0.125)).Midpoint();
        while (!(tail.Bound(high.Exp().Lower()) < enough))
        {
            high = (high + Ball.Of(0.125)).Midpoint();
        }

        Ball rest = (Below(low) + tail.Bound(high.Exp().Lower())).OrAnythingFromZero();
        return RigorousIntegral.Over(Integrand, low, high, accuracy + Goal, tolerance).Real + rest;
    }
}
