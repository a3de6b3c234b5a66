namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>What the base of a case is.</summary>
public enum BaseKind
{
    /// <summary>A <see cref="Production.Models.Perceptron"/> of one to three layers with biases.</summary>
    Perceptron,

    /// <summary>One linear layer without a bias.</summary>
    Unbiased,

    /// <summary>One layer that stores its weight as inputs × outputs.</summary>
    FanInFanOut,
}

/// <summary>
/// A random training problem: one to three adapted layers of sizes 1 to 9, ranks 1 to 5, batches 1 to 8, α in [¼, 4], either scaling, any
/// initialisation, activation and loss, A frozen or trained, B zero or not.
/// </summary>
public sealed record TrainingCase(
    int Seed, BaseKind Base, IReadOnlyList<int> Sizes, IReadOnlyList<int> Ranks, IReadOnlyList<double> Alphas, int Batch,
    Activation Activation, LossFunction Loss, InitializationPair Initialization, bool RankStabilized, bool TrainsA, double AdapterSize)
{
    public int LayerCount => Ranks.Count;

    public override string ToString()
        => $"seed {Seed}: {Base} {string.Join('→', Sizes)}, ranks {string.Join(", ", Ranks)}, batch {Batch}, {Activation}, {Loss}, "
            + $"{Initialization.Production.Name}, A {(TrainsA ? "trained" : "frozen")}, adapter {AdapterSize:G3} of the weight";

    public static TrainingCase FromSeed(int seed)
    {
        Random random = new(seed);
        BaseKind kind = (BaseKind)Math.Max(0, random.Next(-1, 3));
        int layers = kind == BaseKind.Perceptron ? random.Next(1, 4) : 1;
        int[] sizes = [.. Enumerable.Range(0, layers + 1).Select(_ => random.Next(1, 10))];
        InitializationPair initialization = InitializationPair.All[random.Next(InitializationPair.All.Count)];
        // Orthonormal rows want no more rows than columns.
        int[] ranks = [.. sizes[..^1].Select(size => Math.Min(
            random.Next(1, 6), initialization.Reference(1, 1).HasIndependentEntries ? int.MaxValue : size))];
        double[] alphas = [.. ranks.Select(_ => Math.Pow(4, (2 * random.NextDouble()) - 1))];
        return new TrainingCase(
            seed, kind, sizes, ranks, alphas, random.Next(1, 9),
            random.Next(2) == 0 ? Activation.Relu : Activation.Tanh,
            random.Next(2) == 0 ? LossFunction.SquaredError : LossFunction.CrossEntropy,
            initialization, random.Next(2) == 0, random.Next(2) == 0, random.Next(4) == 0 ? 0 : 2 * random.NextDouble());
    }
}

public static class TrainingCaseArbitrary
{
    public static Arbitrary<TrainingCase> Generate()
        => Gen.Choose(0, int.MaxValue - 1).Select(TrainingCase.FromSeed).ToArbitrary();
}
