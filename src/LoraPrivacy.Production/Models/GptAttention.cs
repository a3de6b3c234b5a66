namespace LoraPrivacy.Production.Models;

/// <summary>Causal self-attention with several heads.</summary>
public sealed class GptAttention : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> c_attn;
    private readonly nn.Module<Tensor, Tensor> c_proj;
    private readonly int heads;

    /// <summary>An attention with zero weights.</summary>
    /// <param name="configuration">The model's shape.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">Their device; null for the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public GptAttention(GptConfiguration configuration, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(GptAttention))
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Validate();
        heads = configuration.Heads;
        c_attn = new Conv1D(configuration.Width, 3 * configuration.Width, dtype, device);
        c_proj = new Conv1D(configuration.Width, configuration.Width, dtype, device);
        RegisterComponents();
    }

    /// <summary>Mixes each position's values with those before it.</summary>
    /// <param name="input">batch × time × width.</param>
    /// <returns>batch × time × width.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        (long batch, long time, long width) = (input.shape[0], input.shape[1], input.shape[2]);
        Tensor[] parts = c_attn.call(input).chunk(3, -1);
        Tensor[] split = [.. parts.Select(part => part.view(batch, time, heads, width / heads).transpose(1, 2))];
        Tensor mixed = nn.functional.scaled_dot_product_attention(split[0], split[1], split[2], is_casual: true);
        return c_proj.call(mixed.transpose(1, 2).reshape(batch, time, width)).MoveToOuterDisposeScope();
    }
}
