namespace LoraPrivacy.CommandLine.Statistics;

/// <summary>The counts that a binomial law gives but for a probability of 10⁻⁹, from its exact tails.</summary>
internal static class BinomialInterval
{
    /// <summary>The probability of a count outside, at most.</summary>
    public const double FalseAlarmRate = 1e-9;

    /// <summary>The largest distance from the expectation n p that a count inside may have.</summary>
    /// <param name="trials">n.</param>
    /// <param name="probability">p, in [0, 1].</param>
    public static double LargestDeviation(long trials, double probability)
    {
        if (probability is 0 or 1)
        {
            return 0;
        }

        // The smallest d with P(|X − n p| > d) ≤ α, found among the counts above and below.
        long low = First(trials, count => Lower(trials, probability, count) > FalseAlarmRate / 2);
        long high = First(trials, count => Upper(trials, probability, count) <= FalseAlarmRate / 2) - 1;
        double mean = trials * probability;
        return Math.Max(mean - low, high - mean);
    }

    /// <summary>P(X ≤ k) = I_{1−p}(n − k, k + 1).</summary>
    public static double Lower(long n, double p, long k) => k < 0 ? 0 : k >= n ? 1 : IncompleteBeta.Regularized(n - k, k + 1, 1 - p, p);

    /// <summary>P(X ≥ k) = I_p(k, n − k + 1).</summary>
    private static double Upper(long n, double p, long k) => k <= 0 ? 1 : k > n ? 0 : IncompleteBeta.Regularized(k, n - k + 1, p, 1 - p);

    /// <summary>The first count in [0, n + 1] from which on a condition holds.</summary>
    private static long First(long n, Func<long, bool> holds)
    {
        (long low, long high) = (0, n + 1);
        while (low < high)
        {
            long middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
