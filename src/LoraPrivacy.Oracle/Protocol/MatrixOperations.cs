using System.Text.Json;
using LoraPrivacy.Reference.Releases;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations matrix/…: exact privacy of the product release of a whole matrix.</summary>
internal static class MatrixOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("matrix/delta", "S16", ["gradient", "neighbour", "rank", "epsilon"], (p, r) => r.WriteReal("value", Delta(p))),
        new("matrix/verdict", "S16", ["gradient", "neighbour"], Verdict),
    ];

    private static double Delta(ParameterReader parameters)
    {
        (double[,] gradient, double[,] neighbour) = Matrices(parameters);
        int rank = parameters.Size("rank");
        double epsilon = parameters.NonNegative("epsilon");
        return MatrixRelease.Delta(gradient, neighbour, rank, epsilon);
    }

    private static void Verdict(ParameterReader parameters, Utf8JsonWriter result)
    {
        (double[,] gradient, double[,] neighbour) = Matrices(parameters);
        MatrixVerdict verdict = MatrixRelease.Verdict(gradient, neighbour);
        result.WriteString("verdict", verdict.Kind switch
        {
            MatrixVerdictKind.Distinguishable => "distinguishable",
            MatrixVerdictKind.Vector => "vector",
            MatrixVerdictKind.Scaled => "scaled",
            _ => "identical",
        });
        result.WriteString("reason", verdict.Reason);
    }

    private static (double[,] Gradient, double[,] Neighbour) Matrices(ParameterReader parameters)
    {
        double[,] gradient = parameters.Matrix("gradient");
        double[,] neighbour = parameters.Matrix("neighbour");
        return gradient.GetLength(0) == neighbour.GetLength(0) && gradient.GetLength(1) == neighbour.GetLength(1)
            ? (gradient, neighbour)
            : throw ProtocolException.BadParameter("neighbour", $"neighbour must be {gradient.GetLength(0)} × {gradient.GetLength(1)} as gradient is, but is {neighbour.GetLength(0)} × {neighbour.GetLength(1)}");
    }
}
