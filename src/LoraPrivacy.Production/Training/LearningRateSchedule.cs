namespace LoraPrivacy.Production.Training;

/// <summary>How the learning rate falls after the warm-up.</summary>
public enum LearningRateDecay
{
    /// <summary>Not at all.</summary>
    Constant,

    /// <summary>Along a line to 0 at the end of the training.</summary>
    Linear,

    /// <summary>Along half a cosine to 0 at the end of the training.</summary>
    Cosine,
}

/// <summary>The learning rate of each step: a linear warm-up, then a constant or a decay to 0.</summary>
public sealed record LearningRateSchedule
{
    /// <summary>The largest rate η, positive and finite.</summary>
    public double Peak { get; init; } = 1e-3;

    /// <summary>The number W of steps below the peak at the start, at least 0.</summary>
    public long Warmup { get; init; }

    /// <summary>What follows the warm-up.</summary>
    public LearningRateDecay Decay { get; init; }

    /// <summary>Checks every member.</summary>
    /// <param name="steps">The steps T of the whole training.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate(long steps)
    {
        OptionRange.Check(Peak is > 0 and < double.PositiveInfinity, "learning rate", Peak, "positive and finite");
        OptionRange.Check(Warmup >= 0 && Warmup < steps, nameof(Warmup), Warmup, $"in [0, Steps = {steps})");
        OptionRange.Check(Enum.IsDefined(Decay), nameof(Decay), Decay, $"a {nameof(LearningRateDecay)}");
    }

    /// <summary>
    /// The rate of a step t: η(t + 1)/(W + 1) for t &lt; W, and with u = (t − W)/(T − W) afterwards η, η(1 − u) or η(1 + cos πu)/2.
    /// </summary>
    /// <param name="step">t, in [0, <paramref name="steps"/>).</param>
    /// <param name="steps">T.</param>
    public double At(long step, long steps)
    {
        if (step < Warmup)
        {
            return Peak * (step + 1) / (Warmup + 1);
        }

        double done = (double)(step - Warmup) / (steps - Warmup);
        return Decay switch
        {
            LearningRateDecay.Linear => Peak * (1 - done),
            LearningRateDecay.Cosine => Peak * 0.5 * (1 + Math.Cos(Math.PI * done)),
            _ => Peak,
        };
    }
}
