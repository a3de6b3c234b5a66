namespace LoraPrivacy.Production.Training;

/// <summary>
/// Batches by epochs: every epoch is a random permutation of the examples, drawn from the stream <c>shuffle</c> of its number, and the
/// batches are consecutive pieces of the epochs laid end to end. A batch is a function of the source and its step alone.
/// </summary>
internal sealed class ExampleOrder(RandomSource source, long count, int batchSize)
{
    private long[] order = [];
    private long epoch = -1;

    /// <summary>The examples of a step, in order.</summary>
    /// <param name="step">The step, at least 0.</param>
    public long[] Batch(long step)
    {
        long[] batch = new long[batchSize];
        long position = checked(step * batchSize);
        for (int i = 0; i < batchSize; i++, position++)
        {
            Shuffle(position / count);
            batch[i] = order[position % count];
        }

        return batch;
    }

    // Fisher and Yates, from the end.
    private void Shuffle(long number)
    {
        if (number == epoch)
        {
            return;
        }

        order = new long[count];
        using RandomSequence sequence = source.Sequence("shuffle", number);
        for (long i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (long i = count - 1; i > 0; i--)
        {
            long j = sequence.NextInteger(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        epoch = number;
    }
}
