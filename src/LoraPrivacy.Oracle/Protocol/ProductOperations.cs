using static LoraPrivacy.Oracle.Protocol.Operations;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations product/…: exact privacy of one vector-valued product release.</summary>
internal static class ProductOperations
{
    public static Dictionary<string, Action<Arguments, Utf8JsonWriter>> All => new()
    {
        ["product/delta"] = Value(Delta),
        ["product/epsilon"] = Value(arguments => Release(arguments).Epsilon(Pair(arguments), arguments.Real("delta"))),
        ["product/loss-cdf"] = Value(LossCumulative),
        ["product/delta-floor"] = Value(arguments => ProductRelease.DeltaFloor(arguments.Size("rank"), arguments.Real("angle"))),
        ["product/composed-epsilon"] = Bracket(ComposedEpsilon),
        ["product/worst-case-epsilon"] = WorstCase,
    };

    private static double Delta(Arguments arguments)
    {
        ProductRelease release = Release(arguments);
        VectorPair pair = Pair(arguments);
        double epsilon = arguments.Real("epsilon");
        return double.IsInfinity(epsilon)
            ? ProductRelease.DeltaFloor(release.Rank, pair.Angle)
            : release.Delta(pair, epsilon);
    }

    private static Bracket ComposedEpsilon(Arguments arguments)
    {
        PrivacyPair step = PrivacyPair.Product(Release(arguments), Pair(arguments));
        double delta = arguments.Real("delta");
        return new PrivacyAccountant((step, arguments.Count("steps"))).BothDirections().Epsilon(delta);
    }

    private static double LossCumulative(Arguments arguments)
    {
        ProductRelease release = Release(arguments);
        VectorPair pair = Pair(arguments);
        double loss = arguments.Real("loss");
        return double.IsInfinity(loss) ? (loss > 0 ? 1 : 0) : release.Curve(pair).LossCdf(loss);
    }

    private static void WorstCase(Arguments arguments, Utf8JsonWriter result)
    {
        WorstCase worst = new(arguments.Size("rank"), arguments.Size("dimension"));
        WorstCaseResult at = worst.Epsilon(arguments.Real("relativeSensitivity"), arguments.Real("delta"));
        result.WriteReal("value", at.Epsilon);
        result.WriteReal("normRatio", at.NormRatio);
        result.WriteReal("angle", at.Angle);
        result.WriteString("direction", at.Direction == Direction.Forward ? "forward" : "reverse");
    }

    private static ProductRelease Release(Arguments arguments) => new(arguments.Size("rank"), arguments.Size("dimension"));

    private static VectorPair Pair(Arguments arguments) => new(arguments.Real("normRatio"), arguments.Real("angle"));
}
