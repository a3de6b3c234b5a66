using MathNet.Numerics.LinearAlgebra;

namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// A small matrix with the singular values of a long one, by Householder's reflections. The library's own decompositions make a square of the
/// longer side.
/// </summary>
internal static class TriangularFactor
{
    /// <summary>The square upper triangle R with RᵀR = MᵀM, or with MMᵀ where M has more columns than rows.</summary>
    /// <param name="matrix">M, finite, with squares that are so too.</param>
    /// <returns>R, of the smaller side of M; its singular values err by some rounding errors of the largest.</returns>
    public static Matrix<double> Of(Matrix<double> matrix)
    {
        double[][] columns = matrix.RowCount < matrix.ColumnCount ? matrix.ToRowArrays() : matrix.ToColumnArrays();
        for (int j = 0; j < columns.Length; j++)
        {
            ComputationLimit.ThrowIfReached();
            Span<double> reflection = columns[j].AsSpan(j);
            double norm = EuclideanNorm.Of(reflection);
            if (norm == 0)
            {
                continue;
            }

            double corner = reflection[0] > 0 ? -norm : norm;
            reflection[0] -= corner;
            double halfSquare = -corner * reflection[0];
            for (int k = j + 1; k < columns.Length; k++)
            {
                Span<double> column = columns[k].AsSpan(j);
                double factor = MatrixParts.InnerProduct(reflection, column) / halfSquare;
                for (int i = 0; i < column.Length; i++)
                {
                    column[i] -= factor * reflection[i];
                }
            }

            reflection[0] = corner;
        }

        return Matrix<double>.Build.Dense(columns.Length, columns.Length, (i, j) => i <= j ? columns[j][i] : 0);
    }
}
