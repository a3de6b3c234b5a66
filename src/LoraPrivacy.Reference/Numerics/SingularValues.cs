using MathNet.Numerics.LinearAlgebra;

namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// The singular values of a matrix: Householder's reflections to a triangle of its shorter side, then one-sided Jacobi rotations. The library's
/// own decomposition makes a square of the longer side, cannot be ended, and does not end by itself where entries differ by 1e200.
/// </summary>
internal static class SingularValues
{
    private const double Orthogonal = 1e-15;
    private const int MostSweeps = 60;

    /// <summary>The singular values, the largest first.</summary>
    /// <param name="matrix">The matrix, finite, with squares that are so too.</param>
    /// <returns>As many as the shorter side is long; each errs by some rounding errors of the largest.</returns>
    public static double[] Of(Matrix<double> matrix)
    {
        double[][] columns = Triangle(matrix.RowCount < matrix.ColumnCount ? matrix.ToRowArrays() : matrix.ToColumnArrays());
        bool isRotated = true;
        for (int sweep = 0; isRotated && sweep < MostSweeps; sweep++)
        {
            isRotated = false;
            for (int j = 0; j < columns.Length; j++)
            {
                ComputationLimit.ThrowIfReached();
                for (int k = j + 1; k < columns.Length; k++)
                {
                    isRotated |= Rotate(columns[j], columns[k]);
                }
            }
        }

        return [.. columns.Select(column => EuclideanNorm.Of(column)).OrderDescending()];
    }

    // R with RᵀR = MᵀM, by columns.
    private static double[][] Triangle(double[][] columns)
    {
        for (int j = 0; j < columns.Length; j++)
        {
            ComputationLimit.ThrowIfReached();
            Span<double> reflection = columns[j].AsSpan(j);
            double norm = EuclideanNorm.Of(reflection);
            if (norm > 0)
            {
                // I − vvᵀ/v₀ with v = (x ± ‖x‖e)/‖x‖, up to its sign: nothing of it underflows where x is small.
                double corner = reflection[0] > 0 ? -norm : norm;
                for (int i = 0; i < reflection.Length; i++)
                {
                    reflection[i] /= -corner;
                }

                reflection[0] += 1;
                for (int k = j + 1; k < columns.Length; k++)
                {
                    Span<double> column = columns[k].AsSpan(j);
                    Add(column, -MatrixParts.InnerProduct(reflection, column) / reflection[0], reflection);
                }

                reflection[0] = corner;
            }
        }

        return [.. columns.Select((column, j) => Enumerable.Range(0, columns.Length).Select(i => i <= j ? column[i] : 0).ToArray())];
    }

    // Makes two columns orthogonal; false where they are so already.
    private static bool Rotate(double[] first, double[] second)
    {
        double square = MatrixParts.InnerProduct(first, first);
        double otherSquare = MatrixParts.InnerProduct(second, second);
        double product = MatrixParts.InnerProduct(first, second);
        if (Math.Abs(product) <= Orthogonal * Math.Sqrt(square) * Math.Sqrt(otherSquare))
        {
            return false;
        }

        double zeta = (otherSquare - square) / (2 * product);
        double tangent = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        for (int i = 0; i < first.Length; i++)
        {
            (first[i], second[i]) = (cosine * (first[i] - tangent * second[i]), cosine * (second[i] + tangent * first[i]));
        }

        return true;
    }

    private static void Add(Span<double> sum, double factor, ReadOnlySpan<double> other)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * other[i];
        }
    }
}
