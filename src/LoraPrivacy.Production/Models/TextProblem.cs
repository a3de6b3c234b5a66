namespace LoraPrivacy.Production.Models;

/// <summary>
/// Next-token prediction: the tokens of an example but its first are predicted, each from those before it in the same example; the
/// loss of an example is the mean over them.
/// </summary>
/// <remarks>
/// Either one text is cut into windows, which overlap by a token and all move where a token is put in: an example of it is no unit that
/// anything private could be said of. Or the examples are given one by one, and each is a function of its own tokens alone (S31).
/// </remarks>
public sealed class TextProblem : LearningProblem
{
    private readonly GptModel model;
    private readonly Tensor tokens;
    private readonly int length;

    // Where the examples begin and how many tokens they have to predict, or null for windows.
    private readonly (Tensor Starts, Tensor Targets)? units;

    /// <summary>A problem of consecutive windows of one text, of <paramref name="length"/> tokens to predict.</summary>
    /// <param name="model">A model.</param>
    /// <param name="tokens">int64, one-dimensional, on the model's device, each in [0, the model's vocabulary); kept, not copied.</param>
    /// <param name="length">The tokens of an example, in [1, the model's context].</param>
    /// <exception cref="ArgumentException">The tokens have another type or shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The length or a token is out of range, or the text is shorter than one example and the token after it.
    /// </exception>
    public TextProblem(GptModel model, Tensor tokens, int length)
        : base(model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokens);
        if (length < 1 || length > model.Configuration.Context)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"length must be in [1, {model.Configuration.Context}]");
        }

        if (tokens.dtype != ScalarType.Int64 || tokens.dim() != 1)
        {
            throw new ArgumentException(
                $"tokens must be int64 of one dimension, but are {tokens.dtype} of shape [{string.Join(", ", tokens.shape)}]", nameof(tokens));
        }

        if (tokens.shape[0] < length + 1)
        {
            throw new ArgumentOutOfRangeException(nameof(tokens), tokens.shape[0], $"a text must have at least length + 1 = {length + 1} tokens");
        }

        TokenEmbedding.CheckRange(tokens, model.Configuration.Vocabulary, nameof(tokens));
        this.model = model;
        this.tokens = tokens;
        this.length = length;
    }

    /// <summary>A problem of examples given one by one, each cut to its first <paramref name="length"/> + 1 tokens.</summary>
    /// <param name="model">A model.</param>
    /// <param name="examples">Their tokens, at least two each, in [0, the model's vocabulary); possibly no example.</param>
    /// <param name="length">The most tokens of an example that are predicted, in [1, the model's context].</param>
    /// <exception cref="ArgumentOutOfRangeException">The length, a token or the length of an example is out of range.</exception>
    public TextProblem(GptModel model, IReadOnlyList<long[]> examples, int length)
        : this(model, Joined(model, examples, length), length)
    {
        using var scope = NewDisposeScope();
        long[] targets = [.. examples.Select(example => Math.Min(example.Length - 1L, length))];
        long[] starts = new long[targets.Length];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] = starts[i - 1] + targets[i - 1] + 1;
        }

        units = (
            tensor(starts, device: tokens.device).DetachFromDisposeScope(),
            tensor(targets, device: tokens.device).DetachFromDisposeScope());
    }

    /// <inheritdoc/>
    public override long ExampleCount => units?.Starts.shape[0] ?? ((tokens.shape[0] - 1) / length);

    /// <summary>The most tokens of an example that are predicted.</summary>
    public override long UnitsPerExample => length;

    /// <summary><c>tokens</c>.</summary>
    public override string UnitName => "tokens";

    /// <inheritdoc/>
    public override Tensor ExampleLosses(ReadOnlySpan<long> examples)
    {
        using var scope = NewDisposeScope();
        Tensor chosen = tensor(Checked(examples), device: tokens.device);
        Tensor starts = units is { } own ? own.Starts.index_select(0, chosen) : chosen.mul(HeldScalar.Of((long)length));
        Tensor offsets = arange(length + 1, ScalarType.Int64, tokens.device);
        Tensor positions = starts.unsqueeze(1).add(offsets, HeldScalar.One);
        Tensor window = tokens.index_select(0, positions.flatten()).view(examples.Length, length + 1);
        Tensor? targets = units?.Targets.index_select(0, chosen).unsqueeze(1);
        Tensor? beyond = targets is null ? null : offsets.unsqueeze(0).gt(targets);
        if (beyond is not null)
        {
            // Behind an example's end stand the tokens of another, which must not even be multiplied with 0.
            window = window.masked_fill(beyond, HeldScalar.Of(0L));
        }

        Tensor logits = model.call(window.narrow(1, 0, length));
        Tensor losses = nn.functional.cross_entropy(
            Wide(logits).view(-1, model.Configuration.Vocabulary), window.narrow(1, 1, length).reshape(-1), reduction: nn.Reduction.None)
            .view(examples.Length, length);
        Tensor means = beyond is null
            ? losses.mean([1])
            : losses.masked_fill(beyond.narrow(1, 1, length), HeldScalar.Of(0.0)).sum(1).div(targets!.squeeze(1));
        return means.MoveToOuterDisposeScope();
    }

    internal override string DataDigest()
        => TensorDigest.Of(units is { } own ? [($"units to {length}", tokens), ("starts", own.Starts)] : [($"tokens by {length}", tokens)]);

    // The tokens that are used of each, one example after the other, and so many zeros that a window fits behind the start of the last.
    private static Tensor Joined(GptModel model, IReadOnlyList<long[]> examples, int length)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.FirstOrDefault(example => example.Length < 2) is { } wrong)
        {
            throw new ArgumentOutOfRangeException(nameof(examples), wrong.Length, "an example must have at least 2 tokens");
        }

        using var scope = NewDisposeScope();
        IEnumerable<long> padding = Enumerable.Repeat(0L, Math.Max(0, length) + 1);
        return tensor([.. examples.SelectMany(example => example.Take(length + 1)), .. padding]).to(model.Device).DetachFromDisposeScope();
    }
}
