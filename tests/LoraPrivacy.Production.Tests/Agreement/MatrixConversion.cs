namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>Matrices of the reference as tensors of production, and back; both ways are exact from float32 and float64.</summary>
internal static class MatrixConversion
{
    public static Tensor ToTensor(this double[,] matrix, ScalarType type = ScalarType.Float64)
        => tensor(matrix.Cast<double>().ToArray(), [matrix.GetLength(0), matrix.GetLength(1)], ScalarType.Float64).to(type);

    public static double[,] ToMatrix(this Tensor tensor)
    {
        double[] values = tensor.ToVector();
        double[,] matrix = new double[tensor.shape[0], tensor.shape[1]];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }

    public static double[] ToVector(this Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }

    /// <summary>‖actual − expected‖/‖expected‖ in the Frobenius norm; 0 where both are 0.</summary>
    public static double RelativeError(double[,] expected, double[,] actual)
    {
        double difference = 0, size = 0;
        foreach ((double e, double a) in expected.Cast<double>().Zip(actual.Cast<double>()))
        {
            difference += (a - e) * (a - e);
            size += e * e;
        }

        return difference == 0 ? 0 : Math.Sqrt(difference / size);
    }
}
