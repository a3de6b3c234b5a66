namespace LoraPrivacy.Certifier.Laws;

/// <summary>
/// The privacy of one product release of a vector, 0 &lt; θ &lt; π: the integrals of S11 and S13 over u = log h. With ℓ = log λ, v = ℓ − u and c_ℓ = t + (r − 1)ℓ for
/// the threshold t, c = c_ℓ − kv, x = c/(e^v − 1) and y = x + c. The integrand changes its form at h = λ, that is v = 0, and at c = 0, that is
/// v = c_ℓ/k: both are known in closed form, and the range is split there.
/// </summary>
internal sealed class ProductCurve
{
    private const int Goal = 8;

    private readonly VectorAngle angle;
    private readonly long rank;
    private readonly Ball logRatio;
    private readonly Ball k;
    private readonly UpperTail tail;
    private readonly DirectionDensity density;

    public ProductCurve(long rank, long dimension, Ball logRatio, VectorAngle angle)
    {
        this.rank = rank;
        this.angle = angle;
        this.logRatio = logRatio;
        k = ((Ball)(rank - dimension - 1)).TimesPowerOfTwo(-1);
        tail = new UpperTail(((Ball)(rank + dimension - 1)).TimesPowerOfTwo(-1));
        density = new DirectionDensity(rank, angle);
    }

    /// <summary>What of the loss is integrated.</summary>
    private enum Functional
    {
        /// <summary>E(1 − e^{t−L})⁺ over h &gt; 0.</summary>
        HockeyStick,

        /// <summary>P(L ≤ t).</summary>
        Distribution,
    }

    /// <summary>δ_∞ of S12, for any angle.</summary>
    public static Ball Floor(long rank, VectorAngle angle)
    {
        if (angle.IsZero || angle.IsOpposite)
        {
            return angle.IsZero ? 0 : 1;
        }

        Ball half = ((Ball)1).TimesPowerOfTwo(-1);
        Ball tail = SpecialFunctions.IncompleteBeta(((Ball)rank).TimesPowerOfTwo(-1), half, angle.SineSquared).TimesPowerOfTwo(-1);
        return angle.Cosine.IsPositive ? tail : angle.Cosine.IsNegative ? 1 - tail : Ball.Union(tail, 1 - tail);
    }

    /// <summary>δ(ε).</summary>
    /// <param name="epsilon">ε, exactly.</param>
    /// <param name="accuracy">The bits of relative accuracy to aim at.</param>
    /// <param name="tolerance">Absolute errors of 2^−tolerance are small enough.</param>
    public Ball Delta(Ball epsilon, int accuracy, int tolerance)
        => Floor(rank, angle) + Integral(Functional.HockeyStick, epsilon, accuracy, tolerance);

    /// <summary>P(L ≤ ℓ).</summary>
    /// <param name="loss">ℓ, exactly.</param>
    /// <param name="accuracy">As for <see cref="Delta"/>.</param>
    /// <param name="tolerance">As for <see cref="Delta"/>.</param>
    public Ball LossCdf(Ball loss, int accuracy, int tolerance) => Integral(Functional.Distribution, loss, accuracy, tolerance);

    private Ball Integral(Functional functional, Ball threshold, int accuracy, int tolerance)
    {
        Ball atRatio = threshold + (rank - 1) * logRatio;
        (long low, Ball lowRest) = Cut(density.LowerTail, tolerance);
        (long high, Ball highRest) = Cut(density.UpperTail, tolerance);

        // The integrand is between 0 and w everywhere, so what is cut off, and the gaps about inexact kinks, lie between 0 and the mass of w there.
        Ball sum = (lowRest + highRest).OrAnythingFromZero();
        List<Ball> kinks = [logRatio];
        if (!k.IsZero && !atRatio.IsZero)
        {
            kinks.Add(logRatio - atRatio / k);
        }

        List<(Ball Left, Ball Right, bool AtKink)> points = [(-low, -low, false), (high, high, false), (0, 0, false)];
        foreach (Ball kink in kinks.Where(kink => !kink.IsZero && -(Ball)low < kink && kink < (Ball)high))
        {
            points.Add((kink.Lower(), kink.Upper(), true));
        }

        points.Sort((first, second) => first.Left.Approximate().CompareTo(second.Left.Approximate()));
        for (int i = 0; i + 1 < points.Count; i++)
        {
            if (!(points[i].Right < points[i + 1].Left))
            {
                // Two points closer than the precision tells: more bits will.
                return ((Ball)0).WithError(1);
            }

            if (points[i].AtKink)
            {
                sum += Mass(points[i].Left, points[i].Right).OrAnythingFromZero();
            }

            sum += new Piece(this, functional, threshold, atRatio, accuracy, tolerance).Over(points[i].Right, points[i + 1].Left);
        }

        return sum;
    }

    private static (long End, Ball Beyond) Cut(Func<long, Ball> tail, int tolerance)
    {
        Ball enough = ((Ball)1).TimesPowerOfTwo(-tolerance);
        long cut = 2;
        while (!(tail(cut) < enough))
        {
            cut += 1 + cut / 8;
        }

        return (cut, tail(cut).Upper());
    }

    // ∫ w over a short interval, crudely.
    private Ball Mass(Ball left, Ball right)
        => (density.At(Ball.Union(left, right), false, 0, analytic: false).Real * (right - left)).Upper();

    /// <summary>The integral over an interval on which c and v keep their signs.</summary>
    private sealed class Piece(ProductCurve curve, Functional functional, Ball threshold, Ball atRatio, int accuracy, int tolerance)
    {
        private bool below;
        private bool isPositive;

        public Ball Over(Ball left, Ball right)
        {
            Ball middle = (left + right).TimesPowerOfTwo(-1).Midpoint();
            Ball v = curve.logRatio - middle;
            Ball c = atRatio - curve.k * v;
            bool isConstant = c.IsZero;
            below = v.IsPositive;
            isPositive = c.IsPositive;
            if ((!v.IsPositive && !v.IsNegative) || (!isConstant && !c.IsPositive && !c.IsNegative))
            {
                return ((Ball)0).WithError(1);
            }

            // Next to v = 0 the incomplete gammas have an essential singularity where c does not vanish too; Chernoff's bound reaches over it.
            Ball sum = 0;
            if (UsesTail && !atRatio.IsZero)
            {
                (left, right, sum) = CutAtRatio(left, right);
            }

            return sum + Integrate(Integrand, left, right);
        }

        // The form of S11 that holds here is in terms of the incomplete gamma functions, rather than constant given u.
        private bool UsesTail => below == isPositive;

        private Ball Integrate(RigorousIntegral.Integrand integrand, Ball left, Ball right)
            => left < right ? RigorousIntegral.Over(integrand, left, right, accuracy + Goal, tolerance).Real : 0;

        private (Ball Left, Ball Right, Ball Sum) CutAtRatio(Ball left, Ball right)
        {
            Ball end = below ? right : left;
            if (!(end - curve.logRatio).Abs().Approximate().Equals(0) && !((end - curve.logRatio).Abs() < ((Ball)1).TimesPowerOfTwo(-tolerance / 2)))
            {
                return (left, right, 0);
            }

            Ball enough = ((Ball)1).TimesPowerOfTwo(-tolerance);
            Ball width = (right - left).TimesPowerOfTwo(-1).MidpointOf(53);
            while (true)
            {
                Ball inner = (below ? end - width : end + width).Midpoint();
                Ball strip = below ? Ball.Union(inner, end) : Ball.Union(end, inner);
                if (Neglected(strip, width) is Ball neglected && neglected < enough)
                {
                    Ball smooth = below ? Integrate(AtRatio, inner, end) : Integrate(AtRatio, end, inner);
                    return below ? (left, inner, smooth.WithError(neglected)) : (inner, right, smooth.WithError(neglected));
                }

                width = width.TimesPowerOfTwo(-1);
            }
        }

        // A bound of ∫ w(Q(a, x) + e^t h^{r−1}Q(a, y)) over the strip between h = λ and a point beside it; null where there is none yet.
        private Ball? Neglected(Ball strip, Ball width)
        {
            Ball v = (curve.logRatio - strip).Abs().Upper();
            Ball c = (atRatio - curve.k * (curve.logRatio - strip)).Abs().Lower();
            if (!c.IsPositive)
            {
                return null;
            }

            // |x| and |y| are c/(e^|v| − 1) and c/(1 − e^−|v|) or the other way round; the first is the smaller.
            Ball least = (c / v.ExpMinusOne()).Lower();
            Ball bound = curve.tail.Bound(least);
            Ball first = curve.density.At(strip, false, 0, analytic: false).Real;
            Ball second = curve.density.At(strip, true, threshold, analytic: false).Real;
            Ball neglected = ((first + second) * bound * width).Upper();
            return neglected.IsFinite ? neglected : null;
        }

        // The limit of the integrand where Q(a, x) = Q(a, y) = 0.
        private ComplexBall AtRatio(ComplexBall u, bool analytic) => functional == Functional.HockeyStick
            ? (below ? 0 : Weight(u, analytic) - Exchanged(u, analytic))
            : (below ? Weight(u, analytic) : 0);

        private ComplexBall Integrand(ComplexBall u, bool analytic)
        {
            if (!UsesTail)
            {
                return functional == Functional.HockeyStick
                    ? (below ? Weight(u, analytic) - Exchanged(u, analytic) : 0)
                    : (below ? 0 : Weight(u, analytic));
            }

            (ComplexBall x, ComplexBall y) = Limits(u);
            ComplexBall weight = Weight(u, analytic);
            ComplexBall upper = curve.tail.At(x, analytic);
            if (functional == Functional.Distribution)
            {
                return below ? weight * (1 - upper) : weight * upper;
            }

            ComplexBall exchanged = Exchanged(u, analytic);
            ComplexBall upperOther = curve.tail.At(y, analytic);
            return below ? weight * upper - exchanged * upperOther : weight * (1 - upper) - exchanged * (1 - upperOther);
        }

        // x = c/(e^v − 1) and y = c/(1 − e^{−v}), each also as c_ℓ/(…) − kφ(±v) with φ(v) = v/(e^v − 1): the first form is the narrower one next to
        // c = 0, the second elsewhere, and it is regular at v = 0 where c_ℓ = 0.
        private (ComplexBall X, ComplexBall Y) Limits(ComplexBall u)
        {
            ComplexBall v = curve.logRatio - u;
            ComplexBall half = v.TimesPowerOfTwo(-1);
            ComplexBall quotient = half.SinhOverArgument();
            ComplexBall x = -curve.k * ((-half).Exp() / quotient);
            ComplexBall y = -curve.k * (half.Exp() / quotient);
            if (atRatio.IsZero)
            {
                return (x, y);
            }

            ComplexBall c = atRatio - curve.k * v;
            ComplexBall growth = v.ExpMinusOne();
            ComplexBall decay = -(-v).ExpMinusOne();
            return (Narrower(atRatio / growth + x, c / growth), Narrower(atRatio / decay + y, c / decay));
        }

        private static ComplexBall Narrower(ComplexBall x, ComplexBall y) => y.AccurateBits > x.AccurateBits || !x.IsFinite ? y : x;

        private ComplexBall Weight(ComplexBall u, bool analytic) => curve.density.At(u, false, 0, analytic);

        private ComplexBall Exchanged(ComplexBall u, bool analytic) => curve.density.At(u, true, threshold, analytic);
    }
}
