namespace LoraPrivacy.Production.Training;

/// <summary>What one DP-SGD step saw. Computed from the data without noise: for the one who trains, not for release.</summary>
/// <param name="BatchSize">The number of examples drawn.</param>
/// <param name="Dropped">How many of them had a gradient that is not finite, and counted as zero; the training then ends without a release.</param>
/// <param name="LossSum">The sum of their losses, float64 with one element on the training's device.</param>
internal sealed record DpSgdBatch(long BatchSize, Tensor Dropped, Tensor LossSum);

/// <summary>The gradient of DP-SGD: the noisy sum of the clipped gradients of a Poisson sample, divided by the expected batch size.</summary>
/// <remarks>
/// The noise is drawn on the CPU, the same for every device. Sum and noise are whole numbers of steps of a lattice, held in float64, so that
/// their sum is exact and reveals nothing by its last bits (Mironov, 2012; S29). What is not covered: how long a step takes, which tells the
/// size of the batch.
/// </remarks>
internal sealed class DpSgdGradient : IDisposable
{
    private readonly LearningProblem problem;
    private readonly LoraAdapters adapters;
    private readonly ParameterBuffer buffer;
    private readonly DpSgdParameters parameters;
    private readonly RandomSource source;
    private readonly NoiseLattice lattice;
    private readonly Tensor sum;

    public DpSgdGradient(
        LearningProblem problem, LoraAdapters adapters, ParameterBuffer buffer, DpSgdParameters parameters, RandomSource source)
    {
        this.problem = problem;
        this.adapters = adapters;
        this.buffer = buffer;
        this.parameters = parameters;
        this.source = source;
        OptionRange.Check(problem.ExampleCount <= NoiseLattice.MostExamples, "number of examples", problem.ExampleCount, $"at most {NoiseLattice.MostExamples} with DP-SGD");
        lattice = new NoiseLattice(parameters);
        using var scope = NewDisposeScope();
        sum = zeros(buffer.Count, ScalarType.Float64, buffer.Values.device).DetachFromDisposeScope();
        foreach (LoraLinear layer in adapters.Layers)
        {
            layer.SavesActivations = true;
        }
    }

    public long[] Batch(long step)
    {
        using RandomSequence sequence = source.Sequence("batch", step);
        return PoissonSampling.Sample(problem.ExampleCount, parameters.SamplingRate, sequence);
    }

    /// <summary>Writes the gradient of a step into the buffer.</summary>
    /// <param name="step">The step, which names its batch and its noise.</param>
    /// <param name="microBatchSize">The most examples that pass through the model at once.</param>
    /// <returns>What was seen; its tensors belong to the caller's dispose scope.</returns>
    public DpSgdBatch Compute(long step, int microBatchSize)
    {
        using var scope = NewDisposeScope();
        long[] batch = Batch(step);
        Tensor losses = zeros(1, ScalarType.Float64, sum.device);
        Tensor dropped = zeros(1, ScalarType.Int64, sum.device);
        sum.zero_();
        for (int start = 0; start < batch.Length; start += microBatchSize)
        {
            AddClipped(batch.AsSpan(start, Math.Min(microBatchSize, batch.Length - start)), losses, dropped);
        }

        using RandomSequence sequence = source.Sequence("noise", step);
        Tensor noise = lattice.Noise(sequence, buffer.Count).to(sum.device);
        using (no_grad())
        {
            sum.add_(noise, HeldScalar.One).clamp_(HeldScalar.Of(-NoiseLattice.LargestSum), HeldScalar.Of(NoiseLattice.LargestSum));
            sum.mul_(HeldScalar.Of(lattice.Granularity)).div_(HeldScalar.Of(parameters.ExpectedBatchSize));
            buffer.Gradient.copy_(sum);
        }

        return new DpSgdBatch(batch.Length, dropped.MoveToOuterDisposeScope(), losses.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        sum.Dispose();
        foreach (LoraLinear layer in adapters.Layers)
        {
            layer.SavesActivations = false;
        }
    }

    private void AddClipped(ReadOnlySpan<long> examples, Tensor lossSum, Tensor dropped)
    {
        using var scope = NewDisposeScope();
        Tensor losses = problem.ExampleLosses(examples);
        IReadOnlyList<Tensor> gradients = PerExampleGradients.Compute(adapters, losses);
        Tensor factors = GradientClipping.Factors(gradients, parameters.ClippingNorm);
        GradientClipping.AddClipped(gradients, factors, lattice.Granularity, sum);
        using var frozen = no_grad();
        lossSum.add_(losses.sum().to(ScalarType.Float64), HeldScalar.One);
        dropped.add_(factors.eq(HeldScalar.Of(0.0)).sum());
    }
}
