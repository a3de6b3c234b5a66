using MathNet.Numerics.LinearAlgebra;

namespace LoraPrivacy.Oracle.Audit;

/// <summary>Singular values of the small side of long matrices, to about 1e-8 of the largest.</summary>
internal static class SingularValues
{
    /// <summary>Of an r × m matrix in row-major order, descending.</summary>
    public static double[] Of(double[] matrix, int rows) => RootsOf(Gram(matrix, rows, matrix.Length / rows, ofRows: true));

    /// <summary>Of B·A, descending: the square roots of the eigenvalues of (AAᵀ)^½ BᵀB (AAᵀ)^½.</summary>
    /// <param name="b">B, n × r, in row-major order.</param>
    /// <param name="a">A, r × m, in row-major order.</param>
    /// <param name="rank">r.</param>
    public static double[] OfProduct(double[] b, double[] a, int rank)
    {
        var evd = Gram(a, rank, a.Length / rank, ofRows: true).Evd(Symmetricity.Symmetric);
        Matrix<double> root = evd.EigenVectors * Matrix<double>.Build.DiagonalOfDiagonalVector(evd.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 0)))) * evd.EigenVectors.Transpose();
        Matrix<double> product = root * Gram(b, b.Length / rank, rank, ofRows: false) * root;
        return RootsOf((product + product.Transpose()) / 2);
    }

    /// <summary>exp of the entropy of the normalised singular values (Roy and Vetterli 2007): between 1 and the rank; 0 for a zero matrix.</summary>
    public static double EffectiveRank(double[] singularValues)
    {
        double sum = singularValues.Sum();
        return sum > 0 ? Math.Exp(-singularValues.Where(value => value > 0).Sum(value => value / sum * Math.Log(value / sum))) : 0;
    }

    private static double[] RootsOf(Matrix<double> gram)
        => [.. gram.Evd(Symmetricity.Symmetric).EigenValues.Select(value => Math.Sqrt(Math.Max(value.Real, 0))).OrderDescending()];

    /// <summary>M Mᵀ, or Mᵀ M.</summary>
    private static Matrix<double> Gram(double[] values, int rows, int columns, bool ofRows)
    {
        Matrix<double> transposed = Matrix<double>.Build.Dense(columns, rows, values);
        return ofRows ? transposed.TransposeThisAndMultiply(transposed) : transposed.TransposeAndMultiply(transposed);
    }
}
