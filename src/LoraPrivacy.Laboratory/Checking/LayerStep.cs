namespace LoraPrivacy.Laboratory.Checking;

/// <summary>
/// One adapted layer at a real batch: the inputs that reach it and the gradient in its outputs, both from a pass through the whole model
/// at B = 0, where they do not depend on A. So a step of the layer alone is the step that the model would make, and many can be drawn.
/// </summary>
internal sealed class LayerStep : IDisposable
{
    private readonly LoraLinear layer;
    private readonly Tensor input;
    private readonly Tensor outputGradient;

    /// <summary>Runs the model once.</summary>
    /// <param name="model">A model whose adapters have B = 0.</param>
    /// <param name="path">The layer.</param>
    /// <param name="batch">The examples; their losses are averaged.</param>
    public LayerStep(AdaptedModel model, string path, ReadOnlySpan<long> batch)
    {
        layer = model.Layer(path);
        using var scope = NewDisposeScope();
        layer.SavesActivations = true;
        Tensor loss = model.Problem.ExampleLosses(batch).mean();
        SavedActivations saved = layer.Saved!;
        Tensor gradient = autograd.grad([loss], [saved.Output])[0];
        input = saved.Input.detach().reshape(-1, layer.InputFeatures).contiguous().DetachFromDisposeScope();
        outputGradient = gradient.detach().reshape(-1, layer.OutputFeatures).contiguous().DetachFromDisposeScope();
        Gradient = TensorMatrix.Of(outputGradient.t().matmul(input));

        // This releases what was saved.
        layer.SavesActivations = false;
    }

    /// <summary>G, n × m.</summary>
    public double[,] Gradient { get; }

    public int Rank => layer.Rank;

    /// <summary>Draws A anew and makes one step of gradient descent at rate 1 from B = 0.</summary>
    /// <param name="sequence">Where A comes from.</param>
    /// <returns>−ΔW, n × m: what full descent would have as its gradient.</returns>
    public double[,] Draw(RandomSequence sequence)
    {
        layer.DrawA(sequence);
        return Step();
    }

    /// <summary>One step of gradient descent at rate 1 from B = 0, with the A that is there.</summary>
    public double[,] Step()
    {
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            layer.B.zero_();
        }

        Tensor gradient = autograd.grad([(layer.call(input) * outputGradient).sum()], [layer.B])[0];
        using (no_grad())
        {
            layer.B.sub_(gradient);
        }

        double[,] step = AdaptedModel.AdapterWeight(layer);
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
        if (!ReferenceEquals(other.layer, layer))
        {
            using var frozen = no_grad();
            layer.A.copy_(other.layer.A);
        }

        return Step();
    }

    /// <summary>B and A after the last step, n × r and r × m.</summary>
    public (double[,] B, double[,] A) Factors() => (TensorMatrix.Of(layer.B), TensorMatrix.Of(layer.A));

    public double Scale => layer.Scale;

    public void Dispose()
    {
        input.Dispose();
        outputGradient.Dispose();
    }
}
