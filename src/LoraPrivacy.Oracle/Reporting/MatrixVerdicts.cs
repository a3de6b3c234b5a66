using LoraPrivacy.Reference.Releases.Checkpoint;
using LoraPrivacy.Reference.Releases.Matrix;
using LoraPrivacy.Reference.Releases.Projection;

namespace LoraPrivacy.Oracle.Reporting;

/// <summary>The releases that show which gradient they came from: matrices, reused and public A, projections.</summary>
internal static class MatrixVerdicts
{
    private static readonly double[,] Gradient = { { 1, 2, 0 }, { 0, 1, 3 } };
    private static readonly double[,] Neighbour = { { 1, 2, 0.01 }, { 0, 1, 3 } };
    private static readonly double[,] First = { { 1, 0.5, 0 } };
    private static readonly double[,] FirstPrime = { { 1, 0.5, 0.01 } };
    private static readonly double[,] Second = { { 0, 1, 2 } };

    /// <summary>One product release of a matrix (S16).</summary>
    public static ReleaseVerdict Product() => new(
        "product-matrix",
        "Product release of a matrix",
        "Y = G AᵀA for a gradient of two or more rows; A Gaussian, fresh, secret; no noise added.",
        "Any pair G ≠ G′.",
        "One step, released once.",
        "Not private: δ(ε) = 1 for every ε, with two exceptions: G′ = cG with c > 0, and outer products with one common column.",
        "Y Gᵀ is symmetric for the true G, and with probability 1 not for another. How close G and G′ are does not matter.",
        [
            ("two rows, one entry moved by 0.01", Answer(MatrixRelease.Verdict(Gradient, Neighbour))),
            ("G′ = 2G", Answer(MatrixRelease.Verdict(Gradient, Scaled(Gradient, 2)))),
            ("G = u qᵀ and G′ = u q′ᵀ", Answer(MatrixRelease.Verdict(Stack(First, Scaled(First, 2)), Stack(FirstPrime, Scaled(FirstPrime, 2))))),
        ],
        ["S16"]);

    /// <summary>Several product releases with one A (S17).</summary>
    public static ReleaseVerdict Reuse() => new(
        "reuse",
        "Product releases with one frozen A",
        "G₁AᵀA, …, G_T AᵀA with one and the same secret Gaussian A; gradients that do not depend on earlier releases.",
        "Any pair of sequences that differ.",
        "T ≥ 2 steps.",
        "Not private, with two exceptions: gradients that are all multiplied by one c > 0, and steps along one direction of each data set.",
        "The steps stack to one matrix, and the verdict is that of the stacked gradients. In training the gradients depend on earlier releases; no upper bound is claimed for that.",
        [("two steps of one row each, along different directions", Answer(ReusedSketch.Verdict([First, Second], [FirstPrime, Second])))],
        ["S17"]);

    /// <summary>A published with B (S18).</summary>
    public static ReleaseVerdict Checkpoint() => new(
        "checkpoint",
        "Checkpoint release (A and B)",
        "A and G Aᵀ: A is in the checkpoint, or known from a seed; no noise added.",
        "Any pair G ≠ G′.",
        "One step from B = 0, with known settings.",
        "Not private: δ(ε) = 1 for every ε.",
        "Given A, the release is a function of the data.",
        [("two rows, one entry moved by 0.01", Answer(CheckpointRelease.Verdict(Gradient, Neighbour)))],
        ["S18"]);

    /// <summary>A projection (S25).</summary>
    public static ReleaseVerdict Projection() => new(
        "projection",
        "Projection release (orthonormal A)",
        "P q or G P, P the projection on the rows of A: orthonormal A, or a step preconditioned by (AAᵀ)⁻¹; A secret, fresh.",
        "Any pair q ≠ q′.",
        "One step, released once.",
        "Not private: δ(ε) = 1 for every ε, not even for one row, at any rank.",
        "It has noise as long as r < m, and that noise falls with rank too; noise alone is no privacy.",
        [("one row, one entry moved by 0.01", Answer(ProjectionRelease.Verdict(First, FirstPrime)))],
        ["S25"]);

    private static string Answer(MatrixVerdict verdict) => $"{verdict.Kind switch
    {
        MatrixVerdictKind.Distinguishable => "distinguishable",
        MatrixVerdictKind.Vector => "as one row",
        MatrixVerdictKind.Scaled => "scale family",
        _ => "identical",
    }}. {verdict.Reason}";

    private static double[,] Scaled(double[,] matrix, double factor)
    {
        double[,] scaled = (double[,])matrix.Clone();
        for (int i = 0; i < scaled.GetLength(0); i++)
        {
            for (int j = 0; j < scaled.GetLength(1); j++)
            {
                scaled[i, j] *= factor;
            }
        }

        return scaled;
    }

    private static double[,] Stack(double[,] above, double[,] below)
    {
        double[,] stacked = new double[above.GetLength(0) + below.GetLength(0), above.GetLength(1)];
        Array.Copy(above, stacked, above.Length);
        Array.Copy(below, 0, stacked, above.Length, below.Length);
        return stacked;
    }
}
