namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// One release of Y + σZ, Y = G AᵀA, with a fresh, secret Gaussian A, where the gradients of neighbouring data sets differ by a matrix of rank
/// one: an upper bound that counts the noise alone, as if A were published (S21).
/// </summary>
/// <remarks>
/// δ(ε) ≤ E δ_G(ε; ‖D AᵀA‖_F/σ), where ‖D AᵀA‖² = ‖D‖²·R(R + R′)/r² with independent R ~ χ²_r and R′ ~ χ²_{m−1}. It is a bound and not the
/// curve: that A is secret is not used. Computed to a relative error of 1e-11 for δ ≥ 1e-100 and rounded up by more than that.
/// </remarks>
[Statement("S21")]
public readonly record struct NoisyProductRelease : IPrivacyCurve
{
    private const double RoundedUp = 1 + 2e-11;
    private readonly double ratio;

    /// <summary>The release for one pair, or for the worst pair of a sensitivity: the bound grows with it.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <param name="sensitivity">‖D‖_F for D = G − G′ of rank one, at least 0 and finite.</param>
    /// <param name="noise">σ, the standard deviation of each entry of the noise on Y, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or ‖D‖/σ is not finite.</exception>
    public NoisyProductRelease(int rank, int dimension, double sensitivity, double noise)
    {
        Rank = Argument.Rank(rank);
        Dimension = Argument.Dimension(dimension);
        Sensitivity = Argument.NonNegative(sensitivity);
        Noise = Argument.Positive(noise);
        ratio = Argument.Finite(sensitivity / noise, "sensitivity/noise");
    }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>m.</summary>
    public int Dimension { get; }

    /// <summary>‖D‖.</summary>
    public double Sensitivity { get; }

    /// <summary>σ.</summary>
    public double Noise { get; }

    /// <summary>0, a lower bound of the probability of an infinite loss.</summary>
    public double Floor => 0;

    /// <summary>Bounds of δ(ε), in both directions: 0, and the bound that counts the noise alone.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>[0, bound], the bound in [0, 1] and rounded up; it is 0 for ‖D‖ = 0 only.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public Bracket Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        if (Sensitivity == 0)
        {
            return default;
        }

        OuterLogDelta outer = new(Rank, Dimension, ratio, epsilon);
        return new(0, Math.Clamp(Math.Exp(MixtureMean.Log(ref outer, new GammaLaw(0.5 * Rank))) * RoundedUp, double.Epsilon, 1));
    }

    /// <summary>Bounds of the smallest ε ≥ 0 with δ(ε) ≤ δ: 0, and where the upper bound of <see cref="Delta"/> is δ, rounded up.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>[0, ε], such that the mechanism is (ε, δ)-differentially private for the pair; ε = 0 where the bound at 0 is at most δ; +∞ where it
    /// would exceed 1e290.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public Bracket Epsilon(double delta)
    {
        double epsilon = CurveInversion.Root(this, delta);
        while (double.IsFinite(epsilon) && Delta(epsilon).Upper > delta)
        {
            epsilon = Math.BitIncrement(epsilon * (1 + 1e-12));
        }

        return new(0, epsilon);
    }

    /// <summary>log E δ_G(ε; μ√(s(s + R′/r))) given log s, s = R/r, as R/r·(R + R′)/r = s(s + R′/r).</summary>
    private readonly struct OuterLogDelta(int rank, int dimension, double ratio, double epsilon) : ILogFunction
    {
        public double At(double logX)
        {
            if (dimension == 1)
            {
                SketchedGaussianMechanism.ConditionalLogDelta alone = new(ratio, epsilon);
                return alone.At(2 * logX);
            }

            InnerLogDelta inner = new(logX, (dimension - 1.0) / rank, ratio, epsilon);
            return MixtureMean.Log(ref inner, new GammaLaw(0.5 * (dimension - 1)));
        }
    }

    /// <summary>The same given log s and log t, R′ = (m − 1)t.</summary>
    private readonly struct InnerLogDelta(double logS, double share, double ratio, double epsilon) : ILogFunction
    {
        public double At(double logX)
        {
            double s = Math.Exp(logS);
            SketchedGaussianMechanism.ConditionalLogDelta conditional = new(ratio, epsilon);
            return conditional.At(logS + Math.Log(s + share * Math.Exp(logX)));
        }
    }
}
