namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>Choosing the rank or the batch size for a worst-case guarantee of the vector product release (S14, S15).</summary>
public static class PrivacyPlanning
{
    private const long LargestBatch = 1L << 50;

    /// <summary>The rank with the smallest worst-case ε at given m, τ and δ.</summary>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <param name="relativeSensitivity">τ, positive and finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <param name="largestRank">The largest rank considered.</param>
    /// <returns>The rank and its worst case; ε = +∞ (and the largest rank) where no rank up to the limit gives a finite one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <remarks>ε(r) falls, then rises (S15, tested): doubling finds the valley, golden section over the integers its
    /// lowest point, and every rank within 2 of it is compared.</remarks>
    [Statement("S15")]
    public static (int Rank, WorstCaseResult Result) BestRank(
        int dimension, double relativeSensitivity, double delta, int largestRank = 1024)
    {
        Argument.Rank(largestRank);
        Dictionary<int, WorstCaseResult> known = [];
        double Epsilon(int rank)
        {
            if (!known.TryGetValue(rank, out WorstCaseResult result))
            {
                known[rank] = result = new WorstCase(rank, dimension).Epsilon(relativeSensitivity, delta);
            }

            return result.Epsilon;
        }

        int best = 1;
        for (int rank = 1; ; rank = Math.Min(2 * rank, largestRank))
        {
            best = Epsilon(rank) <= Epsilon(best) ? rank : best;
            if (rank == largestRank || Epsilon(rank) > 2 * Epsilon(best))
            {
                break;
            }
        }

        int low = Math.Max(1, best / 2);
        int high = Math.Min(largestRank, 2 * best);
        while (high - low > 4)
        {
            int left = low + (int)Math.Round(0.382 * (high - low));
            int right = low + (int)Math.Round(0.618 * (high - low));
            // Equal means both infinite: the finite part lies at larger ranks.
            (low, high) = Epsilon(left) < Epsilon(right) ? (low, right) : (left, high);
        }

        for (int rank = low; rank <= high; rank++)
        {
            best = Epsilon(rank) < Epsilon(best) ? rank : best;
        }

        return (best, known[best]);
    }

    /// <summary>The smallest batch size that gives the worst case (ε, δ) at given clipping bound and norm floor.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <param name="epsilon">ε &gt; 0, finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <param name="clip">C, positive.</param>
    /// <param name="floor">β, positive: every batch gradient is known to have at least this norm.</param>
    /// <param name="relation">When two data sets are neighbours.</param>
    /// <returns>b, at least 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    /// <exception cref="ArithmeticException">More than 2^50 examples would be needed.</exception>
    /// <remarks>τ falls with b and the neighbourhood with τ, so the condition is monotone in b. It is asked of δ with a
    /// margin of 1e-9, so that rounding never makes b too small.</remarks>
    [Statement("S14")]
    public static long SmallestBatch(
        int rank, int dimension, double epsilon, double delta, double clip, double floor, NeighbouringRelation relation)
    {
        Argument.Positive(epsilon);
        Argument.Probability(delta);
        Argument.Positive(clip);
        Argument.Positive(floor);
        WorstCase worst = new(rank, dimension);
        bool Suffices(long batch)
        {
            double tau = Sensitivity.Relative(relation, clip, batch, floor);
            return worst.DeltaFloor(tau) < delta && worst.Delta(tau, epsilon) <= delta * (1 - 1e-9);
        }

        long high = 1;
        while (!Suffices(high))
        {
            high *= 2;
            if (high > LargestBatch)
            {
                throw new ArithmeticException($"no batch of up to {LargestBatch} examples suffices for epsilon {epsilon:R} and delta {delta:R}");
            }
        }

        long low = high / 2;
        while (high - low > 1)
        {
            long middle = low + (high - low) / 2;
            (low, high) = Suffices(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
