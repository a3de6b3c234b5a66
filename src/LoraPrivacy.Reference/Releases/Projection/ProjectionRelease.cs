using LoraPrivacy.Reference.Releases.Matrix;

namespace LoraPrivacy.Reference.Releases.Projection;

/// <summary>
/// The projection release: G P is published once, P the orthogonal projection on the row space of a fresh, secret
/// Gaussian A (an orthonormal A, or an optimiser that preconditions by (AAᵀ)⁻¹). It is never private, for no rank and not
/// even for a single row: every output carries the equation ⟨y, q⟩ = ‖y‖² of the row it came from.
/// </summary>
/// <remarks>
/// The outputs P q lie on the sphere with diameter from 0 to q. Two such spheres meet in a set of lower dimension,
/// which has probability 0 under either law. The noise has a variance that falls with the rank all the same
/// (<see cref="ProjectionLaw.TotalNoise"/>): noise variance alone proves nothing about privacy.
/// </remarks>
[Statement("S25")]
public static class ProjectionRelease
{
    /// <summary>The verdict on a pair.</summary>
    /// <param name="gradient">G, n × m, finite.</param>
    /// <param name="neighbour">G′, of the same shape.</param>
    /// <returns>Identical where G = G′, else distinguishable, with the reason.</returns>
    /// <exception cref="ArgumentException">A matrix is empty or not finite, or the shapes differ.</exception>
    public static MatrixVerdict Verdict(double[,] gradient, double[,] neighbour)
        => MatrixRelease.Verdict(gradient, neighbour).UnlessIdentical(
            "⟨y, q⟩ = ‖y‖² holds exactly for y = P q: each row of the release shows which gradient it came from.");

    /// <summary>
    /// The membership attack: how far y is from the support of the release of q, the sphere ⟨y, q⟩ = ‖y‖²/k for
    /// y = k P q; for r = m, where P is the identity, the point k q.
    /// </summary>
    /// <param name="law">The rank and dimension.</param>
    /// <param name="release">y, m finite entries.</param>
    /// <param name="candidate">q, m finite entries.</param>
    /// <param name="scale">k &gt; 0: 1 for P q itself, <see cref="ProjectionLaw.UnbiasedScale"/> for the unbiased
    /// estimate (m/r) P q, for which the equation reads ⟨y, q⟩ = (r/m)‖y‖².</param>
    /// <returns>A number in [0, 1], relative to the terms of the equation: 0 up to rounding (about 1e-15 times √m) if y
    /// came from q, with probability 1 not 0 if it came from another row. 1 if just one of y, q is zero.</returns>
    /// <exception cref="ArgumentException">A vector has not m entries, an entry is not finite, or k is not positive.</exception>
    public static double SupportStatistic(
        ProjectionLaw law, ReadOnlySpan<double> release, ReadOnlySpan<double> candidate, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(law);
        Argument.SameLength(release.Length, law.Dimension, nameof(release));
        Argument.SameLength(candidate.Length, law.Dimension, nameof(candidate));
        Argument.AllFinite(release, nameof(release));
        Argument.AllFinite(candidate, nameof(candidate));
        Argument.Positive(scale);
        double inner = 0;
        double square = 0;
        double candidateSquare = 0;
        double distance = 0;
        for (int i = 0; i < release.Length; i++)
        {
            double y = release[i] / scale;
            double q = candidate[i];
            inner += y * q;
            square += y * y;
            candidateSquare += q * q;
            distance += (y - q) * (y - q);
        }

        if (square == 0 || candidateSquare == 0)
        {
            return square == candidateSquare ? 0 : 1;
        }

        return law.Rank == law.Dimension
            ? Math.Sqrt(distance) / (Math.Sqrt(square) + Math.Sqrt(candidateSquare))
            : Math.Abs(inner - square) / (Math.Abs(inner) + square);
    }
}
