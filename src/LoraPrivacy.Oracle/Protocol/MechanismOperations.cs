using static LoraPrivacy.Oracle.Protocol.Operations;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations gaussian/…, sketched-gaussian/…, projected-gaussian/… and dp-sgd/…: privacy by added noise.</summary>
internal static class MechanismOperations
{
    public static Dictionary<string, Action<Arguments, Utf8JsonWriter>> All => new()
    {
        ["gaussian/delta"] = VanishingDelta(arguments => new GaussianMechanism(arguments.Real("mu")).Delta),
        ["gaussian/epsilon"] = Value(GaussianEpsilon),
        ["sketched-gaussian/delta"] = VanishingDelta(arguments => Sketched(arguments).Delta),
        ["sketched-gaussian/worst-case-delta"] = Bracket(arguments => Sketched(arguments).WorstCaseDelta(arguments.Real("epsilon"))),
        ["projected-gaussian/worst-case-delta"] = Bracket(arguments => Projected(arguments).WorstCaseDelta(arguments.Real("epsilon"))),
        ["projected-gaussian/delta"] = VanishingDelta(arguments => Projected(arguments).Delta),
        ["projected-gaussian/epsilon"] = Value(arguments =>
        {
            double epsilon = Projected(arguments).Epsilon(arguments.Real("delta"));
            return double.IsFinite(epsilon) ? epsilon : throw arguments.Beyond("sensitivity", "ε is");
        }),
        ["dp-sgd/delta"] = Bracket(arguments => Run(arguments).Delta(arguments.Real("epsilon"))),
        ["dp-sgd/epsilon"] = Bracket(arguments => Run(arguments).Epsilon(arguments.Real("delta"))),
        ["dp-sgd/noise-multiplier"] = Value(arguments => DpSgdPlanning.NoiseMultiplier(
            arguments.Real("samplingRate"), arguments.Count("steps"), arguments.Real("epsilon"), arguments.Real("delta"), Neighbours(arguments))),
    };

    private static double GaussianEpsilon(Arguments arguments)
    {
        double epsilon = new GaussianMechanism(arguments.Real("mu")).Epsilon(arguments.Real("delta"));
        return double.IsFinite(epsilon) ? epsilon : throw arguments.Beyond("mu", "ε is");
    }

    private static SketchedGaussianMechanism Sketched(Arguments arguments)
        => new(arguments.Size("rank"), arguments.Real("sensitivity"), arguments.Real("noise"));

    private static SketchedGaussianMechanism Projected(Arguments arguments) => SketchedGaussianMechanism.Projected(
        arguments.Size("rank"), arguments.Size("dimension"), arguments.Real("sensitivity"), arguments.Real("noise"));

    private static DpSgdMechanism Run(Arguments arguments)
        => new(arguments.Real("noiseMultiplier"), arguments.Real("samplingRate"), arguments.Count("steps"), Neighbours(arguments));

    private static NeighbouringRelation Neighbours(Arguments arguments)
        => CommonOptions.NeighboursOf(arguments.Word("neighbours"));
}
