namespace LoraPrivacy.Reference.Models;

/// <summary>Loss and gradients of one batch through a <see cref="MultilayerPerceptron"/>.</summary>
public sealed class MultilayerPerceptronStep
{
    private readonly MultilayerPerceptron model;

    internal MultilayerPerceptronStep(
        MultilayerPerceptron model, double[,] prediction, LossEvaluation evaluation,
        IReadOnlyList<double[,]> inputs, IReadOnlyList<double[,]> derivatives)
    {
        this.model = model;
        Prediction = prediction;
        Loss = evaluation.Mean;
        ExampleLosses = evaluation.RowLosses;
        Gradients = [.. model.Layers.Select((layer, l) => LoraGradients.OfBatch(layer, derivatives[l], inputs[l]))];
        Examples = [.. Enumerable.Range(0, prediction.GetLength(0)).Select(example => ExampleGradients(example))];

        IReadOnlyList<LoraGradients> ExampleGradients(int example)
            => [.. model.Layers.Select((layer, l) => LoraGradients.OfExample(layer, derivatives[l], inputs[l], example))];
    }

    /// <summary>The loss, the mean over the batch.</summary>
    public double Loss { get; }

    /// <summary>The outputs of the last layer (the logits, for cross-entropy), batch × outputs.</summary>
    public double[,] Prediction { get; }

    /// <summary>The gradients of <see cref="Loss"/>, one element a layer, first layer first.</summary>
    public IReadOnlyList<LoraGradients> Gradients { get; }

    /// <summary>The loss of each example.</summary>
    public IReadOnlyList<double> ExampleLosses { get; }

    /// <summary>
    /// The gradients of each example's own loss: <c>Examples[i][l]</c> belongs to example i and layer l. Their mean over
    /// the examples is <see cref="Gradients"/>.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<LoraGradients>> Examples { get; }

    /// <summary>One step of stochastic gradient descent on every B, and on A in the layers that train it.</summary>
    /// <param name="learningRate">The learning rate η, finite.</param>
    /// <returns>The step of each layer, first layer first; their layers make up the next model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is not finite.</exception>
    [Statement("S1")]
    public IReadOnlyList<LoraUpdate> Update(double learningRate)
        => [.. model.Layers.Select((layer, l) => LoraUpdate.Of(layer, Gradients[l], learningRate))];
}
