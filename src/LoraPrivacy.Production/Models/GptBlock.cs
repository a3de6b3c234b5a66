namespace LoraPrivacy.Production.Models;

/// <summary>A block of a <see cref="GptModel"/>: x + attention(norm(x)), then x + perceptron(norm(x)).</summary>
public sealed class GptBlock : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm ln_1;
    private readonly GptAttention attn;
    private readonly LayerNorm ln_2;
    private readonly GptPerceptron mlp;

    /// <summary>A block with zero linear layers.</summary>
    /// <param name="configuration">The model's shape.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <param name="device">Their device; null for the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public GptBlock(GptConfiguration configuration, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(GptBlock))
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Validate();
        ln_1 = nn.LayerNorm(configuration.Width, configuration.NormEpsilon, device: device, dtype: dtype);
        attn = new GptAttention(configuration, dtype, device);
        ln_2 = nn.LayerNorm(configuration.Width, configuration.NormEpsilon, device: device, dtype: dtype);
        mlp = new GptPerceptron(configuration, dtype, device);
        RegisterComponents();
    }

    /// <summary>The residual stream after the block.</summary>
    /// <param name="input">batch × time × width.</param>
    /// <returns>batch × time × width.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        Tensor x = input.add(attn.call(ln_1.call(input)), HeldScalar.One);
        return x.add(mlp.call(ln_2.call(x)), HeldScalar.One).MoveToOuterDisposeScope();
    }
}
