using static TorchSharp.torch;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>
/// One adapted layer at a real batch: the inputs that reach it and the gradient in its outputs, both from a pass through the whole model
/// at B = 0, where they do not depend on A. So a step of the layer alone is the step that the model would make, and many can be drawn.
/// </summary>
internal sealed class LayerStep : IDisposable
{
    private readonly LoraLinear _layer;
    private readonly Tensor _input;
    private readonly Tensor _outputGradient;

    /// <summary>Runs the model once.</summary>
    /// <param name="model">A model whose adapters have B = 0.</param>
    /// <param name="path">The layer.</param>
    /// <param name="batch">The examples; their losses are averaged.</param>
    public LayerStep(AdaptedModel model, string path, ReadOnlySpan<long> batch)
    {
        _layer = model.Layer(path);
        using var scope = NewDisposeScope();
        _layer.SavesActivations = true;
        Tensor loss = model.Problem.ExampleLosses(batch).mean();
        SavedActivations saved = _layer.Saved!;
        Tensor gradient = autograd.grad([loss], [saved.Output])[0];
        _input = saved.Input.detach().reshape(-1, _layer.InputFeatures).contiguous().DetachFromDisposeScope();
        _outputGradient = gradient.detach().reshape(-1, _layer.OutputFeatures).contiguous().DetachFromDisposeScope();
        Gradient = TensorMatrix.Of(_outputGradient.t().matmul(_input));

        // This releases what was saved.
        _layer.SavesActivations = false;
    }

    /// <summary>G, n × m.</summary>
    public double[,] Gradient { get; }

    /// <summary>The layer's rank.</summary>
    public int Rank => _layer.Rank;

    /// <summary>Draws A anew and makes one step of gradient descent at rate 1 from B = 0.</summary>
    /// <param name="sequence">Where A comes from.</param>
    /// <returns>−ΔW, n × m: what full descent would have as its gradient.</returns>
    public double[,] Draw(RandomSequence sequence)
    {
        _layer.DrawA(sequence);
        return Step();
    }

    /// <summary>One step of gradient descent at rate 1 from B = 0, with the A that is there.</summary>
    public double[,] Step()
    {
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            _layer.B.zero_();
        }

        Tensor gradient = autograd.grad([(_layer.call(_input) * _outputGradient).sum()], [_layer.B])[0];
        using (no_grad())
        {
            _layer.B.sub_(gradient);
        }

        double[,] step = AdaptedModel.AdapterWeight(_layer);
        for (int i = 0; i < step.GetLength(0); i++)
        {
            for (int j = 0; j < step.GetLength(1); j++)
            {
                step[i, j] = -step[i, j];
            }
        }

        return step;
    }

    /// <summary>One step of gradient descent at rate 1 from B = 0, with the A that another step of the same layer has.</summary>
    public double[,] StepWithAOf(LayerStep other)
    {
        if (!ReferenceEquals(other._layer, _layer))
        {
            using var frozen = no_grad();
            _layer.A.copy_(other._layer.A);
        }

        return Step();
    }

    /// <summary>B and A after the last step, n × r and r × m.</summary>
    public (double[,] B, double[,] A) Factors() => (TensorMatrix.Of(_layer.B), TensorMatrix.Of(_layer.A));

    /// <summary>The adapter's scale.</summary>
    public double Scale => _layer.Scale;

    /// <summary>Frees the batch.</summary>
    public void Dispose()
    {
        _input.Dispose();
        _outputGradient.Dispose();
    }
}
