namespace LoraPrivacy.Production.Privacy;

/// <summary>Poisson sampling: every example on its own, with one probability.</summary>
public static class PoissonSampling
{
    /// <summary>Draws a batch.</summary>
    /// <param name="count">The number N of examples, at least 0.</param>
    /// <param name="rate">
    /// q, in [0, 1]. The probability is q rounded down to a multiple of 2^-53: never above q, so that what is accounted for q holds.
    /// </param>
    /// <param name="sequence">Where the chance comes from; 64 bits an example.</param>
    /// <returns>The examples drawn, in increasing order; possibly none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static long[] Sample(long count, double rate, RandomSequence sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(sequence);
        if (rate is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, $"rate must be in [0, 1], but is {rate:R}");
        }

        ulong threshold = Threshold(rate);
        List<long> batch = [];
        for (long i = 0; i < count; i++)
        {
            if (sequence.NextUInt64() >> 11 < threshold)
            {
                batch.Add(i);
            }
        }

        return [.. batch];
    }

    /// <summary>How many of the 2^53 values of a draw take an example. Scaling by a power of two is exact; the conversion rounds down.</summary>
    internal static ulong Threshold(double rate) => (ulong)(rate * (1L << 53));
}
