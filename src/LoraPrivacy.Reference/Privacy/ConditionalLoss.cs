namespace LoraPrivacy.Reference.Privacy;

/// <summary>
/// The privacy loss given the direction of the release. With u = log h, v = log λ − u, s = e^v − 1 = λ/h − 1 and
/// a = N/2, the loss of S10 is L = ε − c + s·U with U ~ Gamma(a, 1) and c = ε + (r − 1)u + a·v; it passes ε where
/// U is beyond x = c/s (s &gt; 0) or short of it (s &lt; 0).
/// </summary>
/// <remarks>
/// Everything is expressed through x − a and v, in which nothing cancels when the two laws are close:
/// s·(x − a) = ε + (r − 1)u − a (e^v − 1 − v).
/// </remarks>
[Statement("S10")]
internal sealed class ConditionalLoss
{
    // Above this the difference of the two tails loses fewer than two digits. Below it the moment series converges
    // within a dozen terms, and its early terms, which the forward recurrence gets best, carry the weight.
    private const double SeriesBelow = 0.02;
    private const int MostMoments = 12;
    private const int BackwardStart = 45;

    private readonly IncompleteGammaShape gamma;
    private readonly double sqrtShape;

    /// <param name="exponent">r − 1 for the vector mechanism; 0 for a pure scale family.</param>
    /// <param name="degrees">N, the degrees of freedom of the radial part.</param>
    public ConditionalLoss(double exponent, double degrees)
    {
        Exponent = exponent;
        gamma = new IncompleteGammaShape(degrees / 2);
        sqrtShape = Math.Sqrt(gamma.A);
    }

    public double Exponent { get; }

    public double Shape => gamma.A;

    /// <summary>E[(1 − e^{ε − L})₊ | h]: the conditional hockey-stick divergence, S11.</summary>
    public double HockeyStick(double u, double v, double epsilon) => Split(u, v, epsilon).HockeyStick;

    /// <summary>e^ε P′(L &gt; ε | h), relative to the first law: minus the slope of the hockey-stick divergence.</summary>
    public double Slope(double u, double v, double epsilon) => Split(u, v, epsilon).Slope;

    /// <summary>P(L &gt; l | h).</summary>
    public double Survival(double u, double v, double loss) => Tails(u, v, loss).Beyond;

    /// <summary>P(L ≤ l | h).</summary>
    public double Distribution(double u, double v, double loss) => Tails(u, v, loss).Within;

    /// <summary>The hockey-stick divergence of a pair that differs in scale alone (h = 1, log λ given).</summary>
    public double HockeyStick(ExtendedLogarithm logRatio, double epsilon)
        => Split(0, logRatio.High, epsilon, logRatio.MultiplyAdd(Shape, epsilon)).HockeyStick;

    /// <summary>Minus its slope.</summary>
    public double Slope(ExtendedLogarithm logRatio, double epsilon)
        => Split(0, logRatio.High, epsilon, logRatio.MultiplyAdd(Shape, epsilon)).Slope;

    /// <summary>P(L &gt; l) and P(L ≤ l) of such a pair.</summary>
    public (double Beyond, double Within) Tails(ExtendedLogarithm logRatio, double loss)
        => Tails(0, logRatio.High, loss, logRatio.MultiplyAdd(Shape, loss));

    private (double Beyond, double Within) Tails(double u, double v, double loss)
        => Tails(u, v, loss, loss + Exponent * u + Shape * v);

    private (double HockeyStick, double Slope) Split(double u, double v, double epsilon)
        => Split(u, v, epsilon, epsilon + Exponent * u + Shape * v);

    private (double Beyond, double Within) Tails(double u, double v, double loss, double c)
    {
        if (v > 0)
        {
            if (c <= 0)
            {
                return (1, 0);
            }

            GammaTails at = At(u, v, loss, c, out _, out _);
            return (at.Upper, at.Lower);
        }

        if (v == 0)
        {
            return c < 0 ? (1, 0) : (0, 1);
        }

        if (c >= 0)
        {
            return (0, 1);
        }

        GammaTails below = At(u, v, loss, c, out _, out _);
        return (below.Lower, below.Upper);
    }

    private GammaTails At(double u, double v, double epsilon, double c, out double x, out double excess)
    {
        double s = ElementaryFunctions.ExpMinusOne(v);
        x = c / s;

        // For v > 1 nothing cancels in x − a, and e^v could overflow in the other form.
        excess = v > 1
            ? x - Shape
            : (epsilon + Exponent * u - Shape * ElementaryFunctions.ExpMinusOneMinus(v)) / s;
        return gamma.At(x, excess);
    }

    private (double HockeyStick, double Slope) Split(double u, double v, double epsilon, double c)
    {
        double gap = epsilon + Exponent * u;
        if (v >= 0 && c <= 0)
        {
            return (Math.Max(0, -ElementaryFunctions.ExpMinusOne(gap)), Math.Min(1, Math.Exp(gap)));
        }

        if (v == 0 || (v < 0 && c >= 0))
        {
            return (0, 0);
        }

        double s = ElementaryFunctions.ExpMinusOne(v);
        GammaTails first = At(u, v, epsilon, c, out double x, out double excess);
        double probability = v > 0 ? first.Upper : first.Lower;
        if (probability == 0)
        {
            return (0, 0);
        }

        // The mean overshoot of U beyond x, times |s|: the size of 1 − e^{ε−L} where it counts.
        double outward = v > 0 ? excess : -excess;
        double tailRatio = outward >= 0 ? first.SmallerRatio : probability / first.Prefactor;
        double overshoot = 1 / tailRatio - outward;
        if (Math.Abs(s) * overshoot < SeriesBelow)
        {
            double series = MomentSeries(Math.Abs(s), x, outward, overshoot, v > 0);
            return (probability * series, probability * (1 - series));
        }

        // x₂ = x(1 + s), where the second law's tail is taken; e^ε times its density there equals the first's at x.
        double x2 = c / -ElementaryFunctions.ExpMinusOne(-v);
        double excess2 = v < -1
            ? x2 - Shape
            : (gap + Shape * ElementaryFunctions.ExpMinusOneMinus(-v)) / -ElementaryFunctions.ExpMinusOne(-v);
        GammaTails second = gamma.At(x2, excess2);
        double outward2 = v > 0 ? excess2 : -excess2;
        double subtracted = outward2 >= 0
            ? first.Prefactor * second.SmallerRatio
            : Math.Exp(gap) * (v > 0 ? second.Upper : second.Lower);
        double hockeyStick = outward >= 0 && outward2 >= 0
            ? first.Prefactor * (first.SmallerRatio - second.SmallerRatio)
            : probability - subtracted;
        return (Math.Clamp(hockeyStick, 0, probability), subtracted);
    }

    /// <summary>
    /// E[1 − e^{−|s| V}] for the overshoot V = |U − x| given that U is beyond x, by the series of its moments.
    /// With M_j = E[V^j; beyond], M_{j+1} = (j − d) M_j + j x M_{j−1} above x and M_{j+1} = −(j + d) M_j + j x M_{j−1}
    /// below it (d the outward distance of x from a): forward where M dominates, backward where it is minimal.
    /// </summary>
    private double MomentSeries(double s, double x, double outward, double overshoot, bool above)
    {
        Span<double> ratios = stackalloc double[MostMoments + 1];
        double sign = above ? 1 : -1;
        double far = 6 * sqrtShape;
        if (above ? outward > Math.Max(far, BackwardStart) : outward > far || x < 0.5 * Shape)
        {
            // Start from the positive fixed point of the recurrence; each step down contracts its error (above x for
            // j below the distance d, below x always).
            double offset = sign * BackwardStart - outward;
            double ratio = 0.5 * (offset + Math.Sqrt(offset * offset + 4 * BackwardStart * x));
            for (int j = BackwardStart - 1; j >= 1; j--)
            {
                ratio = j * x / (ratio + outward - sign * j);
                if (j <= MostMoments)
                {
                    ratios[j] = ratio;
                }
            }
        }
        else
        {
            ratios[1] = overshoot;
            for (int j = 1; j < MostMoments; j++)
            {
                ratios[j + 1] = sign * j - outward + j * x / ratios[j];
            }
        }

        double term = 1;
        double sum = 0;
        for (int j = 1; j <= MostMoments; j++)
        {
            term *= s * ratios[j] / j;
            sum += j % 2 == 1 ? term : -term;
            if (term < 1e-17 * sum)
            {
                break;
            }
        }

        return sum;
    }
}
