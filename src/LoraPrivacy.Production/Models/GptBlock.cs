using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>A block of a <see cref="GptModel"/>: x + attention(norm(x)), then x + perceptron(norm(x)).</summary>
public sealed class GptBlock : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006
    private readonly LayerNorm ln_1;
    private readonly GptAttention attn;
    private readonly LayerNorm ln_2;
    private readonly GptPerceptron mlp;
#pragma warning restore IDE1006

    /// <summary>A block with zero linear layers.</summary>
    /// <param name="configuration">The model's shape.</param>
    public GptBlock(GptConfiguration configuration)
        : base(nameof(GptBlock))
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ln_1 = nn.LayerNorm(configuration.Width, configuration.NormEpsilon);
        attn = new GptAttention(configuration);
        ln_2 = nn.LayerNorm(configuration.Width, configuration.NormEpsilon);
        mlp = new GptPerceptron(configuration);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        Tensor x = input + attn.call(ln_1.call(input));
        return (x + mlp.call(ln_2.call(x))).MoveToOuterDisposeScope();
    }
}
