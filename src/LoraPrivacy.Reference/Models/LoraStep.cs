using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Reference.Models;

/// <summary>Loss and gradients of one batch through one linear layer with a LoRA adapter, and the step they give.</summary>
public sealed class LoraStep
{
    private readonly LoraLayer layer;

    // One n × m matrix an example: made only for those who ask.
    private readonly Lazy<IReadOnlyList<LoraGradients>> examples;

    private LoraStep(LoraLayer layer, double[,] prediction, LossEvaluation evaluation, double[,] input)
    {
        this.layer = layer;
        Prediction = prediction;
        Loss = evaluation.Mean;
        ExampleLosses = evaluation.RowLosses;
        Gradients = LoraGradients.OfBatch(layer, evaluation.RowDerivatives, input);
        examples = new(() => [.. Enumerable.Range(0, input.GetLength(0))
            .Select(example => LoraGradients.OfExample(layer, evaluation.RowDerivatives, input, example))]);
    }

    /// <summary>The loss, the mean over the batch.</summary>
    public double Loss { get; }

    /// <summary>x (W + s B A)ᵀ + bias, batch × n.</summary>
    public double[,] Prediction { get; }

    /// <summary>The gradients of <see cref="Loss"/>: G, s G Aᵀ and s Bᵀ G.</summary>
    public LoraGradients Gradients { get; }

    /// <summary>G, the gradient of <see cref="Loss"/> with respect to the effective weight, n × m.</summary>
    public double[,] Gradient => Gradients.Gradient;

    /// <summary>s G Aᵀ, the gradient of <see cref="Loss"/> with respect to B, n × r.</summary>
    public double[,] GradientB => Gradients.GradientB;

    /// <summary>s Bᵀ G, the gradient of <see cref="Loss"/> with respect to A, r × m.</summary>
    public double[,] GradientA => Gradients.GradientA;

    /// <summary>The loss of each example.</summary>
    public IReadOnlyList<double> ExampleLosses { get; }

    /// <summary>The gradients of each example's own loss; their mean over the batch is <see cref="Gradients"/>.</summary>
    /// <remarks>Computed on first use, from the input as it is then.</remarks>
    public IReadOnlyList<LoraGradients> Examples => examples.Value;

    /// <summary>Runs a batch forward and backward.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">x, finite, batch × m.</param>
    /// <param name="target">The targets, batch × n; probability vectors for <see cref="LossFunction.CrossEntropy"/>.</param>
    /// <param name="loss">The loss.</param>
    /// <returns>The loss and the gradients.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shapes do not agree, or an element is outside its range.</exception>
    public static LoraStep Compute(LoraLayer layer, double[,] input, double[,] target, LossFunction loss)
    {
        ArgumentNullException.ThrowIfNull(layer);
        double[,] prediction = layer.Forward(input);
        return new LoraStep(layer, prediction, LossEvaluation.Of(loss, prediction, target), input);
    }

    /// <summary>One step of stochastic gradient descent on B, and on A if the layer trains it.</summary>
    /// <param name="learningRate">The learning rate η, finite.</param>
    /// <returns>The step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is not finite.</exception>
    [Statement("S1")]
    public LoraUpdate Update(double learningRate) => LoraUpdate.Of(layer, Gradients, learningRate);

    /// <summary>
    /// −η s² G AᵀA, the noisy full step. It equals the change of the effective weight made by <see cref="Update"/> when A
    /// is frozen, and also when B = 0, where the gradient of A vanishes; it differs from it as soon as A moves.
    /// </summary>
    /// <param name="learningRate">The learning rate η, finite.</param>
    /// <returns>The change, n × m.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is not finite.</exception>
    [Statement("S1")]
    public double[,] SketchedStep(double learningRate) => MatrixProduct.Scaled(
        -Argument.Finite(learningRate) * layer.Scale * layer.Scale, GradientSketch.Apply(Gradient, layer.A));
}
