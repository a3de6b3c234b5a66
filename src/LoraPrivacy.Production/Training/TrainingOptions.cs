namespace LoraPrivacy.Production.Training;

/// <summary>How a <see cref="Trainer"/> trains.</summary>
public sealed record TrainingOptions
{
    /// <summary>The number T of steps, at least 1.</summary>
    public long Steps { get; init; } = 100;

    /// <summary>The examples of a step, in [1, number of examples]. With <see cref="Privacy"/> the batch is drawn and this is not used.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>
    /// The most examples that pass through the model at once, at least 1. A larger batch is taken in pieces and the gradients are
    /// added: the same result up to rounding, in less memory.
    /// </summary>
    public int MicroBatchSize { get; init; } = 8;

    /// <summary>The optimiser.</summary>
    public OptimizerOptions Optimizer { get; init; } = new AdamWOptions();

    /// <summary>The learning rate.</summary>
    public LearningRateSchedule Schedule { get; init; } = new();

    /// <summary>
    /// The norm that the gradient of the whole batch is cut down to, positive and finite, or null. No part of DP-SGD, which clips
    /// each example's gradient.
    /// </summary>
    public double? MaxGradientNorm { get; init; }

    /// <summary>
    /// Whether every step but the first merges the adapters into their frozen weights and draws A anew (S22). Needs adapters, and an
    /// optimiser without state, which would belong to the former A.
    /// </summary>
    public bool FreshA { get; init; }

    /// <summary>The mechanism of DP-SGD, or null for plain training.</summary>
    public DpSgdParameters? Privacy { get; init; }

    /// <summary>The δ that ε is reported for, in (0, 1).</summary>
    public double Delta { get; init; } = 1e-5;

    /// <summary>A progress report comes after every so many steps, and after the last; at least 1.</summary>
    public int ReportEvery { get; init; } = 1;

    /// <summary>Checks every member.</summary>
    /// <param name="examples">The number of examples to train on.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    /// <exception cref="ArgumentException">Two exclude each other.</exception>
    public void Validate(long examples)
    {
        OptionRange.Check(Steps >= 1, nameof(Steps), Steps, "at least 1");
        OptionRange.Check(Privacy is not null || (BatchSize >= 1 && BatchSize <= examples), nameof(BatchSize), BatchSize, $"in [1, examples = {examples}]");
        OptionRange.Check(MicroBatchSize >= 1, nameof(MicroBatchSize), MicroBatchSize, "at least 1");
        OptionRange.Check(ReportEvery >= 1, nameof(ReportEvery), ReportEvery, "at least 1");
        OptionRange.Check(Delta is > 0 and < 1, nameof(Delta), Delta, "in (0, 1)");
        OptionRange.Check(MaxGradientNorm is null or (> 0 and < double.PositiveInfinity), nameof(MaxGradientNorm), MaxGradientNorm, "positive and finite");
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Schedule);
        Optimizer.Validate();
        Schedule.Validate(Steps);
        Privacy?.Validate();
        if (Privacy is not null && MaxGradientNorm is not null)
        {
            throw new ArgumentException("MaxGradientNorm and Privacy exclude each other: DP-SGD clips each example's gradient");
        }

        if (FreshA && Optimizer.HasState)
        {
            throw new ArgumentException("FreshA needs SGD without momentum: the state of any other optimiser belongs to the former A");
        }
    }
}
