using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Reference.Models;

/// <summary>The gradients of a loss with respect to the matrices of one adapted layer.</summary>
/// <param name="Gradient">G, n × m: with respect to the effective weight W + s B A.</param>
/// <param name="GradientB">s G Aᵀ, n × r: with respect to B.</param>
/// <param name="GradientA">s Bᵀ G, r × m: with respect to A, whether or not A is trained.</param>
public sealed record LoraGradients(double[,] Gradient, double[,] GradientB, double[,] GradientA)
{
    /// <summary>The mean over a batch: derivatives is batch × n, one row an example, undivided.</summary>
    internal static LoraGradients OfBatch(LoraLayer layer, double[,] derivatives, double[,] input)
    {
        double[,] sum = MatrixProduct.WithTransposedLeft(derivatives, input);
        return FromGradient(layer, MatrixProduct.Scaled(1.0 / input.GetLength(0), sum));
    }

    internal static LoraGradients OfExample(LoraLayer layer, double[,] derivatives, double[,] input, int example)
    {
        double[,] gradient = new double[layer.OutputDimension, layer.InputDimension];
        for (int i = 0; i < layer.OutputDimension; i++)
        {
            for (int j = 0; j < layer.InputDimension; j++)
            {
                gradient[i, j] = derivatives[example, i] * input[example, j];
            }
        }

        return FromGradient(layer, gradient);
    }

    private static LoraGradients FromGradient(LoraLayer layer, double[,] gradient) => new(
        gradient,
        MatrixProduct.Scaled(layer.Scale, MatrixProduct.WithTransposedRight(gradient, layer.A)),
        MatrixProduct.Scaled(layer.Scale, MatrixProduct.WithTransposedLeft(layer.B, gradient)));
}
