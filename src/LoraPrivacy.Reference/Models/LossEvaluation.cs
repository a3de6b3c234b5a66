namespace LoraPrivacy.Reference.Models;

/// <summary>The loss of each row and its derivative with respect to that row's prediction (not divided by the batch size).</summary>
internal sealed record LossEvaluation(double[] RowLosses, double[,] RowDerivatives)
{
    // A target row may be off by the rounding of its own normalisation, no more.
    private const double NormalizationTolerance = 1e-9;

    public double Mean => RowLosses.Average();

    public static LossEvaluation Of(LossFunction loss, double[,] prediction, double[,] target)
    {
        CheckTarget(loss, prediction, target);
        double[] losses = new double[prediction.GetLength(0)];
        double[,] derivatives = new double[prediction.GetLength(0), prediction.GetLength(1)];
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = loss == LossFunction.SquaredError
                ? SquaredErrorRow(prediction, target, row, derivatives)
                : CrossEntropyRow(prediction, target, row, derivatives);
        }

        return new LossEvaluation(losses, derivatives);
    }

    private static double SquaredErrorRow(double[,] prediction, double[,] target, int row, double[,] derivatives)
    {
        double sum = 0;
        for (int j = 0; j < prediction.GetLength(1); j++)
        {
            double residual = prediction[row, j] - target[row, j];
            derivatives[row, j] = residual;
            sum += residual * residual;
        }

        return sum / 2;
    }

    /// <remarks>
    /// With z_max subtracted no exponential overflows; leaving the largest term out of the sum keeps the loss of a
    /// confident, right prediction accurate relative to itself.
    /// </remarks>
    private static double CrossEntropyRow(double[,] prediction, double[,] target, int row, double[,] derivatives)
    {
        int largest = 0;
        for (int j = 1; j < prediction.GetLength(1); j++)
        {
            largest = prediction[row, j] > prediction[row, largest] ? j : largest;
        }

        double others = 0;
        for (int j = 0; j < prediction.GetLength(1); j++)
        {
            others += j == largest ? 0 : Math.Exp(prediction[row, j] - prediction[row, largest]);
        }

        double logSum = ElementaryFunctions.LogOnePlus(others);
        double sum = 0;
        for (int j = 0; j < prediction.GetLength(1); j++)
        {
            double behind = prediction[row, j] - prediction[row, largest];

            // p − t, but for the largest p, which may be next to 1, from 1 − p instead.
            double excess = j == largest ? 1 - target[row, j] - (target[row, j] * others) : Math.Exp(behind) - (target[row, j] * (1 + others));
            derivatives[row, j] = excess / (1 + others);
            sum += target[row, j] == 0 ? 0 : target[row, j] * (logSum - behind);
        }

        return sum;
    }

    private static void CheckTarget(LossFunction loss, double[,] prediction, double[,] target)
    {
        if (!Enum.IsDefined(loss))
        {
            throw Argument.OutOfRange(nameof(loss), loss, "a defined loss function");
        }

        Argument.AllFinite(target, nameof(target));
        if (target.GetLength(0) != prediction.GetLength(0) || target.GetLength(1) != prediction.GetLength(1))
        {
            throw new ArgumentException(
                $"target must be {prediction.GetLength(0)} × {prediction.GetLength(1)}, but is {target.GetLength(0)} × {target.GetLength(1)}",
                nameof(target));
        }

        if (loss == LossFunction.CrossEntropy)
        {
            CheckProbabilities(target);
        }
    }

    private static void CheckProbabilities(double[,] target)
    {
        for (int row = 0; row < target.GetLength(0); row++)
        {
            double total = 0;
            for (int j = 0; j < target.GetLength(1); j++)
            {
                Argument.InRange(target[row, j], 0, 1, $"target[{row},{j}]");
                total += target[row, j];
            }

            if (Math.Abs(total - 1) > NormalizationTolerance)
            {
                throw Argument.OutOfRange($"the sum of target row {row}", total, "1, as the row is a probability vector");
            }
        }
    }
}
