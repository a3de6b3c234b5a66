namespace LoraPrivacy.Reference.Releases.Matrix;

/// <summary>
/// Several product releases with one A: T steps G₁AᵀA, …, G_T AᵀA are the matrix release of the stacked gradients (S17).
/// </summary>
/// <remarks>
/// The gradients must not depend on earlier releases. In training they do, and then the verdict of the stacked gradients
/// need not hold: S17 has an adaptive sequence built to stay private, and shows that gradients which are analytic in the
/// weights are distinguishable with probability 0 or 1.
/// </remarks>
[Statement("S17")]
public static class ReusedSketch
{
    /// <summary>The verdict for two sequences of steps.</summary>
    /// <param name="steps">G₁, …, G_T, all with m columns.</param>
    /// <param name="neighbours">G′₁, …, G′_T, of the same shapes.</param>
    /// <returns>The verdict of S16 on the stacked gradients.</returns>
    /// <exception cref="ArgumentException">No step is given, the counts differ, or the shapes do not fit.</exception>
    public static MatrixVerdict Verdict(IReadOnlyList<double[,]> steps, IReadOnlyList<double[,]> neighbours)
        => MatrixRelease.Verdict(Stack(steps, nameof(steps)), Stack(neighbours, nameof(neighbours)));

    /// <summary>The curve of the joint release of all steps.</summary>
    /// <param name="steps">G₁, …, G_T, all with m columns.</param>
    /// <param name="neighbours">G′₁, …, G′_T, of the same shapes.</param>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <returns>The exact curve.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public static IPrivacyCurve Curve(IReadOnlyList<double[,]> steps, IReadOnlyList<double[,]> neighbours, int rank)
        => MatrixRelease.Curve(Stack(steps, nameof(steps)), Stack(neighbours, nameof(neighbours)), rank);

    private static double[,] Stack(IReadOnlyList<double[,]> matrices, string name)
    {
        ArgumentNullException.ThrowIfNull(matrices, name);
        if (matrices.Count == 0)
        {
            throw new ArgumentException($"{name} must hold at least one gradient, but is empty", name);
        }

        int columns = matrices[0].GetLength(1);
        double[,] stacked = new double[matrices.Sum(matrix => matrix.GetLength(0)), columns];
        int row = 0;
        foreach (double[,] matrix in matrices)
        {
            Argument.SameLength(matrix.GetLength(1), columns, name);
            for (int i = 0; i < matrix.GetLength(0); i++, row++)
            {
                for (int j = 0; j < columns; j++)
                {
                    stacked[row, j] = matrix[i, j];
                }
            }
        }

        return stacked;
    }
}
