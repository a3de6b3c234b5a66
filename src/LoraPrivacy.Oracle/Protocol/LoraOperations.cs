using System.Text.Json;
using LoraPrivacy.Reference.Models;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operation lora/step: loss and gradients of one linear layer with an adapter.</summary>
internal static class LoraOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("lora/step", "S1", ["weight", "a", "b", "scale", "input", "target", "loss"], Step),
    ];

    private static void Step(ParameterReader parameters, Utf8JsonWriter result)
    {
        double[,] weight = parameters.Matrix("weight");
        double[,] a = Shaped(parameters, "a", rows: null, columns: weight.GetLength(1));
        double[,] b = Shaped(parameters, "b", weight.GetLength(0), a.GetLength(0));
        double scale = parameters.Finite("scale");
        double[,] input = Shaped(parameters, "input", rows: null, columns: weight.GetLength(1));
        double[,] target = Shaped(parameters, "target", input.GetLength(0), weight.GetLength(0));
        LossFunction loss = parameters.Word("loss", "squared-error", "cross-entropy") == "cross-entropy"
            ? LossFunction.CrossEntropy
            : LossFunction.SquaredError;

        LoraStep step = LoraStep.Compute(new LoraLayer(weight, a, b, scale), input, target, loss);
        result.WriteReal("loss", step.Loss);
        result.WriteMatrix("gradient", step.Gradient);
        result.WriteMatrix("gradientB", step.GradientB);
        result.WriteMatrix("gradientA", step.GradientA);
    }

    private static double[,] Shaped(ParameterReader parameters, string name, int? rows, int columns)
    {
        double[,] matrix = parameters.Matrix(name);
        return (rows is null || matrix.GetLength(0) == rows) && matrix.GetLength(1) == columns
            ? matrix
            : throw ProtocolException.BadParameter(
                name, $"{name} must be {rows?.ToString() ?? "any number of rows"} × {columns}, but is {matrix.GetLength(0)} × {matrix.GetLength(1)}");
    }
}
