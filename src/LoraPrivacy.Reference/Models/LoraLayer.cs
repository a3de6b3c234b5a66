using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Reference.Models;

/// <summary>
/// A linear layer with a LoRA adapter: x ↦ x (W + s B A)ᵀ + bias, with W and the bias frozen, B trained, and A frozen
/// or trained.
/// </summary>
/// <remarks>The layer copies its arrays; those it returns are its own and are not to be written to.</remarks>
public sealed class LoraLayer
{
    /// <summary>A layer with an adapter.</summary>
    /// <param name="weight">W, finite, outputs × inputs (n × m).</param>
    /// <param name="a">A, finite, r × m.</param>
    /// <param name="b">B, finite, n × r; zero at the usual start of training.</param>
    /// <param name="scale">The LoRA scale s, finite; see <see cref="LoraScaling"/>.</param>
    /// <param name="trainsA">Whether a step moves A as well. Statement S1 is exact only when it does not.</param>
    /// <param name="bias">The frozen bias, of length n; null for none.</param>
    /// <exception cref="ArgumentNullException">A matrix is null.</exception>
    /// <exception cref="ArgumentException">The shapes do not agree, or an element or the scale is not finite.</exception>
    public LoraLayer(
        double[,] weight, double[,] a, double[,] b, double scale, bool trainsA = false, double[]? bias = null)
    {
        Argument.AllFinite(weight, nameof(weight));
        Argument.AllFinite(a, nameof(a));
        Argument.AllFinite(b, nameof(b));
        CheckShape(a, a.GetLength(0), weight.GetLength(1), nameof(a));
        CheckShape(b, weight.GetLength(0), a.GetLength(0), nameof(b));
        if (bias is not null)
        {
            Argument.SameLength(bias.Length, weight.GetLength(0), nameof(bias));
            Argument.AllFinite(bias, nameof(bias));
        }

        Weight = (double[,])weight.Clone();
        A = (double[,])a.Clone();
        B = (double[,])b.Clone();
        Bias = (double[]?)bias?.Clone();
        Scale = Argument.Finite(scale);
        TrainsA = trainsA;
        EffectiveWeight = MatrixProduct.Sum(Weight, MatrixProduct.Of(B, A), Scale);
    }

    /// <summary>The frozen weight W, n × m.</summary>
    public double[,] Weight { get; }

    /// <summary>A, r × m.</summary>
    public double[,] A { get; }

    /// <summary>B, n × r.</summary>
    public double[,] B { get; }

    /// <summary>The frozen bias, of length n, or null.</summary>
    public double[]? Bias { get; }

    /// <summary>The LoRA scale s.</summary>
    public double Scale { get; }

    /// <summary>Whether a step moves A as well as B.</summary>
    public bool TrainsA { get; }

    /// <summary>W + s B A, n × m.</summary>
    public double[,] EffectiveWeight { get; }

    /// <summary>The number of inputs m.</summary>
    public int InputDimension => Weight.GetLength(1);

    /// <summary>The number of outputs n.</summary>
    public int OutputDimension => Weight.GetLength(0);

    /// <summary>The rank r.</summary>
    public int Rank => A.GetLength(0);

    /// <summary>x (W + s B A)ᵀ + bias.</summary>
    /// <param name="input">x, finite, batch × m.</param>
    /// <returns>The outputs, batch × n.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="input"/> is null.</exception>
    /// <exception cref="ArgumentException">The shape does not agree, or an element is not finite.</exception>
    public double[,] Forward(double[,] input)
    {
        Argument.AllFinite(input, nameof(input));
        CheckShape(input, input.GetLength(0), InputDimension, nameof(input));
        double[,] output = MatrixProduct.WithTransposedRight(input, EffectiveWeight);
        if (Bias is not null)
        {
            for (int i = 0; i < output.GetLength(0); i++)
            {
                for (int j = 0; j < output.GetLength(1); j++)
                {
                    output[i, j] += Bias[j];
                }
            }
        }

        return output;
    }

    internal LoraLayer WithAdapter(double[,] a, double[,] b) => new(Weight, a, b, Scale, TrainsA, Bias);

    private static void CheckShape(double[,] matrix, int rows, int columns, string name)
    {
        if (matrix.GetLength(0) != rows || matrix.GetLength(1) != columns)
        {
            throw new ArgumentException(
                $"{name} must be {rows} × {columns}, but is {matrix.GetLength(0)} × {matrix.GetLength(1)}", name);
        }
    }
}
