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

    /// <summary>The mean loss of the first examples, with the model in evaluation mode and without a graph.</summary>
    /// <param name="examples">How many examples at most, at least 1.</param>
    /// <param name="microBatchSize">The most examples that pass through the model at once, at least 1.</param>
    /// <returns>The mean; NaN where a loss is not a number. The model is left in the mode it had.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is less than 1.</exception>
    public double MeanLoss(long examples = long.MaxValue, int microBatchSize = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(microBatchSize, 1);
        long count = Math.Min(examples, ExampleCount);
        bool wasTraining = Model.training;
        Model.eval();
        using var frozen = no_grad();
        double sum = 0;
        for (long start = 0; start < count; start += microBatchSize)
        {
            using var scope = NewDisposeScope();
            long[] batch = new long[Math.Min(microBatchSize, count - start)];
            for (int i = 0; i < batch.Length; i++)
            {
                batch[i] = start + i;
            }

            sum += ExampleLosses(batch).to(ScalarType.Float64).sum().item<double>();
        }

        Model.train(wasTraining);
        return sum / count;
    }

    /// <summary>SHA-256 of the examples, by which a checkpoint knows its data again.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    internal abstract string DataDigest();

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
