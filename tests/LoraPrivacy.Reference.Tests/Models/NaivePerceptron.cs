namespace LoraPrivacy.Reference.Tests.Models;

/// <summary>
/// The loss of one example through a perceptron, written entry by entry from the definitions with W + s B A expanded:
/// x ↦ act(x (W + s B A)ᵀ + bias) layer by layer, then the loss.
/// </summary>
internal static class NaivePerceptron
{
    /// <summary>Which matrix of which layer the derivative is taken by, and which entry of it.</summary>
    public readonly record struct Coordinate(int Layer, string Matrix, int Row, int Column)
    {
        public static Coordinate None { get; } = new(-1, "", 0, 0);
    }

    public static Dual ExampleLoss(
        IReadOnlyList<LoraLayer> layers, Activation activation, LossFunction loss,
        double[,] input, double[,] target, int example, Coordinate by, double step = 0)
    {
        Dual[] units = [.. Enumerable.Range(0, input.GetLength(1)).Select(j => (Dual)input[example, j])];
        for (int l = 0; l < layers.Count; l++)
        {
            LoraLayer layer = layers[l];
            int index = l;
            Dual[] next = new Dual[layer.OutputDimension];
            for (int i = 0; i < next.Length; i++)
            {
                next[i] = layer.Bias?[i] ?? 0;
                for (int j = 0; j < units.Length; j++)
                {
                    Dual weight = Entry("W", layer.Weight, i, j);
                    for (int k = 0; k < layer.Rank; k++)
                    {
                        weight += layer.Scale * (Entry("B", layer.B, i, k) * Entry("A", layer.A, k, j));
                    }

                    next[i] += weight * units[j];
                }

                next[i] = l == layers.Count - 1 ? next[i] : Activate(next[i]);
            }

            units = next;

            Dual Entry(string matrix, double[,] values, int row, int column)
                => by == new Coordinate(index, matrix, row, column)
                    ? new Dual(values[row, column] + step, 1)
                    : values[row, column];
        }

        return loss == LossFunction.SquaredError ? SquaredError(units) : CrossEntropy(units);

        Dual Activate(Dual x) => activation == Activation.Relu ? Dual.Relu(x) : Dual.Tanh(x);

        Dual SquaredError(Dual[] prediction) => prediction.Select((z, j) => z - target[example, j])
            .Aggregate((Dual)0, (sum, residual) => sum + (0.5 * (residual * residual)));

        Dual CrossEntropy(Dual[] logits)
        {
            Dual total = logits.Aggregate((Dual)0, (sum, z) => sum + Dual.Exp(z));
            return logits.Select((z, j) => target[example, j] * (Dual.Log(total) - z))
                .Aggregate((Dual)0, (sum, term) => sum + term);
        }
    }
}
