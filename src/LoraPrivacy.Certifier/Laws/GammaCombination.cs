namespace LoraPrivacy.Certifier.Laws;

/// <summary>
/// X = Σ w_j G_j − ω with independent G_j ~ Gamma(n_j, 1): P(X &gt; 0), and E(1 − e^{−X})⁺, by inverting the transform T(z) = E e^{zX} =
/// e^{−zω} Π (1 − w_j z)^{−n_j}. The laws of S7 and S24 are of this form.
/// </summary>
/// <remarks>
/// P(X &gt; 0) = (1/2πi)∫ T(z)/z dz and E(1 − e^{−X})⁺ = (1/2πi)∫ T(z)/(z(z + 1)) dz along Re z = c, for 0 &lt; c &lt; z₊ where T is finite (S24, item 4). All
/// singularities are real, and |T(z)/z²| is bounded by a multiple of |z|^{−2}, or of |z|^{−1−Σn}e^{−|ω||Re z − c|}, between the line and the two rays
/// z = c + t(s ± 3i), t ≥ 0, s the sign of ω: so the rays may take the line's place. They are conjugate to each other, and the integral is
/// (1/π) Im ∫ F(c + t(s + 3i))(s + 3i) dt.
/// </remarks>
internal sealed class GammaCombination
{
    private readonly (Ball Weight, Ball Shape)[] terms;
    private readonly Ball offset;
    private readonly bool isHockeyStick;
    private readonly long direction;

    /// <summary>A combination.</summary>
    /// <param name="terms">The weights w_j, none of them 0, and the shapes n_j.</param>
    /// <param name="offset">ω.</param>
    /// <param name="isHockeyStick">Whether E(1 − e^{−X})⁺ is meant, and not P(X &gt; 0).</param>
    public GammaCombination(IReadOnlyList<(Ball Weight, Ball Shape)> terms, Ball offset, bool isHockeyStick)
    {
        this.terms = [.. terms];
        this.offset = offset;
        this.isHockeyStick = isHockeyStick;
        direction = offset.IsNegative ? -1 : 1;
    }

    /// <summary>The probability or expectation.</summary>
    /// <param name="tolerance">Errors of 2^−tolerance, relative to the integrand at its saddle, are small enough.</param>
    public Ball Value(int tolerance)
    {
        if (offset.ContainsZero && !offset.IsExact)
        {
            return ((Ball)0).WithError(1);
        }

        if (!offset.IsNegative && Array.TrueForAll(terms, term => term.Weight.IsNegative))
        {
            return 0;
        }

        Ball crossing = Ball.Of(Saddle());
        Ball atCrossing = Exponent(crossing).Real;
        ComplexBall slope = ComplexBall.Of(direction, 3);
        ComplexBall Integrand(ComplexBall t, bool analytic) => At(crossing + slope * t, atCrossing, analytic) * slope;
        ComplexBall LogIntegrand(ComplexBall s, bool analytic)
        {
            ComplexBall t = s.Exp();
            return Integrand(t, analytic) * t;
        }

        // From c/8 on in log t; the end is where the rest is below the tolerance.
        Ball inner = crossing.TimesPowerOfTwo(-3);
        Ball start = inner.Log().MidpointOf(53);
        Ball end = start + 1;
        Ball enough = ((Ball)1).TimesPowerOfTwo(-tolerance);
        while (!(Rest(crossing, atCrossing, end.Exp()) < enough))
        {
            end += 1;
        }

        end = end.Midpoint();
        Ball near = RigorousIntegral.Over(Integrand, 0, start.Exp().Midpoint(), tolerance, tolerance).Imaginary;

        // The limits of the two parts differ by the rounding of an exponential: the strip between them is narrow.
        Ball seam = start.Exp() - start.Exp().Midpoint();
        ComplexBall strip = Integrand(Ball.Union(start.Exp(), start.Exp().Midpoint()), analytic: false);
        Ball gap = strip.Imaginary * seam;
        Ball far = RigorousIntegral.Over(LogIntegrand, start, end, tolerance, tolerance).Imaginary;
        Ball sum = (near + gap + far).WithError(Rest(crossing, atCrossing, end.Exp()));
        return sum * atCrossing.Exp() / Ball.Pi;
    }

    // log F(z).
    private ComplexBall Exponent(ComplexBall z)
    {
        ComplexBall sum = -(offset * z) - z.Log(analytic: false);
        sum = isHockeyStick ? sum - (z + 1).Log(analytic: false) : sum;
        foreach ((Ball weight, Ball shape) in terms)
        {
            sum -= shape * (1 - weight * z).Log(analytic: false);
        }

        return sum;
    }

    // F(z)/F(c), its exponent by the mean value on a ball. No factor meets its cut on the ray, as all have imaginary parts of one sign there.
    private ComplexBall At(ComplexBall z, Ball atCrossing, bool analytic)
    {
        ComplexBall middle = z.Midpoint();
        ComplexBall slope = -(ComplexBall)offset - 1 / z;
        slope = isHockeyStick ? slope - 1 / (z + 1) : slope;
        bool touches = z.TouchesCut || (isHockeyStick && (z + 1).TouchesCut);
        foreach ((Ball weight, Ball shape) in terms)
        {
            ComplexBall factor = 1 - weight * z;
            touches |= factor.TouchesCut;
            slope += shape * weight * (1 / factor);
        }

        // Across a cut the mean value does not hold either.
        return touches && (analytic || !z.IsReal) ? ComplexBall.Indeterminate : (Exponent(middle) - atCrossing + slope * (z - middle)).Exp();
    }

    // A bound of |∫ F dz|/F(c) beyond t = T. There |z| and |z + 1| are at least 3t, |1 − w z| is at least its imaginary part 3t|w| ≥ 3T|w| and the distance
    // 3|1 − wc|/√10 of 1 from the ray's line, |e^{−zω}| = e^{−cω − t|ω|} and |dz| = √10 dt; then ∫ e^{−t|ω|}/t ≤ e^{−T|ω|}/(T|ω|) and ∫ e^{−t|ω|}/t² ≤
    // e^{−T|ω|}/T over t > T.
    private Ball Rest(Ball crossing, Ball atCrossing, Ball from)
    {
        Ball root = ((Ball)10).Sqrt();
        Ball log = -crossing * offset - from * offset.Abs();
        foreach ((Ball weight, Ball shape) in terms)
        {
            Ball far = (3 * from * weight.Abs()).Lower();
            Ball near = ((1 - weight * crossing).Abs() * 3 / root).Lower();
            log -= shape * (far > near ? far : near).Log();
        }

        Ball factor = isHockeyStick ? root / (9 * from) : root / (3 * from * offset.Abs());
        Ball rest = ((log - atCrossing).Exp() * factor).Upper();
        return rest.IsFinite ? rest : 1;
    }

    // A point near the minimum of F on (0, z₊); any point there would do.
    private double Saddle()
    {
        double largest = terms.Max(term => term.Weight.Approximate());
        double high = largest > 0 ? Math.Log(1 / largest) - 1e-9 : 700;
        double low = Math.Min(high, 0) - 700;
        for (int i = 0; i < 200; i++)
        {
            double first = low + (high - low) / 3;
            double second = high - (high - low) / 3;
            (low, high) = LogAt(first) < LogAt(second) ? (low, second) : (first, high);
        }

        // Few bits keep the exact arithmetic with c short.
        return (double)(float)Math.Exp(0.5 * (low + high));
    }

    private double LogAt(double logC)
    {
        double c = Math.Exp(logC);
        double sum = -offset.Approximate() * c - logC - (isHockeyStick ? Math.Log(1 + c) : 0);
        foreach ((Ball weight, Ball shape) in terms)
        {
            sum -= shape.Approximate() * Math.Log(1 - weight.Approximate() * c);
        }

        return double.IsNaN(sum) ? double.PositiveInfinity : sum;
    }
}
