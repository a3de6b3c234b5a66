using System.Text.Json;
using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations noise/…: the law of a sketched gradient.</summary>
internal static class NoiseOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("noise/moments", "S4", ["gradient", "rank", "kurtosis?"], Moments),
        new("noise/pdf", "S7", ["entry", "norm", "rank", "x"], (p, r) => r.WriteReal("value", Density(p))),
        new("noise/cdf", "S7", ["entry", "norm", "rank", "x"], (p, r) => r.WriteReal("value", Cumulative(p))),
        new("noise/quantile", "S7", ["entry", "norm", "rank", "probability"], (p, r) => r.WriteReal("value", Quantile(p))),
        new("noise/gaussian-distance", "S9", ["entryRatio", "rank"], Distance),
    ];

    private static void Moments(ParameterReader parameters, Utf8JsonWriter result)
    {
        double[] gradient = parameters.Vector("gradient");
        int rank = parameters.Size("rank");

        // No distribution with mean 0 has a kurtosis below 1.
        double kurtosis = parameters.Has("kurtosis") ? parameters.Between("kurtosis", 1, double.PositiveInfinity) : 3;
        double[] mean = GradientMoments.Mean(gradient);
        double[] variances = GradientMoments.EntryVariances(gradient, rank, kurtosis);
        double total = GradientMoments.TotalNoise(gradient, rank, kurtosis);
        CheckRange(parameters, gradient, kurtosis, variances, total);
        result.WriteVector("mean", mean);
        result.WriteVector("variance", variances);
        result.WriteReal("total", total);
    }

    /// <summary>Refuses squares that have become infinite, or 0 where they are not.</summary>
    private static void CheckRange(ParameterReader parameters, double[] gradient, double kurtosis, double[] variances, double total)
    {
        bool isZero = Array.TrueForAll(gradient, entry => entry == 0);
        for (int i = 0; i < variances.Length; i++)
        {
            bool hasVanished = !isZero && variances[i] == 0 && !GradientMoments.IsNoiseFree(gradient, i, kurtosis);
            if (hasVanished || !double.IsFinite(variances[i]) || !double.IsFinite(total))
            {
                throw parameters.Beyond("gradient", "its variances are");
            }
        }
    }

    private static double Density(ParameterReader parameters)
    {
        VarianceGamma law = Law(parameters);
        double x = parameters.Extended("x");
        return double.IsInfinity(x) ? 0 : law.Density(x);
    }

    private static double Cumulative(ParameterReader parameters)
    {
        VarianceGamma law = Law(parameters);
        double x = parameters.Extended("x");
        return double.IsInfinity(x) ? (x > 0 ? 1 : 0) : law.CumulativeDistribution(x);
    }

    private static double Quantile(ParameterReader parameters)
    {
        double quantile = Law(parameters).Quantile(parameters.Probability("probability"));
        return double.IsFinite(quantile) ? quantile : throw parameters.Beyond("norm", "the quantile is");
    }

    private static VarianceGamma Law(ParameterReader parameters)
    {
        double norm = parameters.Positive("norm");
        double entry = parameters.Finite("entry");
        return Math.Abs(entry) <= norm
            ? new VarianceGamma(entry, norm, parameters.Size("rank"))
            : throw parameters.Outside("entry", "a number in [-norm, norm]");
    }

    private static void Distance(ParameterReader parameters, Utf8JsonWriter result)
    {
        double ratio = parameters.Between("entryRatio", -1, 1);
        int rank = parameters.Size("rank");
        result.WriteReal("totalVariation", GaussianDistance.TotalVariation(ratio, rank));
        result.WriteReal("kolmogorov", GaussianDistance.Kolmogorov(ratio, rank));
    }
}
