using System.Text.Json;
using LoraPrivacy.Reference.Accounting;
using LoraPrivacy.Reference.Privacy;
using LoraPrivacy.Reference.Releases;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations product/…: exact privacy of one vector-valued product release.</summary>
internal static class ProductOperations
{
    private const long LargestSteps = 100_000_000;

    private static readonly string[] Pair = ["rank", "dimension", "normRatio", "angle"];

    public static IEnumerable<Operation> All =>
    [
        new("product/delta", "S11", [.. Pair, "epsilon"], (p, r) => r.WriteReal("value", Delta(p))),
        new("product/epsilon", "S11", [.. Pair, "delta"], (p, r) => r.WriteReal("value", Epsilon(p))),
        new("product/loss-cdf", "S13", [.. Pair, "loss"], (p, r) => r.WriteReal("value", LossCumulative(p))),
        new("product/delta-floor", "S12", ["rank", "angle"], (p, r) => r.WriteReal("value", Floor(p))),
        new("product/composed-epsilon", "S22", [.. Pair, "steps", "delta"], ComposedEpsilon),
        new("product/worst-case-epsilon", "S14", ["rank", "dimension", "relativeSensitivity", "delta"], WorstCase),
    ];

    private static double Delta(ParameterReader parameters)
    {
        ProductRelease release = Release(parameters);
        VectorPair pair = ReadPair(parameters);
        double epsilon = parameters.Between("epsilon", 0, double.PositiveInfinity);
        return double.IsInfinity(epsilon)
            ? ProductRelease.DeltaFloor(release.Rank, pair.Angle)
            : release.Delta(pair, epsilon);
    }

    private static double Epsilon(ParameterReader parameters)
        => Release(parameters).Epsilon(ReadPair(parameters), parameters.Probability("delta"));

    private static void ComposedEpsilon(ParameterReader parameters, Utf8JsonWriter result)
    {
        PrivacyPair step = PrivacyPair.Product(Release(parameters), ReadPair(parameters));
        long steps = parameters.Count("steps", LargestSteps);
        double delta = parameters.Probability("delta");
        result.WriteBracket(new PrivacyAccountant((step, steps)).BothDirections(direction => direction.Epsilon(delta)));
    }

    private static double LossCumulative(ParameterReader parameters)
    {
        ProductRelease release = Release(parameters);
        VectorPair pair = ReadPair(parameters);
        double loss = parameters.Extended("loss");
        return double.IsInfinity(loss) ? (loss > 0 ? 1 : 0) : release.LossCdf(pair, loss);
    }

    private static double Floor(ParameterReader parameters)
        => ProductRelease.DeltaFloor(parameters.Size("rank"), parameters.Between("angle", 0, Math.PI));

    private static void WorstCase(ParameterReader parameters, Utf8JsonWriter result)
    {
        WorstCase worst = new(parameters.Size("rank"), parameters.Size("dimension"));
        double sensitivity = parameters.Positive("relativeSensitivity");
        WorstCaseResult at = worst.EpsilonAt(sensitivity, parameters.Probability("delta"));
        result.WriteReal("value", at.Epsilon);
        result.WriteReal("normRatio", at.NormRatio);
        result.WriteReal("angle", at.Angle);
        result.WriteString("direction", at.Direction == Direction.Forward ? "forward" : "reverse");
    }

    private static ProductRelease Release(ParameterReader parameters) => new(parameters.Size("rank"), parameters.Size("dimension"));

    private static VectorPair ReadPair(ParameterReader parameters)
        => new(parameters.Positive("normRatio"), parameters.Between("angle", 0, Math.PI));
}
