namespace LoraPrivacy.Laboratory.Checking;

/// <summary>Tensors of production as arrays for the reference.</summary>
internal static class TensorMatrix
{
    /// <summary>The numbers in row-major order.</summary>
    public static double[] Values(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return tensor.detach().to(CPU).to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>A tensor of two dimensions.</summary>
    public static double[,] Of(Tensor tensor)
    {
        double[,] matrix = new double[tensor.shape[0], tensor.shape[1]];
        Buffer.BlockCopy(Values(tensor), 0, matrix, 0, matrix.Length * sizeof(double));
        return matrix;
    }

    /// <summary>‖left − right‖/‖right‖, Frobenius norms; 0 where both are 0.</summary>
    public static double RelativeDistance(double[,] left, double[,] right)
    {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < right.GetLength(0); i++)
        {
            for (int j = 0; j < right.GetLength(1); j++)
            {
                difference += (left[i, j] - right[i, j]) * (left[i, j] - right[i, j]);
                size += right[i, j] * right[i, j];
            }
        }

        return difference == 0 ? 0 : Math.Sqrt(difference / size);
    }
}
