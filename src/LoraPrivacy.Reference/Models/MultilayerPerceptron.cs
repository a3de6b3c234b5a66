using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Reference.Models;

/// <summary>
/// A multilayer perceptron whose layers all carry LoRA adapters, in plain doubles: the training oracle. The activation
/// follows every layer but the last, whose outputs are the prediction.
/// </summary>
public sealed class MultilayerPerceptron
{
    /// <summary>A perceptron.</summary>
    /// <param name="layers">The layers, input first; each takes as many inputs as the one before has outputs.</param>
    /// <param name="activation">The activation of the hidden units.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There is no layer, or two neighbouring layers do not fit.</exception>
    public MultilayerPerceptron(IReadOnlyList<LoraLayer> layers, Activation activation)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("layers must have at least one element, but has none", nameof(layers));
        }

        for (int l = 0; l < layers.Count; l++)
        {
            ArgumentNullException.ThrowIfNull(layers[l], $"layers[{l}]");
            if (l > 0 && layers[l].InputDimension != layers[l - 1].OutputDimension)
            {
                throw new ArgumentException(
                    $"layers[{l}] must take {layers[l - 1].OutputDimension} inputs, but takes {layers[l].InputDimension}",
                    nameof(layers));
            }
        }

        if (!Enum.IsDefined(activation))
        {
            throw Argument.OutOfRange(nameof(activation), activation, "a defined activation");
        }

        Layers = [.. layers];
        Activation = activation;
    }

    /// <summary>The layers, input first.</summary>
    public IReadOnlyList<LoraLayer> Layers { get; }

    /// <summary>The activation of the hidden units.</summary>
    public Activation Activation { get; }

    /// <summary>Runs a batch forward and backward.</summary>
    /// <param name="input">The inputs, finite, batch × the first layer's inputs.</param>
    /// <param name="target">
    /// The targets, batch × the last layer's outputs; probability vectors for <see cref="LossFunction.CrossEntropy"/>.
    /// </param>
    /// <param name="loss">The loss.</param>
    /// <returns>The loss and the gradients.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The shapes do not agree, or an element is outside its range.</exception>
    public MultilayerPerceptronStep Step(
        double[,] input, double[,] target, LossFunction loss = LossFunction.CrossEntropy)
    {
        double[][,] inputs = LayerInputs(input);
        double[,] prediction = Layers[^1].Forward(inputs[^1]);
        LossEvaluation evaluation = LossEvaluation.Of(loss, prediction, target);

        // derivatives[l] holds, for each example, the derivative of its own loss by the outputs of layer l.
        double[][,] derivatives = new double[Layers.Count][,];
        derivatives[^1] = evaluation.RowDerivatives;
        for (int l = Layers.Count - 1; l > 0; l--)
        {
            double[,] byInput = MatrixProduct.Of(derivatives[l], Layers[l].EffectiveWeight);
            derivatives[l - 1] = Elementwise(byInput, inputs[l], DerivativeFromValue);
        }

        return new MultilayerPerceptronStep(this, prediction, evaluation, inputs, derivatives);
    }

    /// <summary>The inputs of each layer: those of the model, then the activated outputs of the layer before.</summary>
    private double[][,] LayerInputs(double[,] input)
    {
        ArgumentNullException.ThrowIfNull(input);
        double[][,] inputs = new double[Layers.Count][,];
        inputs[0] = input;
        for (int l = 1; l < inputs.Length; l++)
        {
            double[,] output = Layers[l - 1].Forward(inputs[l - 1]);
            inputs[l] = Elementwise(output, output, (value, _) => Activate(value));
        }

        return inputs;
    }

    private double Activate(double value) => Activation == Activation.Relu ? Math.Max(0, value) : Math.Tanh(value);

    /// <summary>derivative · activation′, which both activations let us write in terms of the activated value.</summary>
    private double DerivativeFromValue(double derivative, double activated) => Activation == Activation.Relu
        ? (activated > 0 ? derivative : 0)
        : derivative * (1 - activated) * (1 + activated);

    private static double[,] Elementwise(double[,] left, double[,] right, Func<double, double, double> function)
    {
        double[,] result = new double[left.GetLength(0), left.GetLength(1)];
        for (int i = 0; i < result.GetLength(0); i++)
        {
            for (int j = 0; j < result.GetLength(1); j++)
            {
                result[i, j] = function(left[i, j], right[i, j]);
            }
        }

        return result;
    }
}
