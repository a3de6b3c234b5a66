using System.Diagnostics;

namespace LoraPrivacy.Production.Training;

/// <summary>Adds up what the steps since the last report saw, on the training's device, so that a step waits for nothing.</summary>
internal sealed class ProgressMeter : IDisposable
{
    private readonly LearningProblem problem;
    private readonly TrainingOptions options;
    private readonly IPrivacyAccountant? accountant;
    private readonly Tensor losses;
    private readonly Tensor dropped;
    private long examples;
    private long start;

    public ProgressMeter(LearningProblem problem, TrainingOptions options, IPrivacyAccountant? accountant, Device device)
    {
        this.problem = problem;
        this.options = options;
        this.accountant = accountant;
        using var scope = NewDisposeScope();
        losses = zeros(1, ScalarType.Float64, device).DetachFromDisposeScope();
        dropped = zeros(1, ScalarType.Int64, device).DetachFromDisposeScope();
        start = Stopwatch.GetTimestamp();
    }

    /// <summary>Counts examples, with the sum of their losses.</summary>
    public void Add(long count, Tensor lossSum, Tensor? droppedCount)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        examples += count;
        losses.add_(lossSum, HeldScalar.One);
        if (droppedCount is not null)
        {
            dropped.add_(droppedCount, HeldScalar.One);
        }
    }

    /// <summary>Starts the clock, unless steps since the last report are being timed already.</summary>
    public void Start()
    {
        if (examples == 0)
        {
            start = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>What was seen since the last report, which this ends.</summary>
    public TrainingProgress Report(long step)
    {
        double? loss = examples == 0 ? null : losses.item<double>() / examples;
        if (loss is double value && !double.IsFinite(value))
        {
            throw new ArithmeticException(
                $"the loss at step {step} is {value}; a lower learning rate{(options.Privacy is null ? " or MaxGradientNorm" : "")} may help");
        }

        if (dropped.item<long>() > 0)
        {
            throw new ArithmeticException($"the gradient of an example at step {step} is not finite; a lower learning rate may help");
        }

        TrainingProgress report = new(
            step,
            options.Steps,
            loss,
            options.Schedule.At(step - 1, options.Steps),
            examples * problem.UnitsPerExample / Stopwatch.GetElapsedTime(start).TotalSeconds,
            problem.UnitName,
            Environment.WorkingSet,
            new Lazy<double?>(() => Epsilon(step)),
            options.Privacy is null ? "plain training adds no noise"
                : accountant is null ? "no accountant was given" : "the accountant knows no bound");

        // In-place operations return a tensor as well.
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        examples = 0;
        losses.zero_();
        start = Stopwatch.GetTimestamp();
        return report;
    }

    public void Dispose()
    {
        losses.Dispose();
        dropped.Dispose();
    }

    private double? Epsilon(long step)
        => options.Privacy is null ? null : accountant?.EpsilonSoFar(options.Privacy, step, options.Delta);
}
