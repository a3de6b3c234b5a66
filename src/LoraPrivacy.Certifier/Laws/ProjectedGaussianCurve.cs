namespace LoraPrivacy.Certifier.Laws;

/// <summary>δ(ε) = E δ_G(ε; ρ√S) with S ~ Beta(a, b), a = r/2, b = (m − r)/2 (S33): an integral over u = log(S/(1 − S)), whose density is S^a (1 − S)^b/B(a, b).</summary>
/// <param name="rank">r &lt; m.</param>
/// <param name="dimension">m.</param>
/// <param name="ratio">ρ = ‖d‖/σ &gt; 0.</param>
internal sealed class ProjectedGaussianCurve(long rank, long dimension, Ball ratio)
{
    private const int Goal = 8;

    /// <summary>δ(ε), ε ≥ 0.</summary>
    /// <param name="epsilon">ε.</param>
    /// <param name="accuracy">The bits of relative accuracy to aim at.</param>
    /// <param name="tolerance">Absolute errors of 2^−tolerance are small enough.</param>
    public Ball Delta(Ball epsilon, int accuracy, int tolerance)
    {
        Ball a = ((Ball)rank).TimesPowerOfTwo(-1);
        Ball b = ((Ball)(dimension - rank)).TimesPowerOfTwo(-1);
        Ball total = a + b;
        Ball logBeta = a.LogGamma() + b.LogGamma() - total.LogGamma();

        ComplexBall Integrand(ComplexBall u, bool analytic)
        {
            // 1 + e^{−u}, whose logarithm is −log S: holomorphic off the cut, and so is all else.
            ComplexBall reciprocal = 1 + (-u).Exp();
            if (!reciprocal.IsFinite || reciprocal.TouchesCut)
            {
                return ComplexBall.Indeterminate;
            }

            // The density's exponent by its mean value.
            Ball middle = u.Midpoint().Real;
            ComplexBall box = u.IsReal ? u : ComplexBall.Of(u.Real, Ball.Union(u.Imaginary, 0));
            ComplexBall exponent = Exponent(middle) + (a - total / (1 + (-box).Exp())) * (u - middle);
            ComplexBall mu = ratio * (reciprocal.Log(analytic).TimesPowerOfTwo(-1) * -1).Exp();
            return exponent.Exp() * GaussianCurve.Delta(mu, epsilon);
        }

        Ball Exponent(Ball u) => a * u - total * u.Exp().LogOnePlus() - logBeta;

        // The density is logarithmically concave, so that beyond u its integral is at most its value over its logarithm's slope; and 0 ≤ δ_G ≤ 1.
        Ball Beyond(Ball u)
        {
            Ball slope = a - total / (1 + (-u).Exp());
            return (Exponent(u).Exp() / slope.Abs()).Upper();
        }

        Ball enough = ((Ball)1).TimesPowerOfTwo(-tolerance);
        Ball centre = (a / b).Log().MidpointOf(20);
        Ball Limit(int sign)
        {
            Ball step = Ball.Of(0.125);
            Ball limit = centre + sign * step;
            while (!(Beyond(limit) < enough))
            {
                step = step + step;
                limit = (limit + sign * step).Midpoint();
            }

            return limit.Midpoint();
        }

        (Ball low, Ball high) = (Limit(-1), Limit(1));
        Ball rest = (Beyond(low) + Beyond(high)).OrAnythingFromZero();
        return RigorousIntegral.Over(Integrand, low, high, accuracy + Goal, tolerance).Real + rest;
    }
}
