namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>
/// The product release of one gradient row: y = AᵀA q is published once, A is r × m Gaussian with entry variance
/// 1/r, fresh, secret and independent of q. Its exact privacy for one pair of neighbouring queries (S10–S13).
/// </summary>
/// <remarks>
/// Immutable and safe for concurrent use. Accuracy: δ to a relative error of 1e-11 for rank ≤ 1024, dimension ≤ 16384,
/// angle 0 or in [1e-4, π − 1e-4], norm ratio in [0.1, 10], ε in [0, 100], wherever δ ≥ 1e-100. What is below the
/// smallest positive double is rounded up to it, never to 0, unless it is exactly 0.
/// Nothing here speaks of matrices with two rows or more (S16), of a reused A (S17) or of a public A (S18).
/// </remarks>
public sealed class ProductRelease
{
    private readonly ConditionalLoss conditional;

    /// <summary>The release for a rank and a dimension.</summary>
    /// <param name="rank">r, the number of rows of A, in [1, 1048576].</param>
    /// <param name="dimension">m, the length of q, in [1, 1048576].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ProductRelease(int rank, int dimension)
    {
        Rank = Argument.Rank(rank);
        Dimension = Argument.Dimension(dimension);
        conditional = new ConditionalLoss(rank - 1, (double)rank + dimension - 1);
    }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>m.</summary>
    public int Dimension { get; }

    /// <summary>δ_∞ = P(h ≤ 0), the mass of outputs under q that q′ cannot produce: no ε gives a smaller δ (S12).</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="angle">θ in radians, in [0, π].</param>
    /// <returns>The floor, in [0, 1]; relative error at most 1e-12 wherever it is at least 1e-100; 0 only at θ = 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S12")]
    public static double DeltaFloor(int rank, double angle)
    {
        Argument.Rank(rank);
        Argument.InRange(angle, 0, Math.PI);
        if (angle == 0)
        {
            return 0;
        }

        (double sine, double cosine) = Math.SinCos(angle);
        double half = Math.Sin(angle / 2);
        double floor = rank switch
        {
            // In closed form for the smallest ranks, whose floor is in the doubles where sin²θ is not.
            1 => angle / Math.PI,
            2 => half * half,
            _ => StudentT.FromSquaredSine(rank, sine * sine, cosine * cosine, negative: cosine > 0),
        };
        return Math.Clamp(floor, double.Epsilon, 1);
    }

    /// <summary>The probability of an infinite loss in any of several releases with a fresh A each: no ε gives a smaller δ for all of them (S22, item 1).</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="angle">θ at every release, in radians, in [0, π].</param>
    /// <param name="steps">T ≥ 0.</param>
    /// <returns>1 − (1 − δ_∞)^T, in [0, 1]; relative error at most 2e-12 wherever it is at least 1e-100.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S22")]
    public static double ComposedDeltaFloor(int rank, double angle, long steps)
    {
        double floor = DeltaFloor(rank, angle);
        return Argument.NonNegative(steps) == 0 ? 0 : -ElementaryFunctions.ExpMinusOne(steps * ElementaryFunctions.LogOnePlus(-floor));
    }

    /// <summary>The exact curve and loss of a pair, in the direction q‖q′ (S11, S13).</summary>
    /// <param name="pair">λ = ‖q‖/‖q′‖ and θ.</param>
    /// <returns>The curve, with the accuracy stated for the class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The pair does not exist in this dimension.</exception>
    [Statement("S11")]
    public ProductCurve Curve(VectorPair pair)
    {
        // default(VectorPair) has λ = 0.
        Argument.Positive(pair.NormRatio, "normRatio");
        return Dimension == 1 && pair.Angle != 0 && pair.Angle != Math.PI
            ? throw Argument.OutOfRange("angle", pair.Angle, "0 or π where the dimension is 1")
            : new ProductCurve(Rank, conditional, pair);
    }

    /// <summary>The larger of the two directions' curves: what (ε, δ)-differential privacy asks of this pair.</summary>
    /// <param name="pair">λ and θ.</param>
    /// <returns>The exact curve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The pair does not exist in this dimension.</exception>
    [Statement("S11")]
    public IPrivacyCurve BothDirections(VectorPair pair) => new LargerCurve(Curve(pair), Curve(pair.Reverse()));

    /// <summary>δ(ε) of one direction: sup over events E of P_q(E) − e^ε P_q′(E) (S11).</summary>
    /// <param name="pair">λ = ‖q‖/‖q′‖ and θ.</param>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1], with the accuracy stated for the class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite, or the pair does not exist in this dimension.</exception>
    [Statement("S11")]
    public double Delta(VectorPair pair, double epsilon) => Curve(pair).Delta(epsilon).Upper;

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ in one direction (S11).</summary>
    /// <param name="pair">λ and θ.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε to 1e-9 relative or 1e-12 absolute; +∞ where δ is not above the floor δ_∞, and where ε would exceed 1e290.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is outside (0, 1), or the pair does not exist in this dimension.</exception>
    [Statement("S11")]
    public double Epsilon(VectorPair pair, double delta) => Curve(pair).Epsilon(delta).Upper;
}
