using LoraPrivacy.Reference.Numerics;
using LoraPrivacy.Reference.Privacy;

namespace LoraPrivacy.Reference.Releases;

/// <summary>
/// The privacy of a pair that differs by a positive factor alone, G′ = G/λ: the loss is that of a χ²_N scale family,
/// L = −(N/2) log λ + ½ X (λ − 1), X ~ χ²_N (S16, case 2).
/// </summary>
/// <remarks>Immutable and safe for concurrent use. Accuracy as <see cref="ProductRelease"/>.</remarks>
[Statement("S16")]
public sealed class ScaleFamily
{
    private readonly ConditionalLoss conditional;

    /// <summary>The family with N degrees of freedom.</summary>
    /// <param name="degrees">N, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">N is not positive and finite.</exception>
    public ScaleFamily(double degrees)
    {
        Degrees = Argument.Positive(degrees);
        conditional = new ConditionalLoss(0, degrees);
    }

    /// <summary>N.</summary>
    public double Degrees { get; }

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

    /// <summary>δ(ε) of the direction G‖G/λ.</summary>
    /// <param name="normRatio">λ, positive and finite.</param>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1]; exactly 0 where the loss is bounded below ε.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double Delta(double normRatio, double epsilon)
    {
        ExtendedLogarithm log = new(Argument.Positive(normRatio));
        Argument.NonNegative(epsilon);
        if (normRatio == 1 || (normRatio < 1 && log.MultiplyAdd(conditional.Shape, epsilon) >= 0))
        {
            return 0;
        }

        return Math.Clamp(conditional.HockeyStick(log, epsilon), double.Epsilon, 1);
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ.</summary>
    /// <param name="normRatio">λ, positive and finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε, to 1e-9 relative or 1e-12 absolute.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public double Epsilon(double normRatio, double delta)
    {
        Argument.Positive(normRatio);
        Argument.Probability(delta);
        return normRatio == 1 ? 0 : CurveInversion.Epsilon(new Curve(conditional, new ExtendedLogarithm(normRatio)), delta);
    }

    private readonly struct Curve(ConditionalLoss conditional, ExtendedLogarithm log) : IPrivacyCurve
    {
        public double Floor => 0;

        public double Excess(double epsilon) => conditional.HockeyStick(log, epsilon);

        public double Slope(double epsilon) => conditional.Slope(log, epsilon);
    }
}
