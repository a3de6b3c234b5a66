namespace LoraPrivacy.Production.Training;

/// <summary>Trains the adapters of a model, or all its parameters, on a problem.</summary>
/// <remarks>
/// Every use of chance is a stream named by purpose and step (<c>shuffle</c>, <c>batch</c>, <c>noise</c>, <c>dropout</c>,
/// <c>A path</c>), so that a step depends on nothing but the source, the parameters and the optimiser's state. Dropout draws from
/// libtorch's generator, which each step seeds from its stream: reproducible, but nothing that privacy could rest on. Not thread-safe.
/// </remarks>
public sealed class Trainer : IDisposable
{
    private readonly RandomSource source;
    private readonly Optimizer optimizer;
    private readonly ExampleOrder order;
    private readonly DpSgdGradient? privateGradient;
    private readonly ProgressMeter meter;

    /// <summary>A trainer of a model's adapters.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="adapters">The adapters of the problem's model; nothing else in the model may be trainable.</param>
    /// <param name="options">How to train.</param>
    /// <param name="source">Where chance comes from.</param>
    /// <param name="accountant">Knows what the steps cost, or null.</param>
    /// <exception cref="ArgumentException">The options or the adapters do not fit.</exception>
    public Trainer(
        LearningProblem problem, LoraAdapters adapters, TrainingOptions options, RandomSource source, IPrivacyAccountant? accountant = null)
        : this(problem, adapters ?? throw new ArgumentNullException(nameof(adapters)), adapters.TrainableParameters, options, source, accountant)
    {
    }

    /// <summary>A trainer of all parameters of a model that ask for gradients, without adapters.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">How to train; without privacy and fresh A, which need adapters.</param>
    /// <param name="source">Where chance comes from.</param>
    /// <exception cref="ArgumentException">The options do not fit.</exception>
    public Trainer(LearningProblem problem, TrainingOptions options, RandomSource source)
        : this(problem, null, Trainable(problem), options, source, null)
    {
    }

    private Trainer(
        LearningProblem problem,
        LoraAdapters? adapters,
        IEnumerable<Parameter> parameters,
        TrainingOptions options,
        RandomSource source,
        IPrivacyAccountant? accountant)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        options.Validate(problem.ExampleCount);
        if (adapters is null && (options.Privacy is not null || options.FreshA))
        {
            throw new ArgumentException("Privacy and FreshA need adapters: only their gradients are taken example by example", nameof(options));
        }

        if (adapters is not null && Trainable(problem).Count() != adapters.TrainableParameters.Count())
        {
            throw new ArgumentException("the model must have no trainable parameters but those of its adapters", nameof(adapters));
        }

        Problem = problem;
        Adapters = adapters;
        Options = options;
        this.source = source;
        Buffer = new ParameterBuffer(parameters);
        optimizer = options.Optimizer.Create(Buffer);
        order = new ExampleOrder(source, problem.ExampleCount, options.BatchSize);
        privateGradient = options.Privacy is null ? null : new DpSgdGradient(problem, adapters!, Buffer, options.Privacy, source);
        meter = new ProgressMeter(problem, options, accountant, Buffer.Values.device);
    }

    /// <summary>The problem.</summary>
    public LearningProblem Problem { get; }

    /// <summary>The adapters, or null where all parameters are trained.</summary>
    public LoraAdapters? Adapters { get; }

    /// <summary>How it trains.</summary>
    public TrainingOptions Options { get; }

    /// <summary>The steps done.</summary>
    public long CompletedSteps { get; private set; }

    /// <summary>What is trained.</summary>
    public ParameterBuffer Buffer { get; }

    internal IReadOnlyDictionary<string, Tensor> OptimizerState => optimizer.State;

    internal RandomSource Source => source;

    /// <summary>What a checkpoint knows this training again by. Taken once: none of it changes.</summary>
    internal SortedDictionary<string, string> Identity => field ??= TrainingIdentity.Of(this);

    /// <summary>Trains until all steps are done, or until cancelled between two steps.</summary>
    /// <param name="progress">Told after every <see cref="TrainingOptions.ReportEvery"/> steps and after the last, or null.</param>
    /// <param name="until">Ends the training once this many steps are done, such as for a checkpoint.</param>
    /// <param name="cancellation">Ends the training after the step under way, without an exception.</param>
    /// <returns>Whether all steps are done.</returns>
    /// <exception cref="ArithmeticException">
    /// A loss, an example's gradient, a parameter or the optimiser's memory is no longer finite: nothing of it is to be released.
    /// </exception>
    public bool Run(IProgress<TrainingProgress>? progress = null, long until = long.MaxValue, CancellationToken cancellation = default)
    {
        meter.Start();
        while (CompletedSteps < Math.Min(Options.Steps, until) && !cancellation.IsCancellationRequested)
        {
            Step();
            if (CompletedSteps % Options.ReportEvery == 0 || CompletedSteps == Options.Steps)
            {
                TrainingProgress report = meter.Report(CompletedSteps);
                if (!IsFinite())
                {
                    throw new ArithmeticException($"a parameter after step {CompletedSteps} is not finite; a lower learning rate may help");
                }

                progress?.Report(report);
            }
        }

        return CompletedSteps == Options.Steps;
    }

    /// <summary>One step.</summary>
    /// <exception cref="InvalidOperationException">All steps are done.</exception>
    public void Step()
    {
        if (CompletedSteps >= Options.Steps)
        {
            throw new InvalidOperationException($"all {Options.Steps} steps are done");
        }

        using var scope = NewDisposeScope();
        long step = CompletedSteps;
        Problem.Model.train();
        SeedDropout(step);
        if (Options.FreshA && step > 0)
        {
            Adapters!.MergeAndRedraw(source, step);
        }

        if (privateGradient is not null)
        {
            DpSgdBatch batch = privateGradient.Compute(step, Options.MicroBatchSize);
            meter.Add(batch.BatchSize, batch.LossSum, batch.Dropped);
        }
        else
        {
            ComputeGradient(order.Batch(step));
        }

        optimizer.Step(step + 1, Options.Schedule.At(step, Options.Steps));
        CompletedSteps = step + 1;
    }

    /// <summary>
    /// Whether the parameters and the optimiser's memory are finite; once all steps are done also what is released of them, in its own type.
    /// </summary>
    internal bool IsFinite()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        IEnumerable<Tensor> released = CompletedSteps < Options.Steps
            ? []
            : [.. Buffer.Parameters, .. Adapters?.Layers.Select(layer => layer.EffectiveWeight()) ?? []];
        return optimizer.State.Values.Prepend(Buffer.Values).Concat(released).All(tensor => tensor.isfinite().all().item<bool>());
    }

    /// <summary>Frees the gradients and the optimiser's state. The model keeps its parameters.</summary>
    public void Dispose()
    {
        meter.Dispose();
        privateGradient?.Dispose();
        optimizer.Dispose();
        Buffer.Dispose();
    }

    /// <summary>Goes on from a checkpoint, whose tensors have been copied into the buffer and the optimiser's state.</summary>
    internal void ContinueFrom(long completedSteps)
    {
        Buffer.Publish();
        CompletedSteps = completedSteps;
    }

    private static IEnumerable<Parameter> Trainable(LearningProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Model.parameters().Where(parameter => parameter.requires_grad);
    }

    private void SeedDropout(long step)
    {
        using RandomSequence sequence = source.Sequence("dropout", step);
        random.manual_seed((long)(sequence.NextUInt64() >> 1));
    }

    private void ComputeGradient(long[] batch)
    {
        Buffer.ClearGradient();
        foreach (long[] examples in batch.Chunk(Options.MicroBatchSize))
        {
            using var scope = NewDisposeScope();
            Tensor sum = Problem.ExampleLosses(examples).sum();
            (sum * HeldScalar.Of(1.0 / batch.Length)).backward();
            meter.Add(examples.Length, sum.detach(), null);
        }

        if (Options.MaxGradientNorm is double limit)
        {
            using var frozen = no_grad();
            using var scope = NewDisposeScope();
            Tensor norm = Buffer.WideGradient().norm().add_(HeldScalar.Of(1e-6), HeldScalar.One);
            Buffer.Gradient.mul_(norm.reciprocal_().mul_(HeldScalar.Of(limit)).clamp_max_(HeldScalar.One));
        }
    }
}
