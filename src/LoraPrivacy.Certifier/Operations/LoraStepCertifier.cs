using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;
using LoraPrivacy.Certifier.Interop;
using LoraPrivacy.Certifier.Vectors;

namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operation lora/step (S1): loss and gradients of y = x(W + sBA)ᵀ, the mean over the batch.</summary>
internal static class LoraStepCertifier
{
    private const int Bits = 512;

    /// <summary>Rational arithmetic for the squared error; ball arithmetic for the exponentials of the cross-entropy.</summary>
    public static JsonObject Step(Parameters parameters)
    {
        Rational[][] a = parameters.Matrix("a");
        Rational[][] b = parameters.Matrix("b");
        Rational scale = parameters.Real("scale");
        Rational[][] input = parameters.Matrix("input");
        Rational[][] target = parameters.Matrix("target");
        Rational[][] weight = Sum(parameters.Matrix("weight"), Scaled(scale, Product(b, a)));
        Rational[][] prediction = Product(input, Transposed(weight));
        return parameters.Word("loss", "squared-error") == "squared-error"
            ? SquaredError(prediction, target, input, a, b, scale)
            : CrossEntropy(prediction, target, input, a, b, scale);
    }

    private static JsonObject SquaredError(
        Rational[][] prediction, Rational[][] target, Rational[][] input, Rational[][] a, Rational[][] b, Rational scale)
    {
        Rational count = input.Length;
        Rational[][] residual = Sum(prediction, Scaled(-1, target));
        Rational loss = residual.SelectMany(row => row).Aggregate((Rational)0, (sum, entry) => sum + entry * entry) / (2 * count);
        Rational[][] gradient = Scaled(1 / count, Product(Transposed(residual), input));
        Rational[][] gradientB = Scaled(scale, Product(gradient, Transposed(a)));
        Rational[][] gradientA = Scaled(scale, Product(Transposed(b), gradient));
        return Written(Enclosure.Of(loss), Enclosed(gradient), Enclosed(gradientB), Enclosed(gradientA));
    }

    private static JsonObject CrossEntropy(
        Rational[][] prediction, Rational[][] target, Rational[][] input, Rational[][] a, Rational[][] b, Rational scale)
    {
        using WorkingPrecision precision = WorkingPrecision.Of(Bits);
        Ball loss = 0;
        Ball[][] derivative = new Ball[prediction.Length][];
        for (int row = 0; row < prediction.Length; row++)
        {
            Ball[] exponentials = [.. prediction[row].Select(logit => Ball.Of(logit).Exp())];
            Ball sum = exponentials.Aggregate((x, y) => x + y);
            Rational total = target[row].Aggregate((Rational)0, (x, y) => x + y);
            Rational inner = prediction[row].Zip(target[row], (logit, probability) => logit * probability).Aggregate((Rational)0, (x, y) => x + y);
            loss += Ball.Of(total) * sum.Log() - Ball.Of(inner);
            derivative[row] = [.. exponentials.Zip(target[row], (e, probability) => e / sum - Ball.Of(probability))];
        }

        Ball[][] gradient = Product(Transposed(derivative), Balls(input), 1 / (Ball)input.Length);
        Ball[][] gradientB = Product(gradient, Transposed(Balls(a)), Ball.Of(scale));
        Ball[][] gradientA = Product(Transposed(Balls(b)), gradient, Ball.Of(scale));
        return Written(Enclosure.Of(loss / input.Length), Enclosed(gradient), Enclosed(gradientB), Enclosed(gradientA));
    }

    private static JsonObject Written(
        Enclosure loss, IEnumerable<IEnumerable<Enclosure>> gradient, IEnumerable<IEnumerable<Enclosure>> gradientB, IEnumerable<IEnumerable<Enclosure>> gradientA)
        => new()
        {
            ["loss"] = Results.Node(loss),
            ["gradient"] = Results.Node(gradient),
            ["gradientB"] = Results.Node(gradientB),
            ["gradientA"] = Results.Node(gradientA),
        };

    private static IEnumerable<IEnumerable<Enclosure>> Enclosed(Rational[][] matrix) => matrix.Select(row => row.Select(Enclosure.Of));

    private static IEnumerable<IEnumerable<Enclosure>> Enclosed(Ball[][] matrix) => matrix.Select(row => row.Select(Enclosure.Of));

    private static Ball[][] Balls(Rational[][] matrix) => [.. matrix.Select(row => row.Select(Ball.Of).ToArray())];

    private static T[][] Transposed<T>(T[][] matrix)
        => [.. Enumerable.Range(0, matrix[0].Length).Select(j => matrix.Select(row => row[j]).ToArray())];

    private static Rational[][] Sum(Rational[][] first, Rational[][] second)
        => [.. first.Zip(second, (x, y) => x.Zip(y, (s, t) => s + t).ToArray())];

    private static Rational[][] Scaled(Rational factor, Rational[][] matrix) => [.. matrix.Select(row => row.Select(entry => factor * entry).ToArray())];

    private static Rational[][] Product(Rational[][] first, Rational[][] second)
    {
        Rational[][] columns = Transposed(second);
        return [.. first.Select(row => columns.Select(column => row.Zip(column, (x, y) => x * y).Aggregate((Rational)0, (s, t) => s + t)).ToArray())];
    }

    private static Ball[][] Product(Ball[][] first, Ball[][] second, Ball factor)
    {
        Ball[][] columns = Transposed(second);
        return [.. first.Select(row => columns.Select(column => factor * row.Zip(column, (x, y) => x * y).Aggregate((s, t) => s + t)).ToArray())];
    }
}
