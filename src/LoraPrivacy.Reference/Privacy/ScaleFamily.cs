namespace LoraPrivacy.Reference.Privacy;

/// <summary>
/// The exact privacy curve of a pair that differs by a positive factor alone, G‖G/λ: the loss is that of a χ²_N scale family,
/// L = −(N/2) log λ + ½ X (λ − 1), X ~ χ²_N (S16, case 2). Parallel queries and factors with one distinct eigenvalue are such pairs.
/// </summary>
/// <remarks>Immutable and safe for concurrent use. δ to a relative error of 1e-11 wherever it is at least 1e-100.</remarks>
[Statement("S16")]
public sealed class ScaleFamily : IPrivacyCurve
{
    private readonly ConditionalLoss conditional;
    private readonly ExtendedLogarithm log;
    private readonly double normRatio;

    /// <summary>The family of a number of degrees of freedom and a factor.</summary>
    /// <param name="degrees">N, positive and finite.</param>
    /// <param name="normRatio">λ, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ScaleFamily(double degrees, double normRatio)
        : this(new ConditionalLoss(0, Argument.Positive(degrees)), normRatio)
    {
    }

    /// <summary>The family of a radial law: of its exponent nothing depends, since h = 1.</summary>
    internal ScaleFamily(ConditionalLoss conditional, double normRatio)
    {
        this.conditional = conditional;
        this.normRatio = Argument.Positive(normRatio);
        log = new ExtendedLogarithm(normRatio);
    }

    /// <summary>0: for every pair the loss is finite.</summary>
    public double Floor => 0;

    /// <summary>N = rρ + min(r, ρ)(m − ρ) for a gradient of rank ρ in dimension m under a sketch of rank r.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <param name="gradientRank">ρ, in [1, m].</param>
    /// <returns>The degrees of freedom; r + m − 1 for ρ = 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S16")]
    public static double DegreesOfFreedom(int rank, int dimension, int gradientRank)
    {
        Argument.Rank(rank);
        Argument.Dimension(dimension);
        if (gradientRank < 1 || gradientRank > dimension)
        {
            throw Argument.OutOfRange(nameof(gradientRank), gradientRank, $"an integer in [1, {dimension}]");
        }

        return (double)rank * gradientRank + Math.Min(rank, gradientRank) * (double)(dimension - gradientRank);
    }

    /// <summary>δ(ε), exactly.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1]; 0 only where the loss is bounded by ε, and what is below the smallest positive double is rounded up to it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public Bracket Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        return Bracket.Exactly(normRatio == 1 || (normRatio < 1 && log.MultiplyAdd(conditional.Shape, epsilon) >= 0)
            ? 0
            : Math.Clamp(conditional.HockeyStick(log, epsilon), double.Epsilon, 1));
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε, to 1e-9 relative or 1e-12 absolute.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public Bracket Epsilon(double delta) => Bracket.Exactly(CurveInversion.Root(this, delta));

    /// <inheritdoc/>
    public double Slope(double epsilon) => conditional.Slope(log, epsilon);

    /// <summary>P(L &gt; l) and P(L ≤ l).</summary>
    internal (double Beyond, double Within) Tails(double loss) => conditional.Tails(log, loss);
}
