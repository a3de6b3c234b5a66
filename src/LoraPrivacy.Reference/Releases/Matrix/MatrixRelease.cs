using System.Globalization;
using LoraPrivacy.Reference.Releases.Factor;
using LoraPrivacy.Reference.Releases.Product;
using MathNet.Numerics.LinearAlgebra;

namespace LoraPrivacy.Reference.Releases.Matrix;

/// <summary>
/// The product release of a whole gradient: Y = G AᵀA is published once, A Gaussian, fresh, secret and independent of
/// the data. Its privacy for a concrete pair is one of four things (S16), decided here.
/// </summary>
/// <remarks>
/// The exceptions of S16 are equations between doubles that stand for real numbers, so they are tested up to rounding:
/// entry by entry within 2⁻⁴⁹, relative. Everything outside is distinguishable, however close
/// (<see cref="MatrixVerdict.DistanceToException"/> says how close).
/// </remarks>
public static class MatrixRelease
{
    private const double Rounding = 1.0 / (1L << 49);

    /// <summary>Decides the case of a pair.</summary>
    /// <param name="gradient">G, n × m, finite.</param>
    /// <param name="neighbour">G′, of the same shape.</param>
    /// <returns>The verdict, with its reason.</returns>
    /// <exception cref="ArgumentException">A matrix is empty, not finite, or the shapes differ.</exception>
    [Statement("S16")]
    public static MatrixVerdict Verdict(double[,] gradient, double[,] neighbour)
    {
        Argument.AllFinite(gradient, nameof(gradient));
        Argument.AllFinite(neighbour, nameof(neighbour));
        Argument.SameShape(neighbour, gradient, nameof(neighbour));
        (int row, int column) = Largest(gradient);
        (int rowPrime, int columnPrime) = Largest(neighbour);
        bool zero = gradient[row, column] == 0;
        bool zeroPrime = neighbour[rowPrime, columnPrime] == 0;
        if (AreEqual(gradient, neighbour))
        {
            return new MatrixVerdict(MatrixVerdictKind.Identical, "The two gradients are equal.", zero ? 0 : NumericalRank(gradient), 1, -1, 0);
        }

        if (zero || zeroPrime)
        {
            string which = zero ? "gradient" : "neighbour";
            return new MatrixVerdict(
                MatrixVerdictKind.Distinguishable,
                $"The {which} is zero, so its release is exactly 0, and the other's is not, with probability 1.",
                zero ? 0 : NumericalRank(gradient), 0, -1, 0);
        }

        double factor = neighbour[row, column] / gradient[row, column];
        if (IsProportional(gradient, neighbour, factor))
        {
            return Proportional(gradient, factor);
        }

        if (HasCommonColumn(gradient, neighbour, row, column))
        {
            string reason = gradient.GetLength(0) == 1
                ? "The gradient has one row: the vector mechanism of the two rows."
                : "Both gradients are outer products with one common column: the vector mechanism of their rows.";
            return new MatrixVerdict(MatrixVerdictKind.Vector, reason, 1, 0, row, 0);
        }

        double distance = Distance(gradient, neighbour);
        return new MatrixVerdict(
            MatrixVerdictKind.Distinguishable,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Y Gᵀ is symmetric with probability 1 under the gradient and with probability 0 under the neighbour: they are neither proportional nor outer products with a common column (relative distance {distance:G3})."),
            NumericalRank(gradient), 0, -1, distance);
    }

    /// <summary>The curve of the direction G‖G′: 0 or 1 everywhere, that of a scale family, or that of the vector mechanism.</summary>
    /// <param name="gradient">G, n × m, finite.</param>
    /// <param name="neighbour">G′, of the same shape.</param>
    /// <param name="rank">r, the rank of the sketch, in [1, 1048576].</param>
    /// <returns>The exact curve, with the accuracy of <see cref="ProductRelease"/>.</returns>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    [Statement("S16")]
    public static IPrivacyCurve Curve(double[,] gradient, double[,] neighbour, int rank)
    {
        Argument.Rank(rank);
        MatrixVerdict verdict = Verdict(gradient, neighbour);
        int dimension = gradient.GetLength(1);
        return verdict.Kind switch
        {
            MatrixVerdictKind.Scaled => new ScaleFamily(ScaleFamily.DegreesOfFreedom(rank, dimension, verdict.GradientRank), 1 / verdict.Factor),
            MatrixVerdictKind.Vector => new ProductRelease(rank, dimension).Curve(
                VectorPair.Between(MatrixParts.Row(gradient, verdict.Row), MatrixParts.Row(neighbour, verdict.Row))),
            _ => new AllOrNothing(verdict.Kind == MatrixVerdictKind.Identical ? 0 : 1),
        };
    }

    /// <summary>The membership attack of S16: ‖Y Gᵀ − G Yᵀ‖ / (‖Y‖ ‖G‖), Frobenius norms.</summary>
    /// <param name="release">Y, n × m.</param>
    /// <param name="gradient">G, n × m, the candidate.</param>
    /// <returns>A number in [0, 2]: 0 up to rounding where Y = G AᵀA, and with probability 1 not where Y comes from a
    /// gradient outside the exceptions of S16; 0 where Y or G is 0.</returns>
    /// <exception cref="ArgumentException">A matrix is empty, not finite, or the shapes differ.</exception>
    [Statement("S16")]
    public static double AsymmetryStatistic(double[,] release, double[,] gradient)
    {
        Argument.AllFinite(release, nameof(release));
        Argument.AllFinite(gradient, nameof(gradient));
        Argument.SameShape(gradient, release, nameof(gradient));
        Matrix<double> y = Matrix<double>.Build.DenseOfArray(release);
        Matrix<double> g = Matrix<double>.Build.DenseOfArray(gradient);
        double scale = Norm(y) * Norm(g);
        if (scale == 0)
        {
            return 0;
        }

        Matrix<double> product = y.TransposeAndMultiply(g);
        return Norm(product - product.Transpose()) / scale;
    }

    private static MatrixVerdict Proportional(double[,] gradient, double factor)
    {
        int rank = NumericalRank(gradient);
        return factor > 0
            ? new MatrixVerdict(
                MatrixVerdictKind.Scaled,
                string.Create(CultureInfo.InvariantCulture, $"The neighbour is {factor:R} times the gradient (rank {rank}): a χ² scale family."),
                rank, factor, -1, 0)
            : new MatrixVerdict(
                MatrixVerdictKind.Distinguishable,
                string.Create(CultureInfo.InvariantCulture, $"The neighbour is {factor:R} times the gradient: the sign of the trace of Y Gᵀ tells them apart."),
                rank, factor, -1, 0);
    }

    private static (int Row, int Column) Largest(double[,] matrix)
    {
        (int row, int column) = (0, 0);
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                if (Math.Abs(matrix[i, j]) > Math.Abs(matrix[row, column]))
                {
                    (row, column) = (i, j);
                }
            }
        }

        return (row, column);
    }

    private static bool AreEqual(double[,] first, double[,] second)
    {
        for (int i = 0; i < first.GetLength(0); i++)
        {
            for (int j = 0; j < first.GetLength(1); j++)
            {
                if (first[i, j] != second[i, j])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Agree(double x, double y)
        => Math.Abs(x - y) <= Rounding * Math.Max(Math.Abs(x), Math.Abs(y));

    private static bool IsProportional(double[,] gradient, double[,] neighbour, double factor)
    {
        if (factor == 0)
        {
            return false;
        }

        for (int i = 0; i < gradient.GetLength(0); i++)
        {
            for (int j = 0; j < gradient.GetLength(1); j++)
            {
                if (!Agree(neighbour[i, j], factor * gradient[i, j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Both are u qᵀ with u the column of G that holds its largest entry.
    private static bool HasCommonColumn(double[,] gradient, double[,] neighbour, int row, int column)
    {
        for (int i = 0; i < gradient.GetLength(0); i++)
        {
            double ratio = gradient[i, column] / gradient[row, column];
            for (int j = 0; j < gradient.GetLength(1); j++)
            {
                if (!Agree(gradient[i, j], ratio * gradient[row, j]) || !Agree(neighbour[i, j], ratio * neighbour[row, j]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int NumericalRank(double[,] matrix) => FactorEigenvalues.NumericalRank(SingularValues.Of(Matrix<double>.Build.DenseOfArray(Scaled(matrix))));

    // The smaller of the distances to {G′ = cG} and to {[G G′] of rank one}, from the singular values of [G G′].
    private static double Distance(double[,] gradient, double[,] neighbour)
    {
        Matrix<double> g = Matrix<double>.Build.DenseOfArray(Scaled(gradient));
        Matrix<double> h = Matrix<double>.Build.DenseOfArray(Scaled(neighbour));
        g /= Norm(g);
        h /= Norm(h);
        double cosine = g.PointwiseMultiply(h).ColumnSums().Sum();
        double toProportional = Norm(h - g * cosine);
        double[] values = SingularValues.Of(g.Append(h));
        double toCommonColumn = EuclideanNorm.Of(values.AsSpan(1)) / EuclideanNorm.Of(values);
        return Math.Min(1, Math.Min(toProportional, toCommonColumn));
    }

    // The library's own multiplies the matrix by its transpose.
    private static double Norm(Matrix<double> matrix) => EuclideanNorm.Of(matrix.ToColumnMajorArray());

    private static double[,] Scaled(double[,] matrix)
    {
        (int row, int column) = Largest(matrix);
        double scale = Math.Abs(matrix[row, column]);
        double[,] result = (double[,])matrix.Clone();
        for (int i = 0; i < result.GetLength(0); i++)
        {
            for (int j = 0; j < result.GetLength(1); j++)
            {
                result[i, j] /= scale;
            }
        }

        return result;
    }

    private sealed class AllOrNothing(double delta) : IPrivacyCurve
    {
        public double Floor => delta;

        public Bracket Delta(double epsilon) => Bracket.Exactly(delta);

        public Bracket Epsilon(double target) => Bracket.Exactly(delta == 0 ? 0 : double.PositiveInfinity);
    }
}
