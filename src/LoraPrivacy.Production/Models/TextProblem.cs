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
    /// <param name="tokens">int64, one-dimensional, on the model's device, each below the model's vocabulary; kept.</param>
    /// <param name="length">The tokens of an example, in [1, the model's context].</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of range, or the text is shorter than one example.</exception>
    public TextProblem(GptModel model, Tensor tokens, int length)
        : base(model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tokens);
        if (length < 1 || length > model.Configuration.Context)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, $"length must be in [1, {model.Configuration.Context}]");
        }

        if (tokens.dim() != 1 || tokens.shape[0] < length + 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(tokens), string.Join("×", tokens.shape), $"a text must have one dimension and at least length + 1 = {length + 1} tokens");
        }

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
        Tensor starts = tensor(examples.ToArray(), device: tokens.device).mul_(length).unsqueeze(1);
        Tensor positions = starts + arange(length + 1, ScalarType.Int64, tokens.device);
        Tensor window = tokens.index_select(0, positions.flatten()).view(examples.Length, length + 1);
        Tensor logits = model.call(window.narrow(1, 0, length));
        Tensor wide = logits.dtype == ScalarType.Float64 ? logits : logits.to(ScalarType.Float32);
        Tensor losses = nn.functional.cross_entropy(
            wide.view(-1, model.Configuration.Vocabulary), window.narrow(1, 1, length).reshape(-1), reduction: nn.Reduction.None);
        return losses.view(examples.Length, length).mean([1]).MoveToOuterDisposeScope();
    }
}
