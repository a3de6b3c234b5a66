using System.Text.Json;
using LoraPrivacy.Reference.Models;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operation lora/step: loss and gradients of one linear layer with an adapter.</summary>
internal static class LoraOperations
{
    public static IEnumerable<Operation> All => [With(Step)];

    /// <summary>The operation, computed in some way.</summary>
    public static Operation With(Action<Batch, Utf8JsonWriter> compute)
        => new("lora/step", "S1", ["weight", "a", "b", "scale", "input", "target", "loss"], (parameters, result) => compute(Read(parameters), result));

    private static void Step(Batch batch, Utf8JsonWriter result)
    {
        LossFunction loss = batch.IsCrossEntropy ? LossFunction.CrossEntropy : LossFunction.SquaredError;
        LoraStep step = LoraStep.Compute(new LoraLayer(batch.Weight, batch.A, batch.B, batch.Scale), batch.Input, batch.Target, loss);
        result.WriteReal("loss", step.Loss);
        result.WriteMatrix("gradient", step.Gradient);
        result.WriteMatrix("gradientB", step.GradientB);
        result.WriteMatrix("gradientA", step.GradientA);
    }

    private static Batch Read(ParameterReader parameters)
    {
        double[,] weight = parameters.Matrix("weight");
        double[,] a = Shaped(parameters, "a", rows: null, columns: weight.GetLength(1));
        double[,] b = Shaped(parameters, "b", weight.GetLength(0), a.GetLength(0));
        double scale = parameters.Finite("scale");
        double[,] input = Shaped(parameters, "input", rows: null, columns: weight.GetLength(1));
        double[,] target = Shaped(parameters, "target", input.GetLength(0), weight.GetLength(0));
        return new(weight, a, b, scale, input, target, parameters.Word("loss", "squared-error", "cross-entropy") == "cross-entropy");
    }

    private static double[,] Shaped(ParameterReader parameters, string name, int? rows, int columns)
    {
        double[,] matrix = parameters.Matrix(name);
        return (rows is null || matrix.GetLength(0) == rows) && matrix.GetLength(1) == columns
            ? matrix
            : throw ProtocolException.BadParameter(
                name, $"{name} must be {rows?.ToString() ?? "any number of rows"} × {columns}, but is {matrix.GetLength(0)} × {matrix.GetLength(1)}");
    }

    /// <summary>A layer and a batch of shapes that agree.</summary>
    /// <param name="Weight">W, n × m.</param>
    /// <param name="A">A, r × m.</param>
    /// <param name="B">B, n × r.</param>
    /// <param name="Scale">s.</param>
    /// <param name="Input">x, batch × m.</param>
    /// <param name="Target">The targets, batch × n.</param>
    /// <param name="IsCrossEntropy">Whether the loss is the cross-entropy, and not half the squared error.</param>
    internal sealed record Batch(double[,] Weight, double[,] A, double[,] B, double Scale, double[,] Input, double[,] Target, bool IsCrossEntropy);
}
