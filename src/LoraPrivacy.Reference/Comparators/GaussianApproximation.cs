using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Reference.Comparators;

/// <summary>
/// The normal approximation from which earlier versions of the source paper argue:
/// treat AᵀA q as q plus independent Gaussian noise with the variance of one entry.
/// </summary>
/// <remarks>
/// <para>As an account of the sketch it is NOT a bound: for a fixed rank the entries are not normal, however large the
/// dimension; their covariance depends on q itself; and the exact curve has a floor that no ε passes. Tabulate it beside
/// the exact curve only.</para>
/// <para>The curve itself is that of <see cref="GaussianMechanism"/>.</para>
/// </remarks>
[Statement("S26")]
public static class GaussianApproximation
{
    /// <summary>The ratio of sensitivity to noise that the approximation assumes, ‖q − q′‖/σ with σ² = (‖q‖² + q_i²)/r.</summary>
    /// <param name="relativeSensitivity">τ = ‖q − q′‖/‖q‖, positive and finite.</param>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="entryRatio">q_i/‖q‖ in [−1, 1] of the entry whose variance is taken; 0 gives the least noise.</param>
    /// <returns>τ √(r/(1 + (q_i/‖q‖)²)).</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double SensitivityRatio(double relativeSensitivity, int rank, double entryRatio = 0)
    {
        Argument.Positive(relativeSensitivity);
        Argument.Rank(rank);
        Argument.InRange(entryRatio, -1, 1);
        return relativeSensitivity * Math.Sqrt(rank / (1 + entryRatio * entryRatio));
    }

    /// <summary>δ(ε) of the Gaussian mechanism: Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ).</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <param name="sensitivityRatio">μ, the sensitivity over the standard deviation of the noise, positive and finite.</param>
    /// <returns>δ in (0, 1]; what is below the smallest positive double is rounded up to it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Delta(double epsilon, double sensitivityRatio)
    {
        Argument.NonNegative(epsilon);
        return new GaussianMechanism(Argument.Positive(sensitivityRatio)).Delta(epsilon);
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ for the Gaussian mechanism.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <param name="sensitivityRatio">μ, positive and finite.</param>
    /// <returns>ε, with the accuracy of <see cref="GaussianMechanism.Epsilon"/>; 0 where δ(0) ≤ δ, +∞ where it would exceed the
    /// largest double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Epsilon(double delta, double sensitivityRatio)
    {
        Argument.Probability(delta);
        return new GaussianMechanism(Argument.Positive(sensitivityRatio)).Epsilon(delta);
    }
}
