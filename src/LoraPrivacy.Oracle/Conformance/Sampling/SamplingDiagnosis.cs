using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.Oracle.Conformance.Sampling;

/// <summary>What the moments of rejected draws say about the A behind them.</summary>
internal static class SamplingDiagnosis
{
    private const double Deviations = 6;

    /// <summary>The mistake in words; null where the moments are the right ones.</summary>
    public static string? Of(SamplingCase samplingCase, SamplingStatistics statistics)
    {
        if (AreOnLattice(samplingCase, statistics))
        {
            return "the entries of A take few values, such as ±1/√r (Rademacher), and are not Gaussian (S3, S4)";
        }

        if (statistics.Repeats > 0 && statistics.Repeats >= statistics.Draws.Count / 100)
        {
            return "A is used for more than one draw, or its generator is not moved on by the seed: draw a fresh A for each (S17)";
        }

        int rank = samplingCase.Rank;
        int dimension = samplingCase.Gradient.Length;
        double[] shares = [.. statistics.Draws.Select(statistics.Share)];
        double scale = shares.Average();
        double allowed = Deviations * Math.Sqrt(2.0 / (rank * shares.Length));
        (double Scale, string Mistake)[] scales =
        [
            (1.0 / rank, "A has the variance 1/r² and not 1/r: a standard deviation of 1/r, as in PEFT's \"gaussian\" (S1, S4)"),
            (rank, "A has the variance 1 and not 1/r (S1)"),
            (Math.Sqrt(rank), "A has the variance 1/√r and not 1/r (S1)"),
            (rank / (3.0 * dimension), "A has the variance 1/(3m) and not 1/r: PEFT's default, Kaiming-uniform (S1)"),
            ((double)rank / dimension, "A has the variance 1/m and not 1/r (S1)"),
        ];
        if (Math.Abs(scale - 1) > allowed)
        {
            string? known = scales.Where(known => Math.Abs((scale / known.Scale) - 1) <= allowed).Select(known => known.Mistake).FirstOrDefault();
            return known ?? $"the mean of ⟨y, q⟩/‖q‖² is {scale:0.###} and not 1: the entries of A have {scale:0.###} times the variance 1/r (S2)";
        }

        return OfKurtosis(samplingCase, statistics, rank);
    }

    /// <summary>Entries ±c of A make y a whole multiple of c² q_j, with q_j the entry that the others are multiples of.</summary>
    private static bool AreOnLattice(SamplingCase samplingCase, SamplingStatistics statistics)
    {
        double unit = samplingCase.Gradient.Where(entry => entry != 0).Min(Math.Abs);
        return samplingCase.Gradient.Concat(statistics.Draws.SelectMany(draw => draw).Select(value => value * samplingCase.Rank))
            .All(value => Math.Abs((value / unit) - Math.Round(value / unit)) < 1e-6);
    }

    /// <summary>Var(y_i) = (‖q‖² + (κ − 2) q_i²)/r (S4), solved for κ at the largest entry.</summary>
    private static string? OfKurtosis(SamplingCase samplingCase, SamplingStatistics statistics, int rank)
    {
        double[] gradient = samplingCase.Gradient;
        double square = Math.Pow(EuclideanNorm.Of(gradient), 2);
        int largest = Enumerable.Range(0, gradient.Length).MaxBy(i => Math.Abs(gradient[i]));
        double entry = gradient[largest];
        double[] squares = [.. statistics.Draws.Select(draw => Math.Pow(draw[largest] - entry, 2))];
        double kurtosis = 2 + (((rank * squares.Average()) - square) / (entry * entry));
        double spread = Math.Sqrt(Math.Max(squares.Average(value => value * value) - Math.Pow(squares.Average(), 2), 0) / squares.Length);
        double allowed = Deviations * rank * spread / (entry * entry);
        return Math.Abs(kurtosis - 3) <= allowed ? "mean and variance are right and the law is not: A is not Gaussian, or a normal approximation is drawn (S6, S9)"
            : Math.Abs(kurtosis - 1) <= Math.Max(allowed, 0.1) ? "A has entries of ±1/√r (Rademacher, kurtosis 1), not Gaussian ones (S3, S4)"
            : Math.Abs(kurtosis - 1.8) <= Math.Max(allowed, 0.1) ? "A has uniform entries (kurtosis 9/5), not Gaussian ones (S3, S4)"
            : $"the variance is that of an A of kurtosis {kurtosis:0.##}, not of a Gaussian one, whose is 3 (S3, S4)";
    }
}
