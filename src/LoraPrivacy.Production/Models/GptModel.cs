using LoraPrivacy.Production.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>
/// A GPT-2 transformer: token and position embeddings, pre-norm blocks of causal attention and a GELU perceptron, and the token
/// embedding again as the output layer. Submodules and parameters have the names of Hugging Face's GPT-2.
/// </summary>
/// <remarks>
/// The linear layers of a block, for an adapter to name: <c>attn.c_attn</c> (queries, keys and values, one weight of width × 3·width),
/// <c>attn.c_proj</c> (the attention's output), <c>mlp.c_fc</c> and <c>mlp.c_proj</c>.
/// </remarks>
public sealed class GptModel : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006
    private readonly TokenEmbedding wte;
    private readonly TokenEmbedding wpe;
    private readonly ModuleList<GptBlock> h;
    private readonly LayerNorm ln_f;
#pragma warning restore IDE1006

    /// <summary>A model with GPT-2's random weights: normal with standard deviation 0.02, the blocks' outputs 0.02/√(2·depth).</summary>
    /// <param name="configuration">The shape.</param>
    /// <param name="source">Where the weights come from, each in the stream of its name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range.</exception>
    public GptModel(GptConfiguration configuration, RandomSource source)
        : base(nameof(GptModel))
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(source);
        configuration.Validate();
        Configuration = configuration;
        wte = new TokenEmbedding(configuration.Vocabulary, configuration.Width);
        wpe = new TokenEmbedding(configuration.Context, configuration.Width);
        h = new ModuleList<GptBlock>([.. Enumerable.Range(0, configuration.Depth).Select(_ => new GptBlock(configuration))]);
        ln_f = nn.LayerNorm(configuration.Width, configuration.NormEpsilon);
        RegisterComponents();
        DrawWeights(source);
    }

    /// <summary>The shape.</summary>
    public GptConfiguration Configuration { get; }

    /// <summary>The logits of the next token at each position.</summary>
    /// <param name="input">Tokens, int64, batch × time, time at most the context.</param>
    /// <returns>batch × time × vocabulary, of the weights' type.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        long time = input.shape[1];
        if (time > Configuration.Context)
        {
            throw new ArgumentOutOfRangeException(nameof(input), time, $"a sequence must have at most {Configuration.Context} tokens");
        }

        using var scope = NewDisposeScope();
        Tensor x = wte.call(input) + wpe.call(arange(time, ScalarType.Int64, input.device));
        foreach (GptBlock block in h)
        {
            x = block.call(x);
        }

        return nn.functional.linear(ln_f.call(x), wte.Weight).MoveToOuterDisposeScope();
    }

    private void DrawWeights(RandomSource source)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            // Layer norms and biases keep their ones and zeros.
            if (parameter.dim() == 2)
            {
                double deviation = name.EndsWith("c_proj.weight", StringComparison.Ordinal) ? 0.02 / Math.Sqrt(2 * Configuration.Depth) : 0.02;
                using RandomSequence sequence = source.Sequence($"weight {name}");
                parameter.copy_(sequence.Normal(parameter.shape).mul_(deviation));
            }
        }
    }
}
