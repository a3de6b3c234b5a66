namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The Gaussian mechanism: a query of bounded sensitivity is released with independent normal noise. Its privacy depends on
/// the ratio of the two alone, and T of them compose to one (S19, item 2).
/// </summary>
/// <remarks>
/// δ(ε) = Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ) (Balle and Wang, 2018), the same in both directions. Accuracy: δ to a relative error
/// of 1e-12 wherever δ ≥ 1e-100, ε as <see cref="Epsilon"/> says (tested for μ from 1e-12 to 3e4; nothing degrades before the square of μ
/// leaves the doubles). Real-valued noise is meant;
/// noise in floating point is not exactly this mechanism (Mironov, 2012).
/// </remarks>
[Statement("S19")]
public readonly record struct GaussianMechanism
{
    // Below this ratio the two terms of the closed form are too close for their difference, in the bulk and in the tail.
    private const double SmallRatio = 0.5;
    private const double SmallTailRatio = 0.1;

    // The six nodes of Gauss and Legendre, and their weights for a mean.
    private static ReadOnlySpan<double> LegendreNodes => [0.23861918608319690863, 0.66120938646626451366, 0.93246951420315202781];

    private static ReadOnlySpan<double> LegendreWeights => [0.23395696728634552369, 0.18038078652406930378, 0.08566224618958517252];

    // Beyond this the square of the ratio overflows.
    private const double LargestExactRatio = 1e150;

    /// <summary>The mechanism of a ratio of sensitivity to noise.</summary>
    /// <param name="sensitivityRatio">μ, the L2 sensitivity over the standard deviation of the noise, at least 0 and finite; at 0
    /// nothing depends on the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">μ is negative or not finite.</exception>
    public GaussianMechanism(double sensitivityRatio) => SensitivityRatio = Argument.NonNegative(sensitivityRatio);

    /// <summary>μ ≥ 0.</summary>
    public double SensitivityRatio { get; }

    /// <summary>T such mechanisms, each chosen with knowledge of the earlier results: exactly one with ratio μ √T.</summary>
    /// <param name="steps">T ≥ 0.</param>
    /// <returns>The composed mechanism; its ratio to a relative error of 4e-16.</returns>
    /// <exception cref="ArgumentOutOfRangeException">T is negative, or μ √T is not finite.</exception>
    public GaussianMechanism Compose(long steps) => new(SensitivityRatio * Math.Sqrt(Argument.NonNegative(steps)));

    /// <summary>δ(ε): the smallest δ for which the mechanism is (ε, δ)-differentially private.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1], with the accuracy stated for the type; what is below the smallest positive double is rounded up to
    /// it, and 0 is returned for μ = 0 only.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public double Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        if (SensitivityRatio == 0)
        {
            return 0;
        }

        double logDelta = LogDelta(epsilon, out double linear);
        return Math.Clamp(double.IsNaN(linear) ? Math.Exp(logDelta) : linear, double.Epsilon, 1);
    }

    /// <summary>log δ(ε), finite where δ itself is below the smallest positive double.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>log δ ≤ 0, to an absolute error of 1e-12 where it is above −230 and a relative one of 4e-15 below; −∞ for μ = 0, and where
    /// log δ would be below −1e300.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public double LogDelta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        return SensitivityRatio == 0 ? double.NegativeInfinity : Math.Min(0, LogDelta(epsilon, out _));
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε, such that the exact δ(ε) is δ to a relative error of 1e-12 or ε itself is accurate to 1e-13, relatively: in all,
    /// to 1e-11 relatively or 1e-13 · μ absolutely, for δ ≥ 1e-100. 0 where δ(0) ≤ δ; +∞ where ε would exceed the largest double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public double Epsilon(double delta)
    {
        Argument.Probability(delta);
        double epsilon = delta > 0.5 ? EpsilonAtComplement(1 - delta) : EpsilonAtLogDelta(Math.Log(delta));

        // What is returned keeps δ, as δ(ε) is computed.
        for (double step = 1e-16 * epsilon; epsilon > 0 && double.IsFinite(epsilon) && Delta(epsilon) > delta && step < 1e-11 * epsilon; step *= 2)
        {
            epsilon = Math.BitIncrement(epsilon + step);
        }

        return epsilon;
    }

    /// <summary>The same for a δ that may be below the smallest positive double.</summary>
    internal double EpsilonAtLogDelta(double target)
    {
        double mu = SensitivityRatio;
        if (mu == 0 || LogDelta(0, out _) <= target)
        {
            return 0;
        }

        // δ(ε) ≤ 1 − Φ(a) ≤ e^{−a²/2} for a = ε/μ − μ/2 ≥ 0 bounds the root in x = ε/μ.
        double high = 0.5 * mu + Math.Sqrt(-2 * target);
        LogDeltaEquation equation = new(this, target);
        double root = RootFinding.Decreasing(ref equation, 0, high, 0.5 * high, relative: 1e-14, absolute: 0);
        return root * mu;
    }

    // Near δ = 1 the digits are in 1 − δ.
    private double EpsilonAtComplement(double target)
    {
        double mu = SensitivityRatio;
        if (mu == 0 || Complement(0) >= target)
        {
            return 0;
        }

        // δ(ε) > ½ needs a = ε/μ − μ/2 < 0.
        ComplementEquation equation = new(this, target);
        double root = RootFinding.Decreasing(ref equation, 0, 0.5 * mu, 0.25 * mu, relative: 1e-14, absolute: 0);
        return root * mu;
    }

    // 1 − δ = Φ(a) + e^ε Φ(−b), for a ≤ 0: of one sign.
    private double Complement(double epsilon)
    {
        double a = LowerLimit(epsilon);
        return NormalDistribution.ComplementaryCdf(-a) + NormalDistribution.Density(a) * MillsRatio(a + SensitivityRatio);
    }

    // With a = ε/μ − μ/2 and b = a + μ: δ = φ(a) (R(a) − R(b)), R(x) = (1 − Φ(x))/φ(x) Mills' ratio, since e^ε φ(b) = φ(a).
    // Where δ comes without its logarithm it is returned in linear as well, else linear is NaN.
    private double LogDelta(double epsilon, out double linear)
    {
        double mu = SensitivityRatio;
        double a = LowerLimit(epsilon);
        double b = a + mu;
        if (a < 0 && mu > SmallRatio)
        {
            linear = NormalDistribution.ComplementaryCdf(a) - NormalDistribution.Density(a) * MillsRatio(b);
            return Math.Log(linear);
        }

        linear = double.NaN;
        double logDensity = Math.Log(NormalDistribution.PeakDensity) - 0.5 * a * a;
        if (double.IsInfinity(logDensity))
        {
            return double.NegativeInfinity;
        }

        if (mu > SmallRatio && mu > SmallTailRatio * a)
        {
            return logDensity + Math.Log(MillsRatio(a) - MillsRatio(b));
        }

        // R(a) − R(b) as the integral of −R′ > 0 by Gauss and Legendre's rule: −R′ hardly bends over so short a way.
        double mean = 0;
        double middle = a + 0.5 * mu;
        for (int i = 0; i < 3; i++)
        {
            double offset = 0.5 * mu * LegendreNodes[i];
            mean += LegendreWeights[i] * (MillsDescent(middle - offset) + MillsDescent(middle + offset));
        }

        return logDensity + Math.Log(mu) + Math.Log(mean);
    }

    // −R′(x) = 1 − x R(x) for x > −1; far out 1/x² − 3/x⁴ + 15/x⁶ − …
    private static double MillsDescent(double x)
    {
        const double asymptotic = 16;
        const int terms = 12;
        if (x < asymptotic)
        {
            return 1 - x * MillsRatio(x);
        }

        double sum = 0;
        for (int k = terms; k > 0; k--)
        {
            sum = 1 - (2 * k + 1) / x / x * sum;
        }

        return sum / x / x;
    }

    // a = (ε − μ²/2)/μ with the rounding error of the square put back, so that a is right relatively even where it is small.
    private double LowerLimit(double epsilon)
    {
        double mu = SensitivityRatio;
        if (mu > LargestExactRatio || mu < 1 / LargestExactRatio)
        {
            return epsilon / mu - 0.5 * mu;
        }

        double half = 0.5 * mu;
        double square = half * mu;
        double rest = Math.FusedMultiplyAdd(half, mu, -square);
        return (epsilon - square - rest) / mu;
    }

    private static double MillsRatio(double x) => Math.Sqrt(Math.PI / 2) * ErrorFunction.Erfcx(x / Math.Sqrt(2));

    /// <summary>log δ(μx) less its target, in x: concave and nearly quadratic.</summary>
    private readonly struct LogDeltaEquation(GaussianMechanism mechanism, double target) : IDifferentiable
    {
        public (double Value, double Slope) At(double x)
        {
            double mu = mechanism.SensitivityRatio;
            double logDelta = mechanism.LogDelta(x * mu, out _);
            double a = mechanism.LowerLimit(x * mu);

            // −dδ/dx = μ φ(a) R(b).
            double logSlope = Math.Log(NormalDistribution.PeakDensity * mu * MillsRatio(a + mu)) - 0.5 * a * a;
            return (logDelta - target, -Math.Exp(logSlope - logDelta));
        }
    }

    /// <summary>The target less log(1 − δ(μx)), in x.</summary>
    private readonly struct ComplementEquation(GaussianMechanism mechanism, double target) : IDifferentiable
    {
        public (double Value, double Slope) At(double x)
        {
            double mu = mechanism.SensitivityRatio;
            double complement = mechanism.Complement(x * mu);
            double a = mechanism.LowerLimit(x * mu);
            return (Math.Log(target / complement), -mu * NormalDistribution.Density(a) * MillsRatio(a + mu) / complement);
        }
    }
}
