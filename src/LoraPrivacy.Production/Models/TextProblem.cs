using LoraPrivacy.Production.Files;
using LoraPrivacy.Production.Native;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>
/// Next-token prediction. A text of tokens is cut into consecutive examples of <c>length</c> tokens to predict, each from those before
/// it in the same example; the loss of an example is the mean over its tokens.
/// </summary>
public sealed class TextProblem : LearningProblem
{
    private readonly GptModel model;
    private readonly Tensor tokens;
    private readonly int length;

    /// <summary>A problem.</summary>
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

    /// <inheritdoc/>
    public override long ExampleCount => (tokens.shape[0] - 1) / length;

    /// <summary>The tokens of an example.</summary>
    public override long UnitsPerExample => length;

    /// <summary><c>tokens</c>.</summary>
    public override string UnitName => "tokens";

    /// <inheritdoc/>
    public override Tensor ExampleLosses(ReadOnlySpan<long> examples)
    {
        using var scope = NewDisposeScope();
        Tensor starts = tensor(Checked(examples), device: tokens.device).mul_(HeldScalar.Of((long)length)).unsqueeze(1);
        Tensor positions = starts.add(arange(length + 1, ScalarType.Int64, tokens.device), HeldScalar.One);
        Tensor window = tokens.index_select(0, positions.flatten()).view(examples.Length, length + 1);
        Tensor logits = model.call(window.narrow(1, 0, length));
        Tensor losses = nn.functional.cross_entropy(
            Wide(logits).view(-1, model.Configuration.Vocabulary), window.narrow(1, 1, length).reshape(-1), reduction: nn.Reduction.None);
        return losses.view(examples.Length, length).mean([1]).MoveToOuterDisposeScope();
    }

    internal override string DataDigest() => TensorDigest.Of([($"tokens by {length}", tokens)]);
}
