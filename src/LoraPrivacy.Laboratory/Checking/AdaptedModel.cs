namespace LoraPrivacy.Laboratory.Checking;

/// <summary>A problem of production whose model has adapters.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Adapters">Its adapters.</param>
/// <param name="Source">Where chance in training comes from.</param>
internal sealed record AdaptedModel(LearningProblem Problem, LoraAdapters Adapters, RandomSource Source) : IDisposable
{
    /// <summary>The numbers of all examples.</summary>
    public long[] AllExamples => [.. Enumerable.Range(0, (int)Problem.ExampleCount).Select(example => (long)example)];

    public LoraLinear Layer(string path) => Adapters.Layers.Single(layer => layer.Path == path);

    /// <summary>The mean loss of a batch, without a graph.</summary>
    public double Loss(ReadOnlySpan<long> batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return Problem.ExampleLosses(batch).mean().to(ScalarType.Float64).item<double>();
    }

    /// <summary>The gradients of the mean loss of a batch in some parameters, as n × m of the parameter's own shape.</summary>
    public Tensor[] Gradients(ReadOnlySpan<long> batch, IList<Tensor> parameters)
    {
        using var scope = NewDisposeScope();
        IList<Tensor> gradients = autograd.grad([Problem.ExampleLosses(batch).mean()], parameters);
        return [.. gradients.Select(gradient => gradient.MoveToOuterDisposeScope())];
    }

    /// <summary>
    /// G of every adapted layer, n × m, by a full backward pass to the frozen weights: what full fine-tuning would see at the present
    /// weights.
    /// </summary>
    public double[][,] FullGradients(ReadOnlySpan<long> batch)
    {
        using var scope = NewDisposeScope();
        foreach (LoraLinear layer in Adapters.Layers)
        {
            layer.Weight.requires_grad = true;
        }

        Tensor[] gradients = Gradients(batch, [.. Adapters.Layers.Select(layer => (Tensor)layer.Weight)]);
        foreach (LoraLinear layer in Adapters.Layers)
        {
            layer.Weight.requires_grad = false;
        }

        return [.. Adapters.Layers.Select((layer, l) => TensorMatrix.Of(layer.FanInFanOut ? gradients[l].t() : gradients[l]))];
    }

    /// <summary>Production's trainer, for plain gradient descent on all examples at once.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="steps">The most steps.</param>
    public Trainer FullBatchTrainer(double learningRate, long steps)
    {
        TrainingOptions options = new()
        {
            Steps = steps,
            BatchSize = (int)Problem.ExampleCount,
            MicroBatchSize = (int)Problem.ExampleCount,
            Optimizer = new SgdOptions(),
            Schedule = new LearningRateSchedule { Peak = learningRate },
        };
        return new Trainer(Problem, Adapters, options, Source);
    }

    /// <summary>s B A of a layer, n × m.</summary>
    public static double[,] AdapterWeight(LoraLinear layer)
    {
        using var scope = NewDisposeScope();
        Tensor weight = layer.AdapterWeight();
        return TensorMatrix.Of(layer.FanInFanOut ? weight.t() : weight);
    }

    public void Dispose() => Problem.Model.Dispose();
}

/// <summary>Copies of production's layers for the reference to compute with.</summary>
internal static class ReferenceModel
{
    public static LoraLayer LayerOf(LoraLinear layer) => new(
        TensorMatrix.Of(layer.FanInFanOut ? layer.Weight.t() : layer.Weight),
        TensorMatrix.Of(layer.A),
        TensorMatrix.Of(layer.B),
        layer.Scale,
        layer.TrainsA,
        layer.Bias is null ? null : TensorMatrix.Values(layer.Bias));

    /// <summary>The perceptron whose every layer has an adapter.</summary>
    public static MultilayerPerceptron PerceptronOf(LoraAdapters adapters) => new([.. adapters.Layers.Select(LayerOf)], Activation.Tanh);
}
