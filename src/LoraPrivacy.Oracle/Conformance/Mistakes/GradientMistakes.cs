namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>Mistakes in the law of a sketched gradient, and in a training step.</summary>
internal static class GradientMistakes
{
    public static IEnumerable<Mistake> All => [.. Initializations, .. Moments, .. Laws, .. Steps];

    /// <summary>A of another variance than 1/r: y is c times what it should be.</summary>
    private static IEnumerable<Mistake> Initializations =>
    [
        .. Scaled("PeftGaussian", "the entries of A are taken to have variance 1/r² and not 1/r (PEFT's \"gaussian\" initialisation)", rank => 1 / rank),
        .. Scaled("UnitVariance", "the entries of A are taken to have variance 1 and not 1/r", rank => rank),
        .. Scaled("VarianceOverRootRank", "the entries of A are taken to have variance 1/√r and not 1/r", Math.Sqrt),
    ];

    private static IEnumerable<Mistake> Moments =>
    [
        Variance("VarianceOverRankSquared", "the variance of the noise is divided by r²: an A of variance 1/r² with the mean of one of variance 1/r", query
            => (norm, entry) => (norm + (Excess(query) * entry)) / Math.Pow(query.Number("rank"), 2)),
        Variance("OwnEntryForgotten", "the entry's own share (κ − 2)q_i² of its variance is forgotten", query => (norm, _) => norm / query.Number("rank")),
        Variance("OwnEntrySubtracted", "the entry's own share (κ − 2)q_i² of its variance is subtracted", query
            => (norm, entry) => (norm - (Excess(query) * entry)) / query.Number("rank")),
        Variance("OwnEntryAlone", "only the entry's own share of its variance is taken: 2q_i²/r, without the others", query
            => (_, entry) => (Excess(query) + 1) * entry / query.Number("rank")),
        Variance("NormForSquare", "‖q‖ is taken for ‖q‖² in the variance", query
            => (norm, entry) => (Math.Sqrt(norm) + (Excess(query) * entry)) / query.Number("rank")),
        Variance("RankMinusOneDivides", "the variance is divided by r − 1", query => (norm, entry) => (norm + (Excess(query) * entry)) / (query.Number("rank") - 1)),
        OfMoments("StandardDeviation", "standard deviations are answered for variances", (_, result)
            => Changed(Changed(result, "variance", Math.Sqrt), "total", Math.Sqrt)),
        OfMoments("MeanForTotal", "the total noise is the mean over the entries, and not their sum", (query, result)
            => Changed(result, "total", total => total / query.Vector("gradient").Length)),
        OfMoments("MeanZero", "the mean of the noise is answered, 0, and not that of the sketched gradient", (_, result) => Changed(result, "mean", _ => 0)),
        OfMoments("SecondMoment", "the second moment, with the mean's square, is answered for the variance", (_, result) =>
        {
            JsonObject changed = result.DeepClone().AsObject();
            double[] mean = [.. result["mean"]!.AsArray().Select(value => Numbers.Read(value!))];
            changed["variance"] = new JsonArray([.. result["variance"]!.AsArray().Select((value, i) => Numbers.Write(Numbers.Read(value!) + (mean[i] * mean[i])))]);
            changed["total"] = Numbers.Write(changed["variance"]!.AsArray().Sum(value => Numbers.Read(value!)));
            return changed;
        }),
    ];

    private static IEnumerable<Mistake> Laws =>
    [
        Normal("noise/pdf", (mean, deviation, query) => Reference.Numerics.NormalDistribution.Density((query.Number("x") - mean) / deviation) / deviation),
        Normal("noise/cdf", (mean, deviation, query) => Reference.Numerics.NormalDistribution.Cdf((query.Number("x") - mean) / deviation)),
        Normal("noise/quantile", (mean, deviation, query) => mean + (deviation * Reference.Numerics.NormalDistribution.Quantile(query.Number("probability")))),
        At("DistancesSwapped", "total variation and Kolmogorov distance are exchanged", "noise/gaussian-distance", query => query.Ask() is not { } result ? null
            : new JsonObject { ["totalVariation"] = result["kolmogorov"]!.DeepClone(), ["kolmogorov"] = result["totalVariation"]!.DeepClone() }),
        At("TotalVariationDoubled", "the L1 distance of the densities, twice the total variation, is answered for it", "noise/gaussian-distance", query
            => query.Ask() is { } result ? Changed(result, "totalVariation", value => 2 * value) : null),
    ];

    private static IEnumerable<Mistake> Steps =>
    [
        At("RowColumnConfusionOfA", "A is read with rows and columns exchanged", "lora/step", query =>
        {
            double[][] a = query.Matrix("a");
            double[][] transposed = [.. a[0].Select((_, j) => a.Select(row => row[j]).ToArray())];
            return query.Ask(("a", Numbers.Write(transposed)));
        }),
        OfStep("SumForMean", "losses and gradients are summed over the batch and not averaged", _ => true, query => query.Matrix("input").Length),
        OfStep("LossSummed", "the loss is summed over the batch and not averaged", name => name == "loss", query => query.Matrix("input").Length),
        OfStep("GradientsSummed", "gradients are summed over the batch and not averaged", IsGradient, query => query.Matrix("input").Length),
        OfStep("GradientsNegated", "the gradients have the sign of the step", IsGradient, _ => -1),
        OfStep("OutputsAveraged", "losses and gradients are averaged over the outputs too", _ => true, query => 1.0 / query.Matrix("weight").Length),
        OfStep("HalfForgotten", "the squared error is taken without its ½", _ => true, query => query.Word("loss") == "squared-error" ? 2 : 1),
        OfStep("ScaleMissingInFactors", "the scale is left out of the gradients of A and B", IsFactorGradient, query => 1 / query.Number("scale")),
        OfStep("ScaleTwiceInFactors", "the scale is applied twice in the gradients of A and B", IsFactorGradient, query => query.Number("scale")),
        OfStep("ScaleMissingInB", "the scale is left out of the gradient of B", name => name == "gradientB", query => 1 / query.Number("scale")),
        OfStep("ScaleMissingInA", "the scale is left out of the gradient of A", name => name == "gradientA", query => 1 / query.Number("scale")),
        OfStep("GradientOfAZero", "the gradient of A is 0, as if A were frozen or B were 0", name => name == "gradientA", _ => 0),
        At("AdapterIgnored", "the adapter is left out of the forward pass", "lora/step", query =>
        {
            // With B = 0 the forward pass is W's alone; the gradients of A and B are then s Bᵀ G and s G Aᵀ of that G.
            JsonObject? right = query.Ask(("b", Numbers.Write(query.Matrix("b").Select(row => row.Select(_ => 0.0)))));
            if (right is null)
            {
                return null;
            }

            double[][] b = query.Matrix("b");
            double[][] gradient = [.. right["gradient"]!.AsArray().Select(row => row!.AsArray().Select(value => Numbers.Read(value!)).ToArray())];
            JsonObject changed = right.DeepClone().AsObject();
            changed["gradientA"] = Numbers.Write(b[0].Select((_, k) => gradient[0].Select((_, j) => query.Number("scale") * b.Select((row, i) => row[k] * gradient[i][j]).Sum())));
            return changed;
        }),
    ];

    private static Mistake At(string name, string bug, string operation, Func<Query, JsonObject?> answer) => new(name, bug, asked => asked == operation, answer);

    private static IEnumerable<Mistake> Scaled(string name, string bug, Func<double, double> factor)
    {
        yield return OfMoments(name, bug, (query, result) =>
        {
            double c = factor(query.Number("rank"));
            return Changed(Changed(Changed(result, "mean", value => c * value), "variance", value => c * c * value), "total", value => c * c * value);
        });
        yield return At(name, bug, "noise/pdf", query => OfLaw(query, "x", 1 / factor(query.Number("rank")), 1 / factor(query.Number("rank"))));
        yield return At(name, bug, "noise/cdf", query => OfLaw(query, "x", 1 / factor(query.Number("rank")), 1));
        yield return At(name, bug, "noise/quantile", query => OfLaw(query, null, 1, factor(query.Number("rank"))));
    }

    private static JsonObject? OfLaw(Query query, string? parameter, double argumentFactor, double resultFactor)
        => (parameter is null ? query.Ask() : query.Ask((parameter, Numbers.Write(argumentFactor * query.Number(parameter))))) is { } result
            ? Changed(result, "value", value => resultFactor * value) : null;

    private static Mistake OfMoments(string name, string bug, Func<Query, JsonObject, JsonObject> change)
        => At(name, bug, "noise/moments", query => query.Ask() is { } result ? change(query, result) : null);

    /// <summary>A variance of an entry from ‖q‖² and q_i².</summary>
    private static Mistake Variance(string name, string bug, Func<Query, Func<double, double, double>> formula) => OfMoments(name, bug, (query, result) =>
    {
        double[] squares = [.. query.Vector("gradient").Select(entry => entry * entry)];
        double[] variances = [.. squares.Select(square => formula(query)(squares.Sum(), square))];
        JsonObject changed = result.DeepClone().AsObject();
        changed["variance"] = new JsonArray([.. variances.Select(Numbers.Write)]);
        changed["total"] = Numbers.Write(variances.Sum());
        return changed;
    });

    /// <summary>κ − 2.</summary>
    private static double Excess(Query query) => (query.Has("kurtosis") ? query.Number("kurtosis") : 3) - 2;

    private static Mistake Normal(string operation, Func<double, double, Query, double> value)
        => At("NormalApproximation", "the entry is taken to be normal with the right mean and variance", operation, query =>
        {
            double entry = query.Number("entry");
            double deviation = Math.Sqrt((Math.Pow(query.Number("norm"), 2) + (entry * entry)) / query.Number("rank"));
            return Numbers.Value(value(entry, deviation, query));
        });

    private static Mistake OfStep(string name, string bug, Predicate<string> members, Func<Query, double> factor)
        => At(name, bug, "lora/step", query => query.Ask() is not { } result ? null : new JsonObject(result.Select(member => KeyValuePair.Create(
            member.Key, (JsonNode?)(members(member.Key) ? Numbers.Map(member.Value!, value => factor(query) * value) : member.Value!.DeepClone())))));

    private static bool IsGradient(string member) => member != "loss";

    private static bool IsFactorGradient(string member) => member is "gradientA" or "gradientB";

    private static JsonObject Changed(JsonObject result, string member, Func<double, double> change)
    {
        JsonObject changed = result.DeepClone().AsObject();
        changed[member] = Numbers.Map(result[member]!, change);
        return changed;
    }
}
