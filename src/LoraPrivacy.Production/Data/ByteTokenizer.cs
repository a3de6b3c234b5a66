namespace LoraPrivacy.Production.Data;

/// <summary>Every byte is a token, and the first 256 tokens of a model are the bytes.</summary>
/// <remarks>
/// This is no byte-pair encoding. A GPT-2 checkpoint has a token of its own for each byte, and with <see cref="Gpt2"/> it is given these,
/// its first 256; but it was trained on text in which bytes were merged into the other 50,001, so it predicts text in single bytes
/// worse than it predicts its own tokens until it is fine-tuned on it.
/// </remarks>
public sealed class ByteTokenizer
{
    /// <summary>The number of tokens in use: 256, numbered from 0.</summary>
    public const int TokenCount = 256;

    /// <summary>The number of tokens of the published GPT-2 checkpoints.</summary>
    public const int Gpt2Vocabulary = 50257;

    private readonly byte[] tokens = new byte[TokenCount];

    private ByteTokenizer(string name, IEnumerable<int> order)
    {
        Name = name;
        foreach ((int token, int value) in order.Index())
        {
            tokens[value] = (byte)token;
        }
    }

    /// <summary>Token t is byte t.</summary>
    public static ByteTokenizer Plain { get; } = new("bytes", Enumerable.Range(0, TokenCount));

    /// <summary>
    /// The tokens that GPT-2's vocabulary has for single bytes: the bytes 33–126, 161–172 and 174–255 are tokens 0–187, and the other 68
    /// follow in their order (<c>bytes_to_unicode</c> of OpenAI's encoder).
    /// </summary>
    public static ByteTokenizer Gpt2 { get; } = new(
        "gpt2 bytes",
        Enumerable.Range(0, TokenCount).OrderBy(value => value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? 0 : 1));

    /// <summary><c>bytes</c> or <c>gpt2 bytes</c>.</summary>
    public string Name { get; }

    /// <summary>The tokenizer of a model by its number of tokens: <see cref="Gpt2"/> for 50257, else <see cref="Plain"/>.</summary>
    /// <param name="vocabulary">The model's number of tokens, at least 256.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer tokens than bytes.</exception>
    public static ByteTokenizer For(int vocabulary)
        => vocabulary >= TokenCount
            ? vocabulary == Gpt2Vocabulary ? Gpt2 : Plain
            : throw new ArgumentOutOfRangeException(nameof(vocabulary), vocabulary, $"vocabulary must be at least {TokenCount}, a token for each byte");

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">Bytes.</param>
    /// <returns>As many tokens, each in [0, 255].</returns>
    public long[] Encode(ReadOnlySpan<byte> text)
    {
        long[] encoded = new long[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            encoded[i] = tokens[text[i]];
        }

        return encoded;
    }
}
