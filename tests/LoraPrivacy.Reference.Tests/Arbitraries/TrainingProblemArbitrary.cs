namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>
/// One to three adapted layers with a batch: sizes 1 to 4, ranks 1 to 3, either activation and loss, A frozen or trained
/// layer by layer, with and without biases. Entries are uniform on [−1, 1].
/// </summary>
public sealed record TrainingProblem(
    IReadOnlyList<LoraLayer> Layers, Activation Activation, LossFunction Loss, double[,] Input, double[,] Target, int Seed)
{
    public int BatchSize => Input.GetLength(0);

    /// <summary>An upper bound, within a small factor, on predictions and their derivatives: what rounding is relative to.</summary>
    public double Magnitude => Layers.Aggregate(1.0, (product, layer) => product
        * (2 + Math.Sqrt(layer.EffectiveWeight.Cast<double>().Sum(value => value * value))));

    public override string ToString() => $"seed {Seed}: {Layers.Count} layers, {Activation}, {Loss}, batch {BatchSize}";

    public static TrainingProblem FromSeed(int seed)
    {
        Random random = new(seed);
        int layerCount = random.Next(1, 4), batch = random.Next(1, 5);
        int[] sizes = [.. Enumerable.Range(0, layerCount + 1).Select(_ => random.Next(1, 5))];
        LoraLayer[] layers = [.. Enumerable.Range(0, layerCount).Select(l => Layer(sizes[l], sizes[l + 1]))];
        LossFunction loss = random.Next(2) == 0 ? LossFunction.SquaredError : LossFunction.CrossEntropy;
        double[,] target = RandomSource.Matrix(random, batch, sizes[^1]);
        if (loss == LossFunction.CrossEntropy)
        {
            Normalize(target);
        }

        Activation activation = random.Next(2) == 0 ? Activation.Relu : Activation.Tanh;
        return new(layers, activation, loss, RandomSource.Matrix(random, batch, sizes[0]), target, seed);

        LoraLayer Layer(int inputs, int outputs)
        {
            int rank = random.Next(1, 4);
            double[]? bias = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, outputs).Select(_ => random.NextDouble())];
            return new LoraLayer(
                RandomSource.Matrix(random, outputs, inputs), RandomSource.Matrix(random, rank, inputs),
                RandomSource.Matrix(random, outputs, rank), 0.5 + random.NextDouble(), random.Next(2) == 0, bias);
        }
    }

    private static void Normalize(double[,] target)
    {
        for (int row = 0; row < target.GetLength(0); row++)
        {
            double total = Enumerable.Range(0, target.GetLength(1)).Sum(j => Math.Abs(target[row, j]));
            for (int j = 0; j < target.GetLength(1); j++)
            {
                target[row, j] = Math.Abs(target[row, j]) / total;
            }
        }
    }
}

public static class TrainingProblemArbitrary
{
    public static Arbitrary<TrainingProblem> Generate()
        => Gen.Choose(0, int.MaxValue - 1).Select(TrainingProblem.FromSeed).ToArbitrary();
}
