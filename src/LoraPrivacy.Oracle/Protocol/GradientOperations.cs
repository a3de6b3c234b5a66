using LoraPrivacy.Reference.Models;
using static LoraPrivacy.Oracle.Protocol.Operations;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations lora/step and noise/…: gradients of one layer with an adapter, and the law of a sketched gradient.</summary>
internal static class GradientOperations
{
    private const double NormalKurtosis = 3;

    public static Dictionary<string, Action<Arguments, Utf8JsonWriter>> All => new()
    {
        ["lora/step"] = Step,
        ["noise/moments"] = Moments,
        ["noise/pdf"] = Value(Density),
        ["noise/cdf"] = Value(Cumulative),
        ["noise/quantile"] = Value(Quantile),
        ["noise/gaussian-distance"] = Distance,
        [SamplingOperation.Name] = SamplingOperation.Of(Draw),
    };

    private static void Step(Arguments arguments, Utf8JsonWriter result)
    {
        LossFunction loss = arguments.Word("loss") == "cross-entropy" ? LossFunction.CrossEntropy : LossFunction.SquaredError;
        LoraLayer layer = new(arguments.Matrix("weight"), arguments.Matrix("a"), arguments.Matrix("b"), arguments.Real("scale"));
        LoraStep step = LoraStep.Compute(layer, arguments.Matrix("input"), arguments.Matrix("target"), loss);
        result.WriteReal("loss", step.Loss);
        result.WriteMatrix("gradient", step.Gradient);
        result.WriteMatrix("gradientB", step.GradientB);
        result.WriteMatrix("gradientA", step.GradientA);
    }

    /// <summary>Draws from the definition, with the reference's own Gaussian A.</summary>
    private static IEnumerable<double[]> Draw(double[] gradient, int rank, int count, long seed)
    {
        Random random = new((int)(seed ^ (seed >> 31)) & int.MaxValue);
        GradientLaw law = new(gradient, rank);
        return Enumerable.Range(0, count).Select(_ => law.SampleDirect(random));
    }

    private static void Moments(Arguments arguments, Utf8JsonWriter result)
    {
        double[] gradient = arguments.Vector("gradient");
        int rank = arguments.Size("rank");
        double kurtosis = arguments.Has("kurtosis") ? arguments.Real("kurtosis") : NormalKurtosis;
        double[] mean = GradientMoments.Mean(gradient);
        double[] variances = GradientMoments.EntryVariances(gradient, rank, kurtosis);
        double total = GradientMoments.TotalNoise(gradient, rank, kurtosis);
        CheckRange(arguments, gradient, kurtosis, variances, total);
        result.WriteVector("mean", mean);
        result.WriteVector("variance", variances);
        result.WriteReal("total", total);
    }

    /// <summary>Refuses squares that have become infinite, or 0 where they are not.</summary>
    private static void CheckRange(Arguments arguments, double[] gradient, double kurtosis, double[] variances, double total)
    {
        bool isZero = Array.TrueForAll(gradient, entry => entry == 0);
        bool HasVanished(double variance, int i) => !isZero && variance == 0 && !GradientMoments.IsNoiseFree(gradient, i, kurtosis);
        if (!double.IsFinite(total) || variances.Where((variance, i) => !double.IsFinite(variance) || HasVanished(variance, i)).Any())
        {
            throw arguments.Beyond("gradient", "its variances are");
        }
    }

    private static double Density(Arguments arguments)
    {
        VarianceGamma law = Law(arguments);
        double x = arguments.Real("x");
        return double.IsInfinity(x) ? 0 : law.Density(x);
    }

    private static double Cumulative(Arguments arguments)
    {
        VarianceGamma law = Law(arguments);
        double x = arguments.Real("x");
        return double.IsInfinity(x) ? (x > 0 ? 1 : 0) : law.CumulativeDistribution(x);
    }

    private static double Quantile(Arguments arguments)
    {
        double quantile = Law(arguments).Quantile(arguments.Real("probability"));
        return double.IsFinite(quantile) ? quantile : throw arguments.Beyond("norm", "the quantile is");
    }

    private static VarianceGamma Law(Arguments arguments)
    {
        double norm = arguments.Real("norm");
        double entry = arguments.Real("entry");
        return Math.Abs(entry) <= norm
            ? new VarianceGamma(entry, norm, arguments.Size("rank"))
            : throw arguments.Outside("entry", "a number in [-norm, norm]");
    }

    private static void Distance(Arguments arguments, Utf8JsonWriter result)
    {
        double ratio = arguments.Real("entryRatio");
        int rank = arguments.Size("rank");
        result.WriteReal("totalVariation", GaussianDistance.TotalVariation(ratio, rank));
        result.WriteReal("kolmogorov", GaussianDistance.Kolmogorov(ratio, rank));
    }
}
