namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// One release of a noisy sketch together with its Gaussian A, where the gradients of neighbouring data sets differ by a matrix of rank one
/// that was chosen without knowledge of A: the Gaussian mechanism with a random sensitivity. The sketch is the factor G Aᵀ + σZ (S20), or
/// (G + σZ)P with P the projection on the row space of A (S33).
/// </summary>
/// <remarks>
/// δ(ε) = E δ_G(ε; ‖D‖√S/σ), the same in both directions and exact for every such pair: S ~ χ²_r/r for the factor, S ~ Beta(r/2, (m − r)/2) for the
/// projection. Accuracy: δ to a relative error of 1e-11 wherever δ ≥ 1e-100, for ranks and dimensions up to 1048576 and ‖D‖/σ from 1e-9 to 1e6 (tested).
/// One release only: after it, G depends on A. Real-valued noise is meant.
/// </remarks>
[Statement("S20")]
[Statement("S33")]
public readonly record struct SketchedGaussianMechanism : IPrivacyCurve
{
    private const double RoundedOutward = 1e-9;
    private const double SmallestLower = 1e-300;
    private const double EqualStep = 1.25;
    private readonly double ratio;

    /// <summary>Noise on the factor, for one pair, or for the worst pair of a sensitivity: δ grows with it.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="sensitivity">‖D‖_F = ‖d‖ for D = G − G′ = e dᵀ with ‖e‖ = 1, at least 0 and finite.</param>
    /// <param name="noise">σ, the standard deviation of each entry of the noise, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or ‖D‖/σ is not finite.</exception>
    public SketchedGaussianMechanism(int rank, double sensitivity, double noise)
    {
        Rank = Argument.Rank(rank);
        Sensitivity = Argument.NonNegative(sensitivity);
        Noise = Argument.Positive(noise);
        ratio = Argument.Finite(sensitivity / noise, "sensitivity/noise");
    }

    private SketchedGaussianMechanism(int rank, int dimension, double sensitivity, double noise)
        : this(rank, sensitivity, noise) => Dimension = Argument.Dimension(dimension);

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>m, where the noise is added before the projection; null for noise on the factor, where it does not matter.</summary>
    public int? Dimension { get; }

    /// <summary>‖D‖.</summary>
    public double Sensitivity { get; }

    /// <summary>σ.</summary>
    public double Noise { get; }

    /// <summary>0: the loss is finite.</summary>
    public double Floor => 0;

    /// <summary>Noise before the projection on the row space of A (S33), for one pair, or for the worst pair of a sensitivity.</summary>
    /// <param name="rank">r, in [1, 1048576]; from m on the projection leaves everything as it is.</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <param name="sensitivity">‖D‖_F = ‖d‖ for D = G − G′ = e dᵀ with ‖e‖ = 1, at least 0 and finite.</param>
    /// <param name="noise">σ, the standard deviation of each entry of the noise, positive and finite.</param>
    /// <returns>The mechanism.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or ‖D‖/σ is not finite.</exception>
    [Statement("S33")]
    public static SketchedGaussianMechanism Projected(int rank, int dimension, double sensitivity, double noise)
        => new(rank, dimension, sensitivity, noise);

    /// <summary>δ(ε), the same in both directions.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1], with the accuracy stated for the type; what is below the smallest positive double is rounded up to it, and 0 is
    /// returned for ‖D‖ = 0 only.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public double Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        return Sensitivity == 0 ? 0 : Math.Clamp(Math.Exp(LogDelta(epsilon)), double.Epsilon, 1);
    }

    /// <summary>log δ(ε), also where δ itself is below the smallest positive double.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>log δ ≤ 0, to an absolute error of 1e-11 where it is above −230 and a relative one of 1e-7 where it is below −1e8; −∞ for ‖D‖ = 0, and where log δ would be below −1e300.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public double LogDelta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        if (ratio == 0)
        {
            return double.NegativeInfinity;
        }

        ConditionalLogDelta conditional = new(ratio, epsilon);
        double logDelta = Dimension is not int dimension ? MixtureMean.Log(ref conditional, new GammaLaw(0.5 * Rank))
            : Rank < dimension ? MixtureMean.Log(ref conditional, new BetaLaw(0.5 * Rank, 0.5 * (dimension - Rank)))
            : conditional.At(0);
        return Math.Min(0, logDelta);
    }

    /// <summary>Bounds of the largest δ(ε) over all differences D = G − G′ with ‖D‖_F at most the sensitivity, of any rank (S34).</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>A bracket inside [0, 1] of the largest δ: the best of the spectra that are tried, and a bound for all; both rounded outward by 1e-9 of themselves. One number, so widened,
    /// where rank one is the worst.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    [Statement("S34")]
    public Bracket WorstCaseDelta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        if (Sensitivity == 0)
        {
            return default;
        }

        (double lower, double upper) = (LogDelta(epsilon), 0);
        if (ratio == 0 || Rank >= Dimension)
        {
            upper = lower;
        }
        else if (Dimension is int dimension)
        {
            SpectrumBound<BetaLaw> bound = new(ratio, epsilon, new(0.5 * Rank, 0.5 * (dimension - Rank)));
            (lower, upper) = (bound.LogLower(), bound.LogUpper());
        }
        else
        {
            SpectrumBound<GammaLaw> bound = new(ratio, epsilon, new(0.5 * Rank));
            (lower, upper) = (bound.LogLower(), bound.LogUpper());

            // k equal singular values are one, with rank rk in place of r.
            for (double rank = EqualStep * Rank; rank <= Argument.LargestSize; rank *= EqualStep)
            {
                lower = Math.Max(lower, new SketchedGaussianMechanism((int)(rank / Rank) * Rank, Sensitivity, Noise).LogDelta(epsilon));
            }
        }

        double largest = Math.Clamp(Math.Exp(upper) * (1 + RoundedOutward), double.Epsilon, 1);
        double smallest = Math.Exp(lower) * (1 - RoundedOutward);
        return new(smallest > SmallestLower ? Math.Min(smallest, largest) : 0, largest);
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε, to a relative error of 1e-10 or an absolute one of 1e-13 for δ ≥ 1e-100; 0 where δ(0) ≤ δ; +∞ where ε would exceed 1e290.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public double Epsilon(double delta) => CurveInversion.Root(this, delta);

    /// <inheritdoc/>
    Bracket IPrivacyCurve.Delta(double epsilon) => Bracket.Exactly(Delta(epsilon));

    /// <inheritdoc/>
    Bracket IPrivacyCurve.Epsilon(double delta) => Bracket.Exactly(Epsilon(delta));

    /// <summary>log δ_G(ε; μ√s) as a function of log s.</summary>
    internal readonly struct ConditionalLogDelta(double ratio, double epsilon) : ILogFunction
    {
        public double At(double logX)
            => new GaussianMechanism(Math.Min(ratio * Math.Exp(0.5 * logX), double.MaxValue)).LogDelta(epsilon);
    }
}
