namespace LoraPrivacy.Certifier.Laws;

/// <summary>
/// The distances of S9. The sign of f − g is proved on intervals that cover the line but for narrow gaps about the crossings, about 0 and far out, by the mean
/// value of log f/g. Then F − G is monotone between gaps, so that both distances follow from its values at the ends of the gaps.
/// </summary>
internal sealed class NormalDistance
{
    private const int GapBits = 50;
    private const int ZeroBits = 220;
    private const int TailBits = 110;
    private const int Accuracy = 100;
    private const int Precision = 192;

    private readonly VarianceGammaLaw law;
    private readonly Ball entry;
    private readonly Ball variance;
    private readonly Ball order;
    private readonly Ball mixed;
    private readonly Ball narrow;
    private readonly bool isOneSided;
    private readonly List<(Ball Left, Ball Right, int Sign)> pieces = [];

    private NormalDistance(ExactNumber ratio, long rank)
    {
        ExactNumber entry = ratio.Abs();
        law = new VarianceGammaLaw(entry, 1, rank);
        isOneSided = entry == 1;
        this.entry = Ball.Of(entry);
        variance = Ball.Of((1 + entry * entry) / rank);
        order = ((Ball)(rank - 1)).TimesPowerOfTwo(-1);
        mixed = Ball.Of((1 - entry * entry) / rank);
        narrow = variance.Sqrt().MidpointOf(20).TimesPowerOfTwo(-GapBits);
    }

    /// <summary>Total variation and Kolmogorov distance between the law of an entry with ‖q‖ = 1 and the normal law of its mean and variance.</summary>
    public static (Ball TotalVariation, Ball Kolmogorov) Of(ExactNumber ratio, long rank)
    {
        using WorkingPrecision precision = WorkingPrecision.Of(Precision);
        return new NormalDistance(ratio, rank).Distances();
    }

    private (Ball TotalVariation, Ball Kolmogorov) Distances()
    {
        Ball far = FarOut();
        Ball zero = ((Ball)1).TimesPowerOfTwo(-ZeroBits);
        if (!isOneSided)
        {
            Cover(-far, -zero);
        }

        pieces.Add((isOneSided ? 0 : -zero, zero, 0));
        Cover(zero, far);
        return Sum(far);
    }

    // Beyond ±X both laws have less than 2^−110.
    private Ball FarOut()
    {
        Ball deviation = variance.Sqrt().MidpointOf(20);
        Ball enough = ((Ball)1).TimesPowerOfTwo(-TailBits);
        for (int multiple = 16; ; multiple *= 2)
        {
            Ball far = (entry + multiple * deviation).Midpoint();
            if (Outside(far) < enough)
            {
                return far;
            }
        }
    }

    private Ball Outside(Ball far) => law.UpperTail(far, 30) + (isOneSided ? 0 : law.Mirrored.UpperTail(far, 30))
        + SpecialFunctions.NormalCdf(-(far - entry) / variance.Sqrt()) + SpecialFunctions.NormalCdf(-(far + entry) / variance.Sqrt());

    // Pieces on which the sign is known, and gaps, from left to right; neighbours of one kind become one.
    private void Cover(Ball left, Ball right)
    {
        int sign = Sign(left, right);
        Ball width = right - left;
        if (sign == 0 && !(width < narrow && width < left.Abs().TimesPowerOfTwo(-GapBits / 2)))
        {
            Ball middle = (left + right).TimesPowerOfTwo(-1).MidpointOf(60);
            Cover(left, middle);
            Cover(middle, right);
            return;
        }

        if (pieces.Count > 0 && pieces[^1].Sign == sign && !pieces[^1].Left.IsZero && pieces[^1].Right.Approximate() != Math.ScaleB(1, -ZeroBits))
        {
            left = pieces[^1].Left;
            pieces.RemoveAt(pieces.Count - 1);
        }

        pieces.Add((left, right, sign));
    }

    private int Sign(Ball left, Ball right)
    {
        Ball log = LogRatio(left, right);
        return log.IsPositive ? 1 : log.IsNegative ? -1 : 0;
    }

    // log f/g on an interval, by its mean value.
    private Ball LogRatio(Ball left, Ball right)
    {
        Ball x = Ball.Union(left, right);
        Ball middle = x.Midpoint();
        Ball density = law.Density(middle)!;
        Ball deviation = middle - entry;
        Ball value = density.Log() + (deviation.Square() / variance + (2 * Ball.Pi * variance).Log()).TimesPowerOfTwo(-1);
        Ball slope = (x - entry) / variance + LogDensitySlope(x, left, right);
        return value + slope * (x - middle);
    }

    // (log f)′: c/σ² ∓ (1/σ²)K_{ν−1}(z)/K_ν(z) at z = |x|/σ². The quotient of the Bessel functions is monotone in z (Ismail and Muldoon 1978: rising for
    // ν > ½, falling for ν < ½, as (z K′_ν/K_ν)′ < 0 says), so its values at the ends bound it.
    private Ball LogDensitySlope(Ball x, Ball left, Ball right)
    {
        if (isOneSided)
        {
            Ball shape = order + ((Ball)1).TimesPowerOfTwo(-1);
            return (shape - 1) / x - shape;
        }

        Ball quotient = Ball.Union(BesselQuotient(left), BesselQuotient(right));
        return (x.IsPositive ? entry - quotient : entry + quotient) / mixed;
    }

    private Ball BesselQuotient(Ball x)
    {
        Ball z = x.Abs() / mixed;
        return SpecialFunctions.BesselK((order - 1).Abs(), z) / SpecialFunctions.BesselK(order, z);
    }

    private (Ball TotalVariation, Ball Kolmogorov) Sum(Ball far)
    {
        Ball variation = Outside(far).OrAnythingFromZero();
        Ball largest = 0;
        Ball unknown = Outside(far).Upper();
        Ball? before = null;

        // Left of the support of a one-sided law, f = 0 < g.
        foreach ((Ball left, Ball right, int sign) in pieces)
        {
            Ball atLeft = before ?? Difference(left);
            Ball atRight = Difference(right);
            before = atRight;
            largest = Larger(Larger(largest, atLeft.Abs()), atRight.Abs());
            if (sign > 0)
            {
                variation += atRight - atLeft;
            }
            else if (sign == 0)
            {
                Ball mass = GapMass(left, right);
                variation += mass.OrAnythingFromZero();
                unknown = Larger(unknown, mass);
            }
        }

        return (variation, largest + unknown.OrAnythingFromZero());
    }

    // ∫|f − g| over a gap: there g|e^{log f/g} − 1|, and at 0 at most the masses of both laws.
    private Ball GapMass(Ball left, Ball right)
    {
        Ball g = NormalAt(right) - NormalAt(left);
        if (right.Approximate() == Math.ScaleB(1, -ZeroBits))
        {
            return (law.Cdf(right, Accuracy) - (isOneSided ? 0 : law.Cdf(left, Accuracy)) + g).Upper();
        }

        Ball deviation = Ball.Union(left, right) - entry;
        Ball peak = (-deviation.Square() / (2 * variance)).Exp() / (2 * Ball.Pi * variance).Sqrt();
        return (peak * LogRatio(left, right).ExpMinusOne().Abs() * (right - left)).Upper();
    }

    private Ball Difference(Ball x) => law.Cdf(x, Accuracy + 16) - NormalAt(x);

    private Ball NormalAt(Ball x) => SpecialFunctions.NormalCdf((x - entry) / variance.Sqrt());

    private static Ball Larger(Ball x, Ball y) => x > y ? x : y > x ? y : Ball.Union(x, y);
}
