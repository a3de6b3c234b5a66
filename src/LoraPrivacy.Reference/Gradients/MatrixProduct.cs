namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The three matrix products of a LoRA step, summed in index order so that results do not depend on the machine.
/// Inner dimensions must agree; callers check them.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>left · right.</summary>
    public static double[,] Of(double[,] left, double[,] right)
    {
        int inner = left.GetLength(1);
        double[,] product = new double[left.GetLength(0), right.GetLength(1)];
        for (int i = 0; i < product.GetLength(0); i++)
        {
            ComputationLimit.ThrowIfReached();
            for (int k = 0; k < inner; k++)
            {
                double factor = left[i, k];
                for (int j = 0; j < product.GetLength(1); j++)
                {
                    product[i, j] += factor * right[k, j];
                }
            }
        }

        return product;
    }

    /// <summary>left · rightᵀ.</summary>
    public static double[,] WithTransposedRight(double[,] left, double[,] right)
    {
        int inner = left.GetLength(1);
        double[,] product = new double[left.GetLength(0), right.GetLength(0)];
        for (int i = 0; i < product.GetLength(0); i++)
        {
            ComputationLimit.ThrowIfReached();
            for (int j = 0; j < product.GetLength(1); j++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum += left[i, k] * right[j, k];
                }

                product[i, j] = sum;
            }
        }

        return product;
    }

    /// <summary>leftᵀ · right.</summary>
    public static double[,] WithTransposedLeft(double[,] left, double[,] right)
    {
        int inner = left.GetLength(0);
        double[,] product = new double[left.GetLength(1), right.GetLength(1)];
        for (int k = 0; k < inner; k++)
        {
            ComputationLimit.ThrowIfReached();
            for (int i = 0; i < product.GetLength(0); i++)
            {
                double factor = left[k, i];
                for (int j = 0; j < product.GetLength(1); j++)
                {
                    product[i, j] += factor * right[k, j];
                }
            }
        }

        return product;
    }

    /// <summary>factor · matrix, as a new matrix.</summary>
    public static double[,] Scaled(double factor, double[,] matrix)
    {
        double[,] scaled = new double[matrix.GetLength(0), matrix.GetLength(1)];
        for (int i = 0; i < scaled.GetLength(0); i++)
        {
            for (int j = 0; j < scaled.GetLength(1); j++)
            {
                scaled[i, j] = factor * matrix[i, j];
            }
        }

        return scaled;
    }

    /// <summary>left + factor · right, as a new matrix.</summary>
    public static double[,] Sum(double[,] left, double[,] right, double factor = 1)
    {
        double[,] sum = new double[left.GetLength(0), left.GetLength(1)];
        for (int i = 0; i < sum.GetLength(0); i++)
        {
            for (int j = 0; j < sum.GetLength(1); j++)
            {
                sum[i, j] = left[i, j] + (factor * right[i, j]);
            }
        }

        return sum;
    }
}
