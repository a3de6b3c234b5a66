namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>Tests of counts, and of the independence of two samples, at the false-alarm rate of <see cref="DvoretzkyKieferWolfowitz"/>.</summary>
internal static class ExactBinomial
{
    /// <summary>Whether a count of successes is in either tail of Binomial(trials, probability), each of half the false-alarm rate.</summary>
    public static bool Rejects(int count, int trials, double probability) => Rejects(count, trials, probability, 1);

    /// <summary>
    /// Whether the counts of whole numbers deviate from a law: those of each of the numbers from −most to most on its own, and of all beyond, by
    /// the test above at an equal share of the false-alarm rate.
    /// </summary>
    public static bool Rejects(IReadOnlyCollection<double> draws, int most, Func<int, double> law)
    {
        int[] counts = new int[(2 * most) + 2];
        foreach (double draw in draws)
        {
            counts[Math.Abs(draw) <= most ? (int)draw + most : ^1]++;
        }

        double[] probabilities = [.. Enumerable.Range(-most, (2 * most) + 1).Select(law)];
        return Enumerable.Range(0, counts.Length).Any(i => Rejects(
            counts[i], draws.Count, i < probabilities.Length ? probabilities[i] : Math.Max(0, 1 - probabilities.Sum()), counts.Length));
    }

    private static bool Rejects(int count, int trials, double probability, int tests)
    {
        double half = DvoretzkyKieferWolfowitz.FalseAlarmRate / 2 / tests;
        double atLeast = count == 0 ? 1 : IncompleteBeta.Regularized(count, trials - count + 1, probability, 1 - probability);
        double atMost = count == trials ? 1 : IncompleteBeta.Regularized(trials - count, count + 1, 1 - probability, probability);
        return Math.Min(atLeast, atMost) < half;
    }

    /// <summary>
    /// Whether two uniform samples are dependent element by element: the sum of independent ones has a triangular density. Equal
    /// ones make it uniform, at a distance of ⅛.
    /// </summary>
    public static bool RejectsIndependence(IEnumerable<double> first, IEnumerable<double> second)
        => DvoretzkyKieferWolfowitz.Rejects(first.Zip(second, (u, v) => u + v)
            .Select(sum => sum < 1 ? sum * sum / 2 : 1 - ((2 - sum) * (2 - sum) / 2)));

    /// <summary>The same of each even element with the odd one after it.</summary>
    public static bool RejectsIndependence(double[] values)
        => RejectsIndependence(values.Where((_, i) => i % 2 == 0).Take(values.Length / 2), values.Where((_, i) => i % 2 == 1));
}
