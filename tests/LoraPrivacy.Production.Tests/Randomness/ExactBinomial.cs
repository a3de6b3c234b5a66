using LoraPrivacy.Reference.Numerics;
using LoraPrivacy.Reference.Tests.Gradients;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>Tests of counts, and of the independence of two samples, at the false-alarm rate of <see cref="DvoretzkyKieferWolfowitz"/>.</summary>
internal static class ExactBinomial
{
    /// <summary>Whether a count of successes is in either tail of Binomial(trials, probability), each of half the false-alarm rate.</summary>
    public static bool Rejects(int count, int trials, double probability)
    {
        double half = DvoretzkyKieferWolfowitz.FalseAlarmRate / 2;
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
