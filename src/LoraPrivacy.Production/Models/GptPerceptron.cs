namespace LoraPrivacy.Production.Models;

/// <summary>The perceptron of a block: four times the width, GELU in its tanh form.</summary>
public sealed class GptPerceptron : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> c_fc;
    private readonly nn.Module<Tensor, Tensor> c_proj;

    /// <summary>A perceptron with zero weights.</summary>
    /// <param name="configuration">The model's shape.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">Their device; null for the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public GptPerceptron(GptConfiguration configuration, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(GptPerceptron))
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Validate();
        c_fc = new Conv1D(configuration.Width, 4 * configuration.Width, dtype, device);
        c_proj = new Conv1D(4 * configuration.Width, configuration.Width, dtype, device);
        RegisterComponents();
    }

    /// <summary>Transforms each position by itself.</summary>
    /// <param name="input">batch × time × width.</param>
    /// <returns>batch × time × width.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        return c_proj.call(nn.functional.gelu(c_fc.call(input), GELU.Approximate.tanh)).MoveToOuterDisposeScope();
    }
}
