using TorchSharp;

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
    private readonly TokenEmbedding wte;
    private readonly TokenEmbedding wpe;
    private readonly ModuleList<GptBlock> h;
    private readonly LayerNorm ln_f;

    /// <summary>A model with GPT-2's random weights: normal with standard deviation 0.02, the blocks' outputs 0.02/√(2·depth).</summary>
    /// <remarks>The parameters belong to the model, whatever dispose scope it is made in; dispose of the model to free them.</remarks>
    /// <param name="configuration">The shape.</param>
    /// <param name="source">Where the weights come from, each in the stream of its name; drawn in float64 and then rounded.</param>
    /// <param name="dtype">The type of the parameters: float32, float64, bfloat16 or float16.</param>
    /// <param name="device">Their device; null for the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is out of range, or the type is another.</exception>
    public GptModel(GptConfiguration configuration, RandomSource source, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : this(configuration, dtype, device)
    {
        ArgumentNullException.ThrowIfNull(source);
        DrawWeights(source);
    }

    /// <summary>A model whose linear layers and embeddings are zero, to be filled.</summary>
    internal GptModel(GptConfiguration configuration, ScalarType dtype, Device? device)
        : base(nameof(GptModel))
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Validate();
        if (dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16 or ScalarType.Float16))
        {
            throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "dtype must be Float32, Float64, BFloat16 or Float16");
        }

        Configuration = configuration;
        wte = new TokenEmbedding(configuration.Vocabulary, configuration.Width, dtype, device);
        wpe = new TokenEmbedding(configuration.Context, configuration.Width, dtype, device);
        h = new ModuleList<GptBlock>([.. Enumerable.Range(0, configuration.Depth).Select(_ => new GptBlock(configuration, dtype, device))]);
        ln_f = nn.LayerNorm(configuration.Width, configuration.NormEpsilon, device: device, dtype: dtype);
        RegisterComponents();
    }

    /// <summary>The shape.</summary>
    public GptConfiguration Configuration { get; }

    /// <summary>The device that the model lives on.</summary>
    public Device Device => wte.Weight.device;

    /// <summary>The type of its parameters.</summary>
    public ScalarType DataType => wte.Weight.dtype;

    /// <summary>The logits of the next token at each position.</summary>
    /// <param name="input">
    /// Tokens, int64, batch × time, time in [1, context], each in [0, vocabulary) and on the model's device. On a CPU the tokens are checked;
    /// on another device a check would wait for it, and <see cref="TextProblem"/> checks its text once.
    /// </param>
    /// <returns>batch × time × vocabulary, of the weights' type. Later tokens do not change the logits of earlier positions.</returns>
    /// <exception cref="ArgumentException">The input has another shape or type, or a token is out of range.</exception>
    public override Tensor forward(Tensor input)
    {
        CheckTokens(input);
        using var scope = NewDisposeScope();
        Tensor x = wte.call(input).add(wpe.call(arange(input.shape[1], ScalarType.Int64, input.device)), HeldScalar.One);
        foreach (GptBlock block in h)
        {
            x = block.call(x);
        }

        return nn.functional.linear(ln_f.call(x), wte.Weight).MoveToOuterDisposeScope();
    }

    private void CheckTokens(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dtype != ScalarType.Int64 || input.dim() != 2 || input.shape[0] == 0)
        {
            throw new ArgumentException(
                $"input must be int64 tokens, batch × time, but is {input.dtype} of shape [{string.Join(", ", input.shape)}]", nameof(input));
        }

        if (input.shape[1] < 1 || input.shape[1] > Configuration.Context)
        {
            throw new ArgumentOutOfRangeException(
                nameof(input), input.shape[1], $"a sequence must have between 1 and {Configuration.Context} tokens");
        }

        if (input.device.type == DeviceType.CPU)
        {
            TokenEmbedding.CheckRange(input, Configuration.Vocabulary, nameof(input));
        }
    }

    private void DrawWeights(RandomSource source)
    {
        using var frozen = no_grad();
        foreach ((string name, Parameter parameter) in named_parameters())
        {
            // Layer norms and biases keep their ones and zeros.
            if (parameter.dim() == 2)
            {
                double deviation = name.EndsWith("c_proj.weight", StringComparison.Ordinal) ? 0.02 / Math.Sqrt(2 * Configuration.Depth) : 0.02;
                using RandomSequence sequence = source.Sequence($"weight {name}");
                Draw(parameter, deviation, sequence);
            }
        }
    }

    /// <summary>Draws a bounded number of rows at a time: a whole embedding in float64 would take twice the memory of the model.</summary>
    private static void Draw(Parameter parameter, double deviation, RandomSequence sequence)
    {
        (long rows, long width) = (parameter.shape[0], parameter.shape[1]);
        // A multiple of 8 rows, as the normal numbers are drawn by eights: the same numbers as in one draw.
        long part = Math.Max(8, (1L << 20) / width / 8 * 8);
        for (long first = 0; first < rows; first += part)
        {
            using var scope = NewDisposeScope();
            long count = Math.Min(part, rows - first);
            parameter.narrow(0, first, count).copy_(sequence.Normal(count, width).mul_(HeldScalar.Of(deviation)));
        }
    }
}
