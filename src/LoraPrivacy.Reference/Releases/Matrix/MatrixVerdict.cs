namespace LoraPrivacy.Reference.Releases.Matrix;

/// <summary>What the matrix product release Y = G AᵀA reveals about a pair (S16).</summary>
public enum MatrixVerdictKind
{
    /// <summary>One look at Y tells G from G′ with probability 1: δ(ε) = 1 for every ε.</summary>
    Distinguishable,

    /// <summary>G = u qᵀ and G′ = u q′ᵀ: exactly the vector mechanism of q and q′.</summary>
    Vector,

    /// <summary>G′ = cG with c &gt; 0: a χ² scale family.</summary>
    Scaled,

    /// <summary>G′ = G: nothing to tell apart.</summary>
    Identical,
}

/// <summary>The verdict on a pair, with what its exact curve needs.</summary>
/// <param name="Kind">The case of S16.</param>
/// <param name="Reason">One sentence saying why.</param>
/// <param name="GradientRank">ρ, the rank of G (0 for G = 0).</param>
/// <param name="Factor">c where G′ = cG, else 0.</param>
/// <param name="Row">The index of the row that carries q and q′ in the vector case, else −1.</param>
/// <param name="DistanceToException">How far the pair is from the nearest of the two exceptions of S16, as a relative
/// Frobenius distance in [0, 1]; 0 where it is one. A small value is no privacy: δ(ε) = 1 still.</param>
public readonly record struct MatrixVerdict(
    MatrixVerdictKind Kind, string Reason, int GradientRank, double Factor, int Row, double DistanceToException)
{
    /// <summary>The verdict of a release that hides nothing but equality: every other pair is distinguishable.</summary>
    internal MatrixVerdict UnlessIdentical(string reason) => Kind == MatrixVerdictKind.Identical
        ? this
        : this with { Kind = MatrixVerdictKind.Distinguishable, Reason = reason, Factor = 0, Row = -1 };
}
