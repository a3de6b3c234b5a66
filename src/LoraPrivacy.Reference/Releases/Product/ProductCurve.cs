namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>
/// The exact privacy curve and loss of one release of one pair of queries, in the direction q‖q′ (S10–S13): the law of the direction and the floor are
/// computed once, and one integral at every ε. From <see cref="ProductRelease.Curve"/>, with its accuracy.
/// </summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
[Statement("S11")]
[Statement("S13")]
public sealed class ProductCurve : IPrivacyCurve
{
    private const double Tolerance = 1e-13;
    private const double SlopeTolerance = 1e-4;

    // At θ = 0 the pair differs in scale alone; at every other angle there is an integral over the direction of the release.
    private readonly ScaleFamily? scale;
    private readonly LossIntegral integral;

    internal ProductCurve(int rank, ConditionalLoss conditional, VectorPair pair)
    {
        Floor = ProductRelease.DeltaFloor(rank, pair.Angle);
        if (pair.Angle == 0)
        {
            scale = new ScaleFamily(conditional, pair.NormRatio);
        }
        else
        {
            integral = new LossIntegral(new SketchDirection(rank, pair.Angle), conditional, LogRatio(pair.NormRatio));
        }
    }

    /// <summary>δ_∞ (S12).</summary>
    public double Floor { get; }

    /// <summary>δ(ε): sup over events E of P_q(E) − e^ε P_q′(E).</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1], exactly; 0 only where the loss is bounded by ε.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public Bracket Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        return scale?.Delta(epsilon)
            ?? Bracket.Exactly(Math.Clamp(Floor + integral.Evaluate(LossFunctional.HockeyStick, epsilon, Tolerance, Floor), double.Epsilon, 1));
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε to 1e-9 relative or 1e-12 absolute; +∞ where δ is not above the floor, and where ε would exceed 1e290.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is outside (0, 1).</exception>
    public Bracket Epsilon(double delta) => Bracket.Exactly(CurveInversion.Root(this, delta));

    /// <inheritdoc/>
    public double Slope(double epsilon)
        => scale?.Slope(epsilon) ?? integral.Evaluate(LossFunctional.Slope, epsilon, SlopeTolerance, 0);

    /// <summary>P(L ≤ l) for the privacy loss L = log f_q(y)/f_q′(y), y ~ f_q.</summary>
    /// <param name="loss">l, finite.</param>
    /// <returns>The probability, relative error at most 1e-11 down to 1e-100.</returns>
    /// <exception cref="ArgumentOutOfRangeException">l is not finite.</exception>
    public double LossCdf(double loss)
    {
        Argument.Finite(loss);
        return scale?.Tails(loss).Within ?? Math.Min(1, integral.Evaluate(LossFunctional.Distribution, loss, Tolerance, 0));
    }

    /// <summary>P(L &gt; l), the atom P(L = +∞) = δ_∞ included.</summary>
    /// <param name="loss">l, finite.</param>
    /// <returns>The probability, relative error at most 1e-11 down to 1e-100.</returns>
    /// <exception cref="ArgumentOutOfRangeException">l is not finite.</exception>
    public double LossSurvival(double loss)
    {
        Argument.Finite(loss);
        return scale?.Tails(loss).Beyond ?? Math.Min(1, Floor + integral.Evaluate(LossFunctional.Survival, loss, Tolerance, Floor));
    }

    private static double LogRatio(double normRatio)
        => normRatio is > 0.5 and < 2 ? ElementaryFunctions.LogOnePlus(normRatio - 1) : Math.Log(normRatio);
}
