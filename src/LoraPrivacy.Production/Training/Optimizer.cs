namespace LoraPrivacy.Production.Training;

/// <summary>Moves the parameters of a buffer along their gradient.</summary>
internal abstract class Optimizer(ParameterBuffer buffer) : IDisposable
{
    /// <summary>What it remembers between steps, by name: flat tensors of the buffer's length, on its device.</summary>
    public abstract IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>One step.</summary>
    /// <param name="number">The number of this step, counted from 1.</param>
    /// <param name="learningRate">η.</param>
    public void Step(long number, double learningRate)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Move(buffer.Values, buffer.WideGradient(), number, learningRate);
        buffer.Publish();
    }

    public void Dispose()
    {
        foreach (Tensor tensor in State.Values)
        {
            tensor.Dispose();
        }
    }

    protected abstract void Move(Tensor values, Tensor gradient, long number, double learningRate);

    protected static Tensor Zeros(ParameterBuffer buffer)
    {
        using var scope = NewDisposeScope();
        return zeros_like(buffer.Values).DetachFromDisposeScope();
    }
}

/// <inheritdoc cref="SgdOptions"/>
internal sealed class Sgd : Optimizer
{
    private readonly SgdOptions options;
    private readonly Tensor? velocity;

    public Sgd(ParameterBuffer buffer, SgdOptions options)
        : base(buffer)
    {
        this.options = options;
        velocity = options.HasState ? Zeros(buffer) : null;
        State = velocity is null ? new Dictionary<string, Tensor>() : new() { ["velocity"] = velocity };
    }

    public override IReadOnlyDictionary<string, Tensor> State { get; }

    protected override void Move(Tensor values, Tensor gradient, long number, double learningRate)
    {
        Tensor direction = options.WeightDecay > 0 ? gradient.add(values, HeldScalar.Of(options.WeightDecay)) : gradient;
        if (velocity is not null)
        {
            direction = velocity.mul_(HeldScalar.Of(options.Momentum)).add_(direction, HeldScalar.One);
        }

        values.add_(direction, HeldScalar.Of(-learningRate));
    }
}

/// <inheritdoc cref="AdamWOptions"/>
internal sealed class AdamW : Optimizer
{
    private readonly AdamWOptions options;
    private readonly Tensor mean;
    private readonly Tensor square;

    public AdamW(ParameterBuffer buffer, AdamWOptions options)
        : base(buffer)
    {
        this.options = options;
        mean = Zeros(buffer);
        square = Zeros(buffer);
        State = new Dictionary<string, Tensor> { ["mean"] = mean, ["square"] = square };
    }

    public override IReadOnlyDictionary<string, Tensor> State { get; }

    protected override void Move(Tensor values, Tensor gradient, long number, double learningRate)
    {
        values.mul_(HeldScalar.Of(1 - (learningRate * options.WeightDecay)));
        mean.lerp_(gradient, tensor(1 - options.Beta1, mean.dtype, mean.device));
        square.mul_(HeldScalar.Of(options.Beta2)).addcmul_(gradient, gradient, HeldScalar.Of(1 - options.Beta2));
        Tensor denominator = square.sqrt()
            .div_(HeldScalar.Of(Math.Sqrt(1 - Math.Pow(options.Beta2, number)))).add_(HeldScalar.Of(options.Epsilon), HeldScalar.One);
        values.addcdiv_(mean, denominator, HeldScalar.Of(-learningRate / (1 - Math.Pow(options.Beta1, number))));
    }
}
