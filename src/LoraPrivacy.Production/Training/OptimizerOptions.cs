namespace LoraPrivacy.Production.Training;

/// <summary>Which optimiser, and its constants; the learning rate comes from a <see cref="LearningRateSchedule"/>.</summary>
public abstract record OptimizerOptions
{
    private protected OptimizerOptions()
    {
    }

    /// <summary>The weight decay λ, at least 0 and finite: part of the gradient for SGD, decoupled from it for AdamW.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether a step depends on earlier ones through more than the parameters.</summary>
    public abstract bool HasState { get; }

    /// <summary>Checks every member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public virtual void Validate() => OptionRange.Check(WeightDecay is >= 0 and < double.PositiveInfinity, nameof(WeightDecay), WeightDecay, "at least 0 and finite");

    /// <summary>An optimiser of these parameters, at its first step.</summary>
    internal abstract Optimizer Create(ParameterBuffer buffer);
}

/// <summary>Stochastic gradient descent: v ← μv + g + λw, w ← w − ηv, as PyTorch's SGD without dampening.</summary>
public sealed record SgdOptions : OptimizerOptions
{
    /// <summary>The momentum μ, in [0, 1).</summary>
    public double Momentum { get; init; }

    /// <summary>Whether there is momentum.</summary>
    public override bool HasState => Momentum > 0;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionRange.Check(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "in [0, 1)");
    }

    internal override Optimizer Create(ParameterBuffer buffer) => new Sgd(buffer, this);
}

/// <summary>
/// AdamW (Loshchilov and Hutter, 2019), by PyTorch's formula: w ← (1 − ηλ)w, m ← m + (1 − β₁)(g − m), v ← β₂v + (1 − β₂)g²,
/// w ← w − η/(1 − β₁ᵗ) · m/(√v/√(1 − β₂ᵗ) + ε).
/// </summary>
public sealed record AdamWOptions : OptimizerOptions
{
    /// <summary>β₁, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, positive and finite.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>True.</summary>
    public override bool HasState => true;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        OptionRange.Check(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "in [0, 1)");
        OptionRange.Check(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "in [0, 1)");
        OptionRange.Check(Epsilon is > 0 and < double.PositiveInfinity, nameof(Epsilon), Epsilon, "positive and finite");
    }

    internal override Optimizer Create(ParameterBuffer buffer) => new AdamW(buffer, this);
}
