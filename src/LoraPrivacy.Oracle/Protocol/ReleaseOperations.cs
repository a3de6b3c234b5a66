using static LoraPrivacy.Oracle.Protocol.Operations;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations factor/… and matrix/…: exact privacy of releasing B alone, and of the product release of a whole matrix.</summary>
internal static class ReleaseOperations
{
    public static Dictionary<string, Action<Arguments, Utf8JsonWriter>> All => new()
    {
        ["factor/delta"] = VanishingDelta(arguments => Factor(arguments).Delta),
        ["factor/epsilon"] = Value(arguments => Factor(arguments).Epsilon(arguments.Real("delta"))),
        ["matrix/delta"] = Value(arguments => MatrixRelease.Curve(
            arguments.Matrix("gradient"), arguments.Matrix("neighbour"), arguments.Size("rank")).Delta(arguments.Real("epsilon")).Upper),
        ["matrix/verdict"] = Verdict,
    };

    private static FactorRelease Factor(Arguments arguments) => new(arguments.Size("rank"), arguments.Vector("eigenvalues"));

    private static void Verdict(Arguments arguments, Utf8JsonWriter result)
    {
        MatrixVerdict verdict = MatrixRelease.Verdict(arguments.Matrix("gradient"), arguments.Matrix("neighbour"));
        result.WriteString("verdict", verdict.Kind switch
        {
            MatrixVerdictKind.Distinguishable => "distinguishable",
            MatrixVerdictKind.Vector => "vector",
            MatrixVerdictKind.Scaled => "scaled",
            _ => "identical",
        });
        result.WriteString("reason", verdict.Reason);
    }
}
