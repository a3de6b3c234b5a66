using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>A model with its training examples. An example is the unit of privacy: neighbours differ in one.</summary>
public abstract class LearningProblem
{
    private protected LearningProblem(nn.Module model) => Model = model;

    /// <summary>The model.</summary>
    public nn.Module Model { get; }

    /// <summary>The number of examples.</summary>
    public abstract long ExampleCount { get; }

    /// <summary>How many units of work one example is: its tokens, or 1.</summary>
    public abstract long UnitsPerExample { get; }

    /// <summary>What a unit of work is called, in the plural: <c>tokens</c>, <c>images</c>.</summary>
    public abstract string UnitName { get; }

    /// <summary>The loss of each example of a batch, forward through the model in its present mode.</summary>
    /// <param name="examples">Numbers of examples, each in [0, <see cref="ExampleCount"/>), at least one.</param>
    /// <returns>A float32 or float64 tensor of the batch's length, with its graph; examples do not influence each other's loss.</returns>
    public abstract Tensor ExampleLosses(ReadOnlySpan<long> examples);
}
