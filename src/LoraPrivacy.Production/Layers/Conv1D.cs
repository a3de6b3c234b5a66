namespace LoraPrivacy.Production.Layers;

/// <summary>GPT-2's linear layer, which stores its weight as inputs × outputs: x ↦ x W + bias (PEFT's fan_in_fan_out).</summary>
public sealed class Conv1D : nn.Module<Tensor, Tensor>
{
    // The names of the fields are the names in checkpoints.
    private readonly Parameter weight;
    private readonly Parameter bias;

    /// <summary>A layer with zero weight and bias.</summary>
    /// <param name="inputs">The number of inputs, at least 1.</param>
    /// <param name="outputs">The number of outputs, at least 1.</param>
    /// <param name="dtype">The type of weight and bias.</param>
    /// <param name="device">Their device; null for the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public Conv1D(long inputs, long outputs, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(Conv1D))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        weight = ZeroParameter.Create(dtype, device, inputs, outputs);
        bias = ZeroParameter.Create(dtype, device, outputs);
        RegisterComponents();
    }

    /// <summary>W, inputs × outputs.</summary>
    public Parameter Weight => weight;

    /// <summary>The bias, of length outputs.</summary>
    public Parameter Bias => bias;

    /// <summary>x W + bias.</summary>
    /// <param name="input">… × inputs, of the weight's type.</param>
    /// <returns>… × outputs.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        Tensor output = addmm(bias, input.reshape(-1, weight.shape[0]), weight, 1, 1);
        return output.view([.. input.shape[..^1], weight.shape[1]]).MoveToOuterDisposeScope();
    }
}
