namespace LoraPrivacy.Production.Tests.Training;

/// <summary>Small problems on real data, with their adapters; everything is drawn from one seed.</summary>
internal sealed class TrainingCase : IDisposable
{
    private TrainingCase(LearningProblem problem, LoraAdapters? adapters, RandomSource source)
    {
        Problem = problem;
        Adapters = adapters;
        Source = source;
    }

    public LearningProblem Problem { get; }

    public LoraAdapters? Adapters { get; }

    public RandomSource Source { get; }

    /// <summary>Digits in a perceptron of 64, 12 and 10 units, adapters of rank 2 on both layers.</summary>
    public static TrainingCase Digits(
        ScalarType type = ScalarType.Float64, bool trainsA = false, double dropout = 0, int examples = 24, long seed = 1, bool adapted = true)
    {
        RandomSource source = RandomSource.FromSeed(seed);
        using var scope = NewDisposeScope();
        Perceptron model = new([64, 12, 10], HiddenActivation.Tanh, source, type);
        (Tensor images, Tensor labels) = RealData.Digits(examples, type);
        ClassificationProblem problem = new(model, images.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), "images");
        return new TrainingCase(problem, adapted ? Wrap(model, trainsA, dropout, source, "0", "1") : null, source);
    }

    /// <summary>Text in a transformer of one block, adapters of rank 2 on its four layers.</summary>
    public static TrainingCase Text(
        ScalarType type = ScalarType.Float64, bool trainsA = false, double dropout = 0, int examples = 10, long seed = 1, bool adapted = true)
    {
        RandomSource source = RandomSource.FromSeed(seed);
        using var scope = NewDisposeScope();
        GptModel model = new(new GptConfiguration { Context = 8, Width = 12, Depth = 1, Heads = 2 }, source, type);
        TextProblem problem = new(model, RealData.Tokens((8 * examples) + 1).DetachFromDisposeScope(), 8);
        return new TrainingCase(problem, adapted ? Wrap(model, trainsA, dropout, source, "c_attn", "c_proj", "c_fc") : null, source);
    }

    /// <summary>All trained numbers, as doubles.</summary>
    public double[] Parameters()
    {
        using var scope = NewDisposeScope();
        return [.. Problem.Model.parameters().Where(parameter => parameter.requires_grad)
            .SelectMany(parameter => parameter.detach().to(ScalarType.Float64).flatten().data<double>().ToArray())];
    }

    public void Dispose() => Problem.Model.Dispose();

    private static LoraAdapters Wrap(nn.Module model, bool trainsA, double dropout, RandomSource source, params string[] targets)
        => LoraAdapters.Wrap(
            model,
            new LoraConfiguration { Targets = TargetModules.Named(targets), Rank = 2, Alpha = 3, TrainsA = trainsA, Dropout = dropout },
            source);
}
