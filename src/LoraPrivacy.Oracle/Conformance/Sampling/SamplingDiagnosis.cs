namespace LoraPrivacy.Oracle.Conformance.Sampling;

/// <summary>The mistakes that rejected draws fit: their law under each is held against them, as far as it has one.</summary>
internal static class SamplingDiagnosis
{
    private const double Deviations = 6;

    /// <summary>The probability with which draws of a mistake are not recognised by one of its laws, at most.</summary>
    private const double Significance = 1e-4;

    /// <summary>The widest interval in which a kurtosis alone is told from others.</summary>
    private const double WidestKurtosis = 0.4;

    /// <summary>The mistakes in words; none where no known one fits.</summary>
    public static IReadOnlyList<string> Of(SamplingCase samplingCase, SamplingStatistics statistics)
    {
        if (AreOnLattice(samplingCase, statistics))
        {
            return ["the entries of A take few values, such as ±1/√r (Rademacher), and are not Gaussian (S3, S4)"];
        }

        if (statistics.Repeats > 0 && statistics.Repeats >= statistics.Draws.Count / 100)
        {
            return ["A is used for more than one draw, or its generator is not moved on by the seed: draw a fresh A for each (S17)"];
        }

        int rank = samplingCase.Rank;
        int dimension = samplingCase.Gradient.Length;
        (double Scale, double Kurtosis, string Mistake)[] mistakes =
        [
            (1.0 / rank, 3, "A has the variance 1/r² and not 1/r: a standard deviation of 1/r, as in PEFT's \"gaussian\" (S1, S4)"),
            (rank, 3, "A has the variance 1 and not 1/r (S1)"),
            (Math.Sqrt(rank), 3, "A has the variance 1/√r and not 1/r (S1)"),
            ((double)rank / dimension, 3, "A has the variance 1/m and not 1/r (S1)"),
            (rank / (3.0 * dimension), 1.8, "A has the variance 1/(3m) and not 1/r: PEFT's default, Kaiming-uniform (S1)"),
            (1, 1.8, "A has uniform entries (kurtosis 9/5), not Gaussian ones (S3, S4)"),
            (1, 1, "A has entries of ±1/√r (Rademacher, kurtosis 1), not Gaussian ones (S3, S4)"),
        ];
        List<string> fitting = [.. mistakes.Where(mistake => Fits(samplingCase, statistics, mistake.Scale, mistake.Kurtosis)).Select(mistake => mistake.Mistake)];
        if (IsNormal(samplingCase, statistics))
        {
            fitting.Add("mean and variance are right and the law is not: a normal approximation is drawn (S6, S9)");
        }

        return fitting;
    }

    /// <summary>
    /// Whether the draws, divided by a scale, have the right mean and the kurtosis of another A; for a Gaussian A, whether they have its law.
    /// </summary>
    private static bool Fits(SamplingCase samplingCase, SamplingStatistics statistics, double scale, double kurtosis)
    {
        int count = statistics.Draws.Count;
        double[] shares = [.. statistics.Draws.Select(draw => statistics.Share(draw) / scale)];
        if ((scale == 1 && kurtosis == 3) || Math.Abs(shares.Average() - 1) > Deviations * Math.Sqrt(2.0 / (samplingCase.Rank * count)))
        {
            return false;
        }

        double[][] rescaled = [.. statistics.Draws.Select(draw => draw.Select(value => value / scale).ToArray())];
        if (kurtosis != 3)
        {
            return HasKurtosis(samplingCase, rescaled, kurtosis, scale == 1 ? WidestKurtosis : double.PositiveInfinity);
        }

        SamplingStatistics laws = new(samplingCase);
        laws.Add(rescaled);
        return laws.Laws().Append(laws.Succession()).All(law => KolmogorovTest.Distance(law.Uniform) <= Bound(law.Uniform.Count));
    }

    /// <summary>Entries ±c of A make y a sum of whole multiples of c² q_j, and so a whole multiple of c² times the q_j's common divisor.</summary>
    private static bool AreOnLattice(SamplingCase samplingCase, SamplingStatistics statistics)
    {
        double unit = samplingCase.Gradient.Select(Math.Abs).Aggregate(CommonDivisor);
        return samplingCase.Gradient.Concat(statistics.Draws.SelectMany(draw => draw).Select(value => value * samplingCase.Rank))
            .All(value => Math.Abs((value / unit) - Math.Round(value / unit)) < 1e-6);
    }

    /// <summary>Euclid's algorithm, up to rounding.</summary>
    private static double CommonDivisor(double left, double right)
    {
        while (right > 1e-9 * left)
        {
            (left, right) = (right, Math.Abs(left - (Math.Round(left / right) * right)));
        }

        return left;
    }

    /// <summary>Var(y_i) = (‖q‖² + (κ − 2) q_i²)/r (S4), solved for κ at the largest entry, to at most some width.</summary>
    private static bool HasKurtosis(SamplingCase samplingCase, double[][] draws, double expected, double widest)
    {
        double[] gradient = samplingCase.Gradient;
        double entry = gradient.MaxBy(Math.Abs);
        double[] squares = [.. draws.Select(draw => Math.Pow(draw[Array.IndexOf(gradient, entry)] - entry, 2))];
        double square = Math.Pow(EuclideanNorm.Of(gradient), 2);
        double kurtosis = 2 + (((samplingCase.Rank * squares.Average()) - square) / (entry * entry));
        double spread = Math.Sqrt(Math.Max(squares.Average(value => value * value) - Math.Pow(squares.Average(), 2), 0) / squares.Length);
        double allowed = Math.Max(Deviations * samplingCase.Rank * spread / (entry * entry), 0.1);
        return allowed <= widest && Math.Abs(kurtosis - expected) <= allowed;
    }

    /// <summary>Whether the largest entry and ⟨y, q⟩/‖q‖² are normal with the mean and variance that they should have.</summary>
    private static bool IsNormal(SamplingCase samplingCase, SamplingStatistics statistics)
    {
        double entry = samplingCase.Gradient.MaxBy(Math.Abs);
        int index = Array.IndexOf(samplingCase.Gradient, entry);
        double deviation = Math.Sqrt((Math.Pow(EuclideanNorm.Of(samplingCase.Gradient), 2) + (entry * entry)) / samplingCase.Rank);
        double allowed = Bound(statistics.Draws.Count);
        return KolmogorovTest.Distance(statistics.Draws.Select(draw => NormalDistribution.Cdf((draw[index] - entry) / deviation))) <= allowed
            && KolmogorovTest.Distance(statistics.Draws.Select(draw => NormalDistribution.Cdf((statistics.Share(draw) - 1) / Math.Sqrt(2.0 / samplingCase.Rank)))) <= allowed;
    }

    /// <summary>Of Dvoretzky, Kiefer and Wolfowitz, as in the tests, but at a significance that tells more laws apart.</summary>
    private static double Bound(int count) => Math.Sqrt(Math.Log(2 / Significance) / (2.0 * count));
}
