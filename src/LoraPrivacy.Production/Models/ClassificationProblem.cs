namespace LoraPrivacy.Production.Models;

/// <summary>Classification with the cross-entropy of a softmax.</summary>
public sealed class ClassificationProblem : LearningProblem
{
    private readonly nn.Module<Tensor, Tensor> model;
    private readonly Tensor inputs;
    private readonly Tensor labels;
    private readonly long largestLabel;

    /// <summary>A problem.</summary>
    /// <param name="model">From inputs to logits.</param>
    /// <param name="inputs">examples × inputs, possibly without examples (DP-SGD then takes its steps by noise alone), on the model's device and in its type; kept, not copied.</param>
    /// <param name="labels">int64 of length examples, on the same device, each in [0, the model's outputs); kept, not copied.</param>
    /// <param name="unitName">What an example is called, in the plural.</param>
    /// <exception cref="ArgumentException">The lengths differ, the labels are of another type, or one is negative.</exception>
    public ClassificationProblem(nn.Module<Tensor, Tensor> model, Tensor inputs, Tensor labels, string unitName = "examples")
        : base(model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(unitName);
        if (inputs.dim() != 2 || labels.dim() != 1 || inputs.shape[0] != labels.shape[0])
        {
            throw new ArgumentException(
                $"inputs and labels must be as many, but have shapes [{string.Join(", ", inputs.shape)}] and [{string.Join(", ", labels.shape)}]",
                nameof(labels));
        }

        if (labels.dtype != ScalarType.Int64)
        {
            throw new ArgumentException($"labels must be int64, but are {labels.dtype}", nameof(labels));
        }

        if (labels.shape[0] > 0)
        {
            using var scope = NewDisposeScope();
            (Tensor least, Tensor most) = labels.aminmax();
            if (least.item<long>() < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(labels), least.item<long>(), "a label must be at least 0");
            }

            largestLabel = most.item<long>();
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
    /// <exception cref="InvalidOperationException">The model has too few outputs for the labels.</exception>
    public override Tensor ExampleLosses(ReadOnlySpan<long> examples)
    {
        using var scope = NewDisposeScope();
        Tensor index = tensor(Checked(examples), device: labels.device);
        Tensor logits = model.call(inputs.index_select(0, index));
        if (largestLabel >= logits.shape[^1])
        {
            throw new InvalidOperationException($"label {largestLabel} must be in [0, {logits.shape[^1] - 1}], as the model has {logits.shape[^1]} outputs");
        }

        return nn.functional.cross_entropy(Wide(logits), labels.index_select(0, index), reduction: nn.Reduction.None).MoveToOuterDisposeScope();
    }

    internal override string DataDigest() => TensorDigest.Of([("inputs", inputs), ("labels", labels)]);
}
