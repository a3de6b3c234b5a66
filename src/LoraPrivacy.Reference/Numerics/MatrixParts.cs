namespace LoraPrivacy.Reference.Numerics;

/// <summary>Rows, sums and stacks of small matrices, by plain loops: no argument is changed, and shapes that do not fit throw as arrays do.</summary>
public static class MatrixParts
{
    /// <summary>One row.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="row">The index, from 0.</param>
    /// <returns>A new array of its numbers.</returns>
    public static double[] Row(double[,] matrix, int row)
    {
        double[] values = new double[matrix.GetLength(1)];
        for (int j = 0; j < values.Length; j++)
        {
            values[j] = matrix[row, j];
        }

        return values;
    }

    /// <summary>A matrix of one row.</summary>
    /// <param name="row">The row, m numbers.</param>
    /// <returns>1 × m.</returns>
    public static double[,] AsMatrix(double[] row)
    {
        double[,] matrix = new double[1, row.Length];
        Buffer.BlockCopy(row, 0, matrix, 0, row.Length * sizeof(double));
        return matrix;
    }

    /// <summary>a + factor · b, entry by entry.</summary>
    /// <param name="a">n × m.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="b">At least n × m.</param>
    /// <returns>n × m, each entry rounded twice.</returns>
    public static double[,] Combine(double[,] a, double factor, double[,] b)
    {
        double[,] sum = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < sum.GetLength(0); i++)
        {
            for (int j = 0; j < sum.GetLength(1); j++)
            {
                sum[i, j] = a[i, j] + (factor * b[i, j]);
            }
        }

        return sum;
    }

    /// <summary>One matrix on top of another.</summary>
    /// <param name="upper">n × m.</param>
    /// <param name="lower">k × m.</param>
    /// <returns>(n + k) × m.</returns>
    public static double[,] Stack(double[,] upper, double[,] lower)
    {
        double[,] stacked = new double[upper.GetLength(0) + lower.GetLength(0), upper.GetLength(1)];
        Buffer.BlockCopy(upper, 0, stacked, 0, upper.Length * sizeof(double));
        Buffer.BlockCopy(lower, 0, stacked, upper.Length * sizeof(double), lower.Length * sizeof(double));
        return stacked;
    }

    /// <summary>factor · a.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="a">n × m.</param>
    /// <returns>n × m.</returns>
    public static double[,] Scaled(double factor, double[,] a) => Combine(new double[a.GetLength(0), a.GetLength(1)], factor, a);

    /// <summary>aᵀ.</summary>
    /// <param name="a">n × m.</param>
    /// <returns>m × n.</returns>
    public static double[,] Transposed(double[,] a)
    {
        double[,] transposed = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                transposed[j, i] = a[i, j];
            }
        }

        return transposed;
    }

    /// <summary>x Aᵀ.</summary>
    /// <param name="x">n × m.</param>
    /// <param name="a">k × m.</param>
    /// <returns>n × k, summed from left to right.</returns>
    public static double[,] TimesTransposed(double[,] x, double[,] a)
    {
        double[,] product = new double[x.GetLength(0), a.GetLength(0)];
        for (int i = 0; i < x.GetLength(0); i++)
        {
            for (int k = 0; k < a.GetLength(0); k++)
            {
                double sum = 0;
                for (int j = 0; j < x.GetLength(1); j++)
                {
                    sum += x[i, j] * a[k, j];
                }

                product[i, k] = sum;
            }
        }

        return product;
    }

    /// <summary>The inner product.</summary>
    /// <param name="left">A vector.</param>
    /// <param name="right">One of at least the same length.</param>
    /// <returns>Σ leftᵢ rightᵢ, summed from left to right.</returns>
    public static double InnerProduct(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}
