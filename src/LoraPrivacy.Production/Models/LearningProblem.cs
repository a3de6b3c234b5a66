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
    /// <param name="examples">Numbers of examples, each in [0, <see cref="ExampleCount"/>), at least one; they may repeat.</param>
    /// <returns>A float32 or float64 tensor of the batch's length, with its graph; examples do not influence each other's loss.</returns>
    /// <exception cref="ArgumentException">There is no example, or a number is out of range.</exception>
    public abstract Tensor ExampleLosses(ReadOnlySpan<long> examples);

    /// <summary>Checks a batch.</summary>
    /// <param name="examples">Numbers of examples.</param>
    /// <returns>The same numbers, for a tensor.</returns>
    /// <exception cref="ArgumentException">There is none, or one is out of range.</exception>
    private protected long[] Checked(ReadOnlySpan<long> examples)
    {
        if (examples.IsEmpty)
        {
            throw new ArgumentException("examples must have at least one number, but is empty", nameof(examples));
        }

        foreach (long example in examples)
        {
            if (example < 0 || example >= ExampleCount)
            {
                throw new ArgumentOutOfRangeException(nameof(examples), example, $"an example must be in [0, {ExampleCount - 1}]");
            }
        }

        return examples.ToArray();
    }

    /// <summary>The type that losses are taken in: float64 as it is, anything else as float32.</summary>
    private protected static Tensor Wide(Tensor logits)
        => logits.dtype is ScalarType.Float64 or ScalarType.Float32 ? logits : logits.to(ScalarType.Float32);
}
