using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Reference.Models;

/// <summary>One step of stochastic gradient descent on the adapter of one layer.</summary>
/// <param name="DeltaB">The change −η s G Aᵀ of B, n × r.</param>
/// <param name="DeltaA">The change of A, r × m: −η s Bᵀ G if the layer trains A, otherwise 0.</param>
/// <param name="DeltaWeight">
/// The change s (ΔB·A + B·ΔA + ΔB·ΔA) of the effective weight, n × m, formed from those three terms rather than as a
/// difference of weights, so that nothing cancels.
/// </param>
/// <param name="Layer">The layer after the step.</param>
public sealed record LoraUpdate(double[,] DeltaB, double[,] DeltaA, double[,] DeltaWeight, LoraLayer Layer)
{
    /// <summary>Steps against the given gradients.</summary>
    /// <param name="layer">The layer before the step.</param>
    /// <param name="gradients">The gradients to step against, of the layer's shape.</param>
    /// <param name="learningRate">The learning rate η, finite.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is not finite.</exception>
    [Statement("S1")]
    public static LoraUpdate Of(LoraLayer layer, LoraGradients gradients, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(gradients);
        Argument.Finite(learningRate);
        double[,] deltaB = MatrixProduct.Scaled(-learningRate, gradients.GradientB);
        double[,] deltaA = MatrixProduct.Scaled(layer.TrainsA ? -learningRate : 0, gradients.GradientA);
        double[,] nextA = MatrixProduct.Sum(layer.A, deltaA);
        double[,] nextB = MatrixProduct.Sum(layer.B, deltaB);

        // ΔB·(A + ΔA) + B·ΔA
        double[,] change = MatrixProduct.Sum(MatrixProduct.Of(deltaB, nextA), MatrixProduct.Of(layer.B, deltaA));
        return new LoraUpdate(
            deltaB, deltaA, MatrixProduct.Scaled(layer.Scale, change), layer.WithAdapter(nextA, nextB));
    }
}
