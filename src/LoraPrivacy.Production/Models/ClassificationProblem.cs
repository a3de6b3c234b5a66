using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>Classification with the cross-entropy of a softmax.</summary>
public sealed class ClassificationProblem : LearningProblem
{
    private readonly nn.Module<Tensor, Tensor> model;
    private readonly Tensor inputs;
    private readonly Tensor labels;

    /// <summary>A problem.</summary>
    /// <param name="model">From inputs to logits.</param>
    /// <param name="inputs">examples × inputs, on the model's device and in its type; kept.</param>
    /// <param name="labels">int64 of length examples, on the same device; kept.</param>
    /// <param name="unitName">What an example is called, in the plural.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public ClassificationProblem(nn.Module<Tensor, Tensor> model, Tensor inputs, Tensor labels, string unitName = "examples")
        : base(model)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        if (inputs.dim() != 2 || labels.dim() != 1 || inputs.shape[0] != labels.shape[0] || labels.shape[0] == 0)
        {
            throw new ArgumentException(
                $"inputs and labels must be as many and at least one, but have shapes [{string.Join(", ", inputs.shape)}] and [{string.Join(", ", labels.shape)}]",
                nameof(labels));
        }

        this.model = model;
        this.inputs = inputs;
        this.labels = labels;
        UnitName = unitName;
    }

    /// <inheritdoc/>
    public override long ExampleCount => labels.shape[0];

    /// <summary>1.</summary>
    public override long UnitsPerExample => 1;

    /// <inheritdoc/>
    public override string UnitName { get; }

    /// <inheritdoc/>
    public override Tensor ExampleLosses(ReadOnlySpan<long> examples)
    {
        using var scope = NewDisposeScope();
        Tensor index = tensor(examples.ToArray(), device: labels.device);
        Tensor logits = model.call(inputs.index_select(0, index));
        Tensor wide = logits.dtype == ScalarType.Float64 ? logits : logits.to(ScalarType.Float32);
        return nn.functional.cross_entropy(wide, labels.index_select(0, index), reduction: nn.Reduction.None).MoveToOuterDisposeScope();
    }
}
