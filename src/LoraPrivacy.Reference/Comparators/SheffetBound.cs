namespace LoraPrivacy.Reference.Comparators;

/// <summary>
/// Sheffet's formula for publishing a Gaussian sketch (the factor release) of a matrix whose least eigenvalue dominates the
/// rows that neighbours may differ in: ε = 2 (log(4/δ) + √(2 r log(4/δ)))/γ.
/// </summary>
/// <remarks>
/// Its assumptions: the Gram matrices of neighbours differ by one rank-one term v vᵀ, and λ_min ≥ γ‖v‖² on both
/// sides. It holds in both directions where the ε it gives is at most 1, as far as tested. It is NOT a
/// bound for every r and γ: it grows like √r/γ, but the exact divergence of the worst pair like r/(4γ²). For r = 256,
/// γ = 1.5 and δ = 1e-5 the formula gives 125.6 and the exact ε is 222.6. It says nothing about the product release.
/// Compare <see cref="Releases.Factor.FactorRelease.RankOneWorstCase"/>, which is exact for the worst such pair.
/// </remarks>
[Statement("S26")]
public static class SheffetBound
{
    /// <summary>ε of the bound.</summary>
    /// <param name="rank">r, the number of rows of A, in [1, 1048576].</param>
    /// <param name="gamma">γ &gt; 1, finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε &gt; 0, to a relative error of 1e-15.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Epsilon(int rank, double gamma, double delta)
    {
        Argument.Rank(rank);
        Argument.Probability(delta);
        if (!(double.IsFinite(gamma) && gamma > 1))
        {
            throw Argument.OutOfRange(nameof(gamma), gamma, "a finite number in (1, ∞)");
        }

        double log = Math.Log(4 / delta);
        return 2 * (log + Math.Sqrt(2 * rank * log)) / gamma;
    }
}
