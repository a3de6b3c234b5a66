namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The density of an entry for ‖q‖ = 1 and |q_i| &lt; 1: a normal law of mean S ρ and variance S ω mixed over
/// S ~ χ²_r/r, integrated over log S.
/// </summary>
/// <remarks>
/// With S = s e^τ, s the peak, the mixture's logarithm is
///     −(x − sρ)²/(2sω) − ν(s − 1 − log s) − ½ log s − C(cosh τ − 1) − μ(sinh τ − τ),
/// ν = r/2, μ = ν − ½, C = √(μ² + x²/ω²), s = ω(μ + C). Every term is negative or tiny, so no large terms cancel
/// (Bessel's K and log Γ would, for large r), and the rest is the integral of a log-concave function of τ. It is the
/// integral representation of K_μ, scaled by its own peak.
/// </remarks>
internal readonly struct VarianceGammaDensity
{
    private const double LogTwoPi = 1.8378770664093454836;
    private const double LogTwo = 0.69314718055994530942;
    private const double EulerGamma = 0.57721566490153286061;
    private const double SmallArgument = 1e-17;

    private readonly double a;
    private readonly double b;
    private readonly double ratio;
    private readonly double nu;
    private readonly double omega;
    private readonly double logScale;

    /// <summary>Prepares the law of ratio ρ, with a = (1 + ρ)/2 and b = (1 − ρ)/2 known to full precision.</summary>
    public VarianceGammaDensity(double ratio, double a, double b, double nu)
    {
        this.a = a;
        this.b = b;
        this.nu = nu;
        this.ratio = ratio;
        omega = 2 * a * b / nu;
        logScale = 0.5 * Math.Log(nu / omega) - LogTwoPi - GammaFunction.LogGammaStar(nu);
    }

    /// <summary>log f(x); +∞ at x = 0 for rank 1, −∞ only where x is so far out that the logarithm overflows.</summary>
    public double LogAt(double x)
    {
        if (a == 0 || b == 0)
        {
            return LogChiSquared(a == 0 ? -x : x);
        }

        double mu = nu - 0.5;
        double z = Math.Abs(x) / omega;
        if (z == 0 && mu == 0)
        {
            return double.PositiveInfinity;
        }

        double c = Hypotenuse(mu, z);
        if (double.IsInfinity(c))
        {
            return double.NegativeInfinity;
        }

        double s = omega * (mu + c);
        double deviation = Math.FusedMultiplyAdd(-s, ratio, x);
        double exponent = nu * LogMinus(s)
            - 0.5 * (deviation / s) * (deviation / omega)
            - 0.5 * Math.Log(s);
        return exponent + Math.Log(Integral(mu, z, c)) + logScale;
    }

    // ∫ exp(−C(cosh τ − 1) − μ(sinh τ − τ)) dτ.
    private static double Integral(double mu, double z, double c)
    {
        if (mu == 0 && z < SmallArgument)
        {
            // 2 e^z K₀(z) = −2 (log(z/2) + γ) up to terms of the order z log z: the integrand is flat over ±log(1/z).
            return -2 * (Math.Log(z) - LogTwo + EulerGamma);
        }

        var shape = new Shape(0.5 * (c + mu), 0.5 * z * (z / (c + mu)));
        return TrapezoidalRule.Integrate(ref shape, 0, Math.Min(0.25, 0.6 / Math.Sqrt(c)));
    }

    // The law of S itself, the limit |ρ| = 1.
    private double LogChiSquared(double s)
    {
        if (s < 0)
        {
            return double.NegativeInfinity;
        }

        if (s == 0)
        {
            return nu < 1 ? double.PositiveInfinity : nu == 1 ? 0 : double.NegativeInfinity;
        }

        return nu * LogMinus(s) - Math.Log(s)
            + 0.5 * (Math.Log(nu) - LogTwoPi) - GammaFunction.LogGammaStar(nu);
    }

    // log s − (s − 1); from log s itself where s − 1 has lost the digits of a small s.
    private static double LogMinus(double s)
        => s < 0.5 ? Math.Log(s) + (1 - s) : ElementaryFunctions.LogOnePlusMinus(s - 1);

    private static double Hypotenuse(double mu, double z)
        => mu == 0 || z > 1e150 ? z : Math.Sqrt(mu * mu + z * z);

    // exp(−C(cosh τ − 1) − μ(sinh τ − τ)) with C ± μ known separately, as C − μ may be far below C.
    private struct Shape(double halfSum, double halfDifference) : IPeakedIntegrand
    {
        public readonly double At(double t) => Math.Exp(
            -halfSum * ElementaryFunctions.ExpMinusOneMinus(t)
            - halfDifference * ElementaryFunctions.ExpMinusOneMinus(-t));
    }
}
