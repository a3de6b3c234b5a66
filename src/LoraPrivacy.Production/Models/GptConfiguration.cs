namespace LoraPrivacy.Production.Models;

/// <summary>The shape of a <see cref="GptModel"/>. Each number is at least 1 and at most <see cref="LargestSize"/>.</summary>
public sealed record GptConfiguration
{
    /// <summary>The most that any number may be: 2^24.</summary>
    public const int LargestSize = 1 << 24;

    /// <summary>The number of tokens; 256 for bytes.</summary>
    public int Vocabulary { get; init; } = 256;

    /// <summary>The most tokens a sequence may have.</summary>
    public int Context { get; init; } = 128;

    /// <summary>The width of the residual stream; a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init; } = 128;

    /// <summary>The number of blocks.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>The number of attention heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>The ε of the layer norms.</summary>
    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>GPT-2 small (124 million parameters), the shape of Hugging Face's <c>gpt2</c>.</summary>
    public static GptConfiguration Gpt2Small { get; } = new() { Vocabulary = 50257, Context = 1024, Width = 768, Depth = 12, Heads = 12 };

    /// <summary>
    /// The number of parameters, the tied output layer counted once: V·W + C·W for the embeddings, 12·W² + 13·W a block, 2·W for the last
    /// norm, with vocabulary V, context C and width W. 124,439,808 for <see cref="Gpt2Small"/>.
    /// </summary>
    public long ParameterCount
        => (((long)Vocabulary + Context) * Width) + (Depth * ((12L * Width * Width) + (13L * Width))) + (2L * Width);

    /// <summary>Checks every member.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    public void Validate()
    {
        foreach ((string name, int value) in new[]
        {
            (nameof(Vocabulary), Vocabulary), (nameof(Context), Context), (nameof(Width), Width), (nameof(Depth), Depth), (nameof(Heads), Heads),
        })
        {
            if (value is < 1 or > LargestSize)
            {
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [1, {LargestSize}]");
            }
        }

        if (Width % Heads != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Width), Width, $"Width must be a multiple of Heads = {Heads}");
        }

        if (!(NormEpsilon > 0 && double.IsFinite(NormEpsilon)))
        {
            throw new ArgumentOutOfRangeException(nameof(NormEpsilon), NormEpsilon, "NormEpsilon must be positive and finite");
        }
    }
}
