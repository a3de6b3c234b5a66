using System.Text.Json;
using LoraPrivacy.Reference.Accounting;
using LoraPrivacy.Reference.Privacy;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations dp-sgd/…: proved bounds of the privacy of DP-SGD on B.</summary>
internal static class DpSgdOperations
{
    private const long LargestSteps = 1L << 53;

    public static IEnumerable<Operation> All =>
    [
        new("dp-sgd/delta", "S19", ["noiseMultiplier", "samplingRate", "steps", "epsilon", "neighbours?"], Delta),
        new("dp-sgd/epsilon", "S19", ["noiseMultiplier", "samplingRate", "steps", "delta", "neighbours?"], Epsilon),
        new("dp-sgd/noise-multiplier", "S19", ["samplingRate", "steps", "epsilon", "delta", "neighbours?"], (p, r) => r.WriteReal("value", Noise(p))),
    ];

    private static void Delta(ParameterReader parameters, Utf8JsonWriter result)
    {
        DpSgdMechanism run = Run(parameters);
        double epsilon = parameters.NonNegative("epsilon");
        result.WriteBracket(run.DeltaBracket(epsilon, Neighbours(parameters)));
    }

    private static void Epsilon(ParameterReader parameters, Utf8JsonWriter result)
    {
        DpSgdMechanism run = Run(parameters);
        double delta = parameters.Probability("delta");
        result.WriteBracket(run.EpsilonBracket(delta, Neighbours(parameters)));
    }

    private static double Noise(ParameterReader parameters)
    {
        double rate = Rate(parameters);
        long steps = Steps(parameters);
        double epsilon = parameters.Positive("epsilon");
        double delta = parameters.Probability("delta");
        return DpSgdPlanning.NoiseMultiplier(rate, steps, epsilon, delta, Neighbours(parameters));
    }

    private static DpSgdMechanism Run(ParameterReader parameters)
        => new(parameters.NonNegative("noiseMultiplier"), Rate(parameters), Steps(parameters));

    private static double Rate(ParameterReader parameters)
    {
        double rate = parameters.Finite("samplingRate");
        return rate is > 0 and <= 1 ? rate : throw parameters.Outside("samplingRate", "a number in (0, 1]");
    }

    private static long Steps(ParameterReader parameters) => parameters.Count("steps", LargestSteps);

    private static NeighbouringRelation Neighbours(ParameterReader parameters)
        => parameters.Has("neighbours") && parameters.Word("neighbours", "add-remove", "replace-one") == "replace-one"
            ? NeighbouringRelation.ReplaceOne
            : NeighbouringRelation.AddRemove;
}
