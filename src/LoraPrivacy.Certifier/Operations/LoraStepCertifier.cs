namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operation lora/step (S1): loss and gradients of y = x(W + sBA)ᵀ, the mean over the batch.</summary>
internal static class LoraStepCertifier
{
    private const int Bits = 512;

    /// <summary>ExactNumber arithmetic for the squared error; ball arithmetic for the exponentials of the cross-entropy.</summary>
    public static ExpectedResult Step(ExactParameters parameters)
    {
        ExactNumber[][] a = parameters.Matrix("a");
        ExactNumber[][] b = parameters.Matrix("b");
        ExactNumber scale = parameters.Real("scale");
        ExactNumber[][] input = parameters.Matrix("input");
        ExactNumber[][] target = parameters.Matrix("target");
        ExactNumber[][] weight = Sum(parameters.Matrix("weight"), Scaled(scale, Product(b, a)));
        ExactNumber[][] prediction = Product(input, Transposed(weight));
        return parameters.Word("loss", "squared-error") == "squared-error"
            ? SquaredError(prediction, target, input, a, b, scale)
            : CrossEntropy(prediction, target, input, a, b, scale);
    }

    private static ExpectedResult SquaredError(
        ExactNumber[][] prediction, ExactNumber[][] target, ExactNumber[][] input, ExactNumber[][] a, ExactNumber[][] b, ExactNumber scale)
    {
        ExactNumber count = input.Length;
        ExactNumber[][] residual = Sum(prediction, Scaled(-1, target));
        ExactNumber loss = residual.SelectMany(row => row).Aggregate((ExactNumber)0, (sum, entry) => sum + entry * entry) / (2 * count);
        ExactNumber[][] gradient = Scaled(1 / count, Product(Transposed(residual), input));
        ExactNumber[][] gradientB = Scaled(scale, Product(gradient, Transposed(a)));
        ExactNumber[][] gradientA = Scaled(scale, Product(Transposed(b), gradient));
        return Written(Enclosure.Of(loss), Enclosed(gradient), Enclosed(gradientB), Enclosed(gradientA));
    }

    private static ExpectedResult CrossEntropy(
        ExactNumber[][] prediction, ExactNumber[][] target, ExactNumber[][] input, ExactNumber[][] a, ExactNumber[][] b, ExactNumber scale)
    {
        using WorkingPrecision precision = WorkingPrecision.Of(Bits);
        Ball loss = 0;
        Ball[][] derivative = new Ball[prediction.Length][];
        for (int row = 0; row < prediction.Length; row++)
        {
            Ball[] exponentials = [.. prediction[row].Select(logit => Ball.Of(logit).Exp())];
            Ball sum = exponentials.Aggregate((x, y) => x + y);
            ExactNumber total = target[row].Aggregate((ExactNumber)0, (x, y) => x + y);
            ExactNumber inner = prediction[row].Zip(target[row], (logit, probability) => logit * probability).Aggregate((ExactNumber)0, (x, y) => x + y);
            loss += Ball.Of(total) * sum.Log() - Ball.Of(inner);
            derivative[row] = [.. exponentials.Zip(target[row], (e, probability) => e / sum - Ball.Of(probability))];
        }

        Ball[][] gradient = Product(Transposed(derivative), Balls(input), 1 / (Ball)input.Length);
        Ball[][] gradientB = Product(gradient, Transposed(Balls(a)), Ball.Of(scale));
        Ball[][] gradientA = Product(Transposed(Balls(b)), gradient, Ball.Of(scale));
        return Written(Enclosure.Of(loss / input.Length), Enclosed(gradient), Enclosed(gradientB), Enclosed(gradientA));
    }

    private static ExpectedResult Written(
        Enclosure loss, IEnumerable<IEnumerable<Enclosure>> gradient, IEnumerable<IEnumerable<Enclosure>> gradientB, IEnumerable<IEnumerable<Enclosure>> gradientA)
        => ExpectedResult.Of(
            ("loss", loss), ("gradient", ExpectedValue.Of(gradient)), ("gradientB", ExpectedValue.Of(gradientB)), ("gradientA", ExpectedValue.Of(gradientA)));

    private static IEnumerable<IEnumerable<Enclosure>> Enclosed(ExactNumber[][] matrix) => matrix.Select(row => row.Select(Enclosure.Of));

    private static IEnumerable<IEnumerable<Enclosure>> Enclosed(Ball[][] matrix) => matrix.Select(row => row.Select(entry => Enclosure.Of(entry)));

    private static Ball[][] Balls(ExactNumber[][] matrix) => [.. matrix.Select(row => row.Select(Ball.Of).ToArray())];

    private static T[][] Transposed<T>(T[][] matrix)
        => [.. Enumerable.Range(0, matrix[0].Length).Select(j => matrix.Select(row => row[j]).ToArray())];

    private static ExactNumber[][] Sum(ExactNumber[][] first, ExactNumber[][] second)
        => [.. first.Zip(second, (x, y) => x.Zip(y, (s, t) => s + t).ToArray())];

    private static ExactNumber[][] Scaled(ExactNumber factor, ExactNumber[][] matrix) => [.. matrix.Select(row => row.Select(entry => factor * entry).ToArray())];

    private static ExactNumber[][] Product(ExactNumber[][] first, ExactNumber[][] second)
    {
        ExactNumber[][] columns = Transposed(second);
        return [.. first.Select(row => columns.Select(column => row.Zip(column, (x, y) => x * y).Aggregate((ExactNumber)0, (s, t) => s + t)).ToArray())];
    }

    private static Ball[][] Product(Ball[][] first, Ball[][] second, Ball factor)
    {
        Ball[][] columns = Transposed(second);
        return [.. first.Select(row => columns.Select(column => factor * row.Zip(column, (x, y) => x * y).Aggregate((s, t) => s + t)).ToArray())];
    }
}
