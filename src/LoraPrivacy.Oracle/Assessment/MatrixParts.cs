namespace LoraPrivacy.Oracle.Assessment;

/// <summary>Rows, sums and stacks of small matrices.</summary>
internal static class MatrixParts
{
    /// <summary>One row.</summary>
    public static double[] Row(double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])];

    /// <summary>A matrix of one row.</summary>
    public static double[,] AsMatrix(double[] row)
    {
        double[,] matrix = new double[1, row.Length];
        Buffer.BlockCopy(row, 0, matrix, 0, row.Length * sizeof(double));
        return matrix;
    }

    /// <summary>a + factor · b, entry by entry.</summary>
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
    public static double[,] Stack(double[,] upper, double[,] lower)
    {
        double[,] stacked = new double[upper.GetLength(0) + lower.GetLength(0), upper.GetLength(1)];
        Buffer.BlockCopy(upper, 0, stacked, 0, upper.Length * sizeof(double));
        Buffer.BlockCopy(lower, 0, stacked, upper.Length * sizeof(double), lower.Length * sizeof(double));
        return stacked;
    }

    /// <summary>factor · a.</summary>
    public static double[,] Scaled(double factor, double[,] a) => Combine(new double[a.GetLength(0), a.GetLength(1)], factor, a);

    /// <summary>aᵀ.</summary>
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
}
