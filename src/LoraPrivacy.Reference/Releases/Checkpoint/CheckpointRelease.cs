using LoraPrivacy.Reference.Releases.Matrix;

namespace LoraPrivacy.Reference.Releases.Checkpoint;

/// <summary>
/// The checkpoint release: A is published with B (the usual LoRA-FA deployment), or is known from a seed. Then G Aᵀ, and
/// with it G AᵀA, is a deterministic function of the data (S18).
/// </summary>
[Statement("S18")]
public static class CheckpointRelease
{
    /// <summary>The verdict for a pair and the A that was published.</summary>
    /// <param name="gradient">G, n × m, finite.</param>
    /// <param name="neighbour">G′, of the same shape.</param>
    /// <param name="a">A, r × m, finite.</param>
    /// <returns>Identical where G Aᵀ = G′ Aᵀ exactly in double arithmetic of the difference, else distinguishable.</returns>
    /// <exception cref="ArgumentException">A matrix is empty, not finite, or the shapes do not fit.</exception>
    public static MatrixVerdict Verdict(double[,] gradient, double[,] neighbour, double[,] a)
    {
        Argument.AllFinite(a, nameof(a));
        MatrixVerdict general = Verdict(gradient, neighbour);
        int dimension = gradient.GetLength(1);
        Argument.SameLength(a.GetLength(1), dimension, nameof(a));
        if (general.Kind == MatrixVerdictKind.Identical)
        {
            return general;
        }

        for (int i = 0; i < gradient.GetLength(0); i++)
        {
            for (int k = 0; k < a.GetLength(0); k++)
            {
                double sum = 0;
                for (int j = 0; j < dimension; j++)
                {
                    sum += (gradient[i, j] - neighbour[i, j]) * a[k, j];
                }

                if (sum != 0)
                {
                    return general;
                }
            }
        }

        return new MatrixVerdict(
            MatrixVerdictKind.Identical, "The gradients differ only where this A does not look: G Aᵀ = G′ Aᵀ.", general.GradientRank, 1, -1, 0);
    }

    /// <summary>The verdict for a pair with probability 1 over a Gaussian A that is independent of the data.</summary>
    /// <param name="gradient">G, n × m, finite.</param>
    /// <param name="neighbour">G′, of the same shape.</param>
    /// <returns>Identical where G = G′, else distinguishable: (G − G′)Aᵀ is not 0, with probability 1.</returns>
    /// <exception cref="ArgumentException">A matrix is empty, not finite, or the shapes differ.</exception>
    public static MatrixVerdict Verdict(double[,] gradient, double[,] neighbour)
        => MatrixRelease.Verdict(gradient, neighbour).UnlessIdentical(
            "A is public, so the release is a function of the data: two gradients that differ give releases that differ.");
}
