namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>Mistakes that are the right formula with another argument.</summary>
internal static class ParameterMistakes
{
    private static readonly Dictionary<string, string[]> Parameters = OperationTable.All.ToDictionary(
        operation => operation.Name, operation => operation.Parameters.Select(parameter => parameter.Name).ToArray());

    public static IEnumerable<Mistake> All =>
    [
        With("RankPlusOne", "the rank is taken as r + 1", "rank", r => r + 1),
        With("RankMinusOne", "the rank is taken as r − 1", "rank", r => r - 1),
        With("RankDoubled", "the rank is taken as 2r", "rank", r => 2 * r),
        With("RankSquared", "the rank is taken as r²", "rank", r => r * r),
        With("RankForgotten", "the rank is left out, as if it were 1", "rank", _ => 1),
        With("DimensionPlusOne", "the dimension is taken as m + 1, or the degrees of freedom as r + m", "dimension", m => m + 1),
        With("DimensionMinusOne", "the dimension is taken as m − 1, or the degrees of freedom as r + m − 2", "dimension", m => m - 1),
        new("RankAndDimensionExchanged", "rank and dimension are exchanged", Having("rank", "dimension"), query
            => query.Ask(("rank", query.Number("dimension")), ("dimension", query.Number("rank")))),
        new("DegreesOfFreedom", "X is given m degrees of freedom instead of r + m − 1", Having("rank", "dimension"), query
            => query.Ask(("dimension", query.Number("dimension") - query.Number("rank") + 1))),
        With("DirectionSwapped", "λ is inverted, ‖q′‖/‖q‖ for ‖q‖/‖q′‖, which is the other direction", "normRatio", ratio => 1 / ratio),
        With("NormRatioSquared", "λ is squared: the ratio of squared norms is taken", "normRatio", ratio => ratio * ratio),
        With("NormRatioRoot", "the root of λ is taken", "normRatio", Math.Sqrt),
        With("NormRatioIgnored", "λ is ignored, as if both norms were equal", "normRatio", _ => 1),
        With("AngleDoubled", "the angle is doubled", "angle", angle => Wrapped(2 * angle)),
        With("AngleHalved", "the angle is halved", "angle", angle => angle / 2),
        With("AngleSupplement", "the sign of cos θ is lost: π − θ is taken for θ", "angle", angle => Math.PI - angle),
        With("AngleComplement", "sine and cosine are exchanged: π/2 − θ is taken for θ", "angle", angle => Math.Abs((Math.PI / 2) - angle)),
        With("AngleInDegrees", "the angle is converted to degrees and then used as radians", "angle", angle => Wrapped(angle * 180 / Math.PI)),
        With("AngleTakenForDegrees", "the angle, given in radians, is taken for degrees", "angle", angle => angle * Math.PI / 180),
        With("AngleIgnored", "the angle is ignored, as if it were 0", "angle", _ => 0),
        With("EpsilonHalved", "ε is halved", "epsilon", epsilon => epsilon / 2),
        With("EpsilonDoubled", "ε is doubled", "epsilon", epsilon => 2 * epsilon),
        With("EpsilonToBase2", "2^ε is taken for e^ε", "epsilon", epsilon => epsilon * Math.Log(2)),
        With("EpsilonToBase10", "10^ε is taken for e^ε", "epsilon", epsilon => epsilon * Math.Log(10)),
        With("EpsilonFromBase2", "ε is divided by ln 2, as if it were to be converted to base 2", "epsilon", epsilon => epsilon / Math.Log(2)),
        With("EpsilonFromBase10", "ε is divided by ln 10, as if it were to be converted to base 10", "epsilon", epsilon => epsilon / Math.Log(10)),
        With("EpsilonIgnored", "ε is ignored, as if it were 0", "epsilon", _ => 0),
        With("DeltaComplement", "1 − δ is taken for δ", "delta", delta => 1 - delta),
        With("DeltaHalved", "δ is halved", "delta", delta => delta / 2),
        With("DeltaDoubled", "δ is doubled", "delta", delta => 2 * delta),
        With("DeltaSquared", "δ is squared", "delta", delta => delta * delta),
        With("DeltaRoot", "the root of δ is taken", "delta", Math.Sqrt),
        With("StepsPlusOne", "a step too many is composed", "steps", steps => steps + 1),
        With("StepsMinusOne", "a step too few is composed", "steps", steps => steps - 1),
        With("StepsDoubled", "twice the steps are composed", "steps", steps => 2 * steps),
        With("StepsIgnored", "the steps are not composed: one is accounted", "steps", _ => 1),
        new("StepsTakenForEpochs", "steps are taken for epochs of 1/q steps each", Having("steps", "samplingRate"), query
            => query.Ask(("steps", Math.Ceiling(query.Number("steps") / query.Number("samplingRate"))))),
        new("RatePerEpoch", "the sampling rate is taken to be that of all steps together: q/T in each", Having("steps", "samplingRate"), query
            => query.Ask(("samplingRate", query.Number("samplingRate") / query.Number("steps")))),
        With("RateHalved", "the sampling rate is halved", "samplingRate", rate => rate / 2),
        With("RateDoubled", "the sampling rate is doubled", "samplingRate", rate => Math.Min(2 * rate, 1)),
        With("RateSquared", "the sampling rate is squared", "samplingRate", rate => rate * rate),
        With("RateIgnored", "the sampling rate is ignored, as if it were 1", "samplingRate", _ => 1),
        With("RateFloored", "the sampling rate is replaced by 1/⌈1/q⌉, as with a floored expected batch size", "samplingRate", rate => 1 / Math.Ceiling(1 / rate)),
        With("NoiseSquared", "σ² is taken for σ", "noiseMultiplier", noise => noise * noise),
        With("NoiseRoot", "the root of σ is taken: σ for the variance", "noiseMultiplier", Math.Sqrt),
        With("NoiseDoubled", "the noise is doubled", "noiseMultiplier", noise => 2 * noise),
        With("NoiseHalved", "the noise is halved, or the sensitivity doubled", "noiseMultiplier", noise => noise / 2),
        new("ReplaceOneTakenForAddRemove", "the two neighbouring relations are exchanged", Having("neighbours"), query
            => query.Ask(("neighbours", IsReplaceOne(query) ? "add-remove" : "replace-one"))),
        new("ReplaceOneIgnored", "replacing an example is accounted as adding or removing it", Having("neighbours"), query => query.Ask(("neighbours", "add-remove"))),
        new("ReplaceOneAlways", "adding or removing an example is accounted as replacing it", Having("neighbours"), query => query.Ask(("neighbours", "replace-one"))),
        With("MuInverted", "μ is inverted: the noise multiplier is taken for Δ/σ", "mu", mu => 1 / mu),
        With("MuSquared", "μ is squared: σ² is taken for σ", "mu", mu => mu * mu),
        With("MuRoot", "the root of μ is taken", "mu", Math.Sqrt),
        With("MuDoubled", "μ is doubled", "mu", mu => 2 * mu),
        With("MuHalved", "μ is halved", "mu", mu => mu / 2),
        With("VarianceForNoise", "σ² is taken for σ", "noise", noise => noise * noise),
        With("NoiseVarianceRoot", "the root of σ is taken: σ for the variance", "noise", Math.Sqrt),
        With("SensitivitySquared", "the sensitivity is squared", "sensitivity", sensitivity => sensitivity * sensitivity),
        With("SensitivityDoubled", "the sensitivity is doubled, or the noise halved", "sensitivity", sensitivity => 2 * sensitivity),
        With("SensitivityHalved", "the sensitivity is halved, or the noise doubled", "sensitivity", sensitivity => sensitivity / 2),
        new("SensitivityAndNoiseExchanged", "sensitivity and noise are exchanged", Having("sensitivity", "noise"), query
            => query.Ask(("sensitivity", query.Number("noise")), ("noise", query.Number("sensitivity")))),
        new("SketchNotNormalized", "R is taken for R/r: the sketched norm is too large by √r", Having("sensitivity", "rank"), query
            => query.Ask(("sensitivity", query.Number("sensitivity") * Math.Sqrt(query.Number("rank"))))),
        With("RelativeSensitivityHalved", "the relative sensitivity is halved", "relativeSensitivity", tau => tau / 2),
        With("RelativeSensitivitySquared", "the relative sensitivity is squared", "relativeSensitivity", tau => tau * tau),
        With("EntrySignLost", "the sign of the entry is turned", "entry", entry => -entry),
        With("EntryIgnored", "the entry is ignored: the law of an entry 0 is taken", "entry", _ => 0),
        With("NormSquared", "‖q‖² is taken for ‖q‖", "norm", norm => norm * norm),
        With("NormRoot", "the root of ‖q‖ is taken", "norm", Math.Sqrt),
        With("PointNegated", "the sign of the point is turned", "x", x => -x),
        new("PointShifted", "the point is taken from the mean: x + q_i for x", Having("entry", "x"), query => query.Ask(("x", Numbers.Write(query.Number("x") + query.Number("entry"))))),
        new("PointCentred", "the mean is subtracted twice: x − q_i for x", Having("entry", "x"), query => query.Ask(("x", Numbers.Write(query.Number("x") - query.Number("entry"))))),
        With("ProbabilityComplement", "1 − p is taken for p", "probability", p => 1 - p),
        With("ProbabilityHalved", "the tail is taken on two sides: p/2 for p", "probability", p => p / 2),
        With("EntryRatioSquared", "q_i²/‖q‖² is taken for q_i/‖q‖", "entryRatio", ratio => ratio * ratio),
        With("EntryRatioIgnored", "the entry's share of the norm is ignored", "entryRatio", _ => 0),
        With("LossNegated", "the sign of the loss is turned", "loss", loss => -loss, "product/loss-cdf"),
        With("KurtosisIgnored", "the kurtosis of the entries of A is ignored: 3, that of the normal law, is taken", "kurtosis", _ => 3),
        With("ExcessKurtosisSubtracted", "3 is subtracted from a kurtosis: the excess is taken", "kurtosis", kurtosis => Math.Max(kurtosis - 3, 1)),
        With("ExcessKurtosisAdded", "3 is added to a kurtosis, as if it were the excess", "kurtosis", kurtosis => kurtosis + 3),
        With("ScaleForgotten", "the scale s = α/r is left out", "scale", _ => 1),
        With("ScaleSquared", "the scale is applied twice, in the forward pass too", "scale", scale => scale * scale),
        With("ScaleInverted", "the scale is inverted: r/α for α/r", "scale", scale => 1 / scale),
        new("SinglePrecisionParameters", "the parameters are rounded to single precision", _ => true, query => query.AskWithAll(value => (double)(float)value)),
    ];

    private static Mistake With(string name, string bug, string parameter, Func<double, double> change, string? operation = null)
        => new(name, bug, operation is null ? Having(parameter) : asked => asked == operation, query
            => query.Has(parameter) ? query.Ask((parameter, Numbers.Write(change(query.Number(parameter))))) : query.Ask());

    private static Predicate<string> Having(params string[] parameters)
        => operation => Parameters.TryGetValue(operation, out string[]? all) && Array.TrueForAll(parameters, all.Contains);

    private static bool IsReplaceOne(Query query) => query.Word("neighbours") == "replace-one";

    /// <summary>The angle in [0, π] with the same cosine.</summary>
    private static double Wrapped(double angle) => Math.Abs(Math.IEEERemainder(angle, 2 * Math.PI));
}
