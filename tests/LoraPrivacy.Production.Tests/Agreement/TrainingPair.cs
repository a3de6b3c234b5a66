namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// A case made real twice: a production model with its adapters, and the reference's perceptron of the same numbers, which are those that
/// production drew, rounded to its type.
/// </summary>
public sealed class TrainingPair : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    private TrainingPair(TrainingCase problem, ScalarType type, nn.Module<Tensor, Tensor> model, LoraAdapters? adapters, IReadOnlyList<LoraLinear> layers)
    {
        Case = problem;
        Type = type;
        Model = model;
        Adapters = adapters;
        Layers = layers;
        RandomSource source = RandomSource.FromSeed(problem.Seed);
        using RandomSequence sequence = source.Sequence("data");
        Inputs = sequence.Normal(problem.Batch, problem.Sizes[0]).to(type);
        if (problem.Loss == LossFunction.CrossEntropy)
        {
            long[] labels = [.. Enumerable.Range(0, problem.Batch).Select(_ => sequence.NextInteger(problem.Sizes[^1]))];
            Problem = new ClassificationProblem(model, Inputs, tensor(labels));
            Targets = nn.functional.one_hot(tensor(labels), problem.Sizes[^1]).to(type);
        }
        else
        {
            Targets = sequence.Normal(problem.Batch, problem.Sizes[^1]).to(type);
        }

        using IDisposable frozen = no_grad();
        foreach (LoraLinear layer in layers)
        {
            layer.Bias?.copy_(sequence.Normal(layer.OutputFeatures).mul_(0.5));
            layer.B.copy_(sequence.Normal(layer.OutputFeatures, layer.Rank));
            double size = layer.AdapterWeight().norm().ToDouble();
            layer.B.mul_(size == 0 ? 0 : problem.AdapterSize * layer.Weight.norm().ToDouble() / size);
        }
    }

    public TrainingCase Case { get; }

    public ScalarType Type { get; }

    public nn.Module<Tensor, Tensor> Model { get; }

    public IReadOnlyList<LoraLinear> Layers { get; }

    /// <summary>The adapters of a perceptron, or null for a single layer.</summary>
    public LoraAdapters? Adapters { get; }

    /// <summary>The problem that the batch is the whole of, or null for squared errors.</summary>
    public ClassificationProblem? Problem { get; }

    public Tensor Inputs { get; }

    public Tensor Targets { get; }

    public static TrainingPair Create(TrainingCase problem, ScalarType type)
    {
        RandomSource source = RandomSource.FromSeed(problem.Seed);
        // Rank and α are given layer by layer, by pattern.
        LoraConfiguration configuration = new()
        {
            Targets = TargetModules.Matching(@"layers\.\d+"),
            Initialization = problem.Initialization.Production,
            RankStabilized = problem.RankStabilized,
            TrainsA = problem.TrainsA,
            RankPattern = Enumerable.Range(0, problem.LayerCount).ToDictionary(l => $"layers.{l}", l => problem.Ranks[l]),
            AlphaPattern = Enumerable.Range(0, problem.LayerCount).ToDictionary(l => $"layers.{l}", l => problem.Alphas[l]),
        };
        if (problem.Base == BaseKind.Perceptron)
        {
            HiddenActivation activation = problem.Activation == Activation.Relu ? HiddenActivation.Relu : HiddenActivation.Tanh;
            Perceptron model = new(problem.Sizes, activation, source);
            model.to(type);
            LoraAdapters adapters = LoraAdapters.Wrap(model, configuration, source);
            return new TrainingPair(problem, type, model, adapters, adapters.Layers);
        }

        (int inputs, int outputs) = (problem.Sizes[0], problem.Sizes[1]);
        using RandomSequence sequence = source.Sequence("weight");
        nn.Module<Tensor, Tensor> layer = problem.Base == BaseKind.Unbiased
            ? nn.Linear(inputs, outputs, hasBias: false) : new Conv1D(inputs, outputs);
        layer.to(type);
        using (no_grad())
        {
            (layer is Linear linear ? linear.weight! : ((Conv1D)layer).Weight).copy_(
                problem.Base == BaseKind.Unbiased ? sequence.Normal(outputs, inputs) : sequence.Normal(inputs, outputs));
        }

        LoraLinear adapted = new(layer, "layers.0", configuration, source);
        return new TrainingPair(problem, type, adapted, null, [adapted]);
    }

    /// <summary>The reference's perceptron of production's present numbers.</summary>
    public MultilayerPerceptron Reference() => new([.. Layers.Select(ReferenceLayer)], Case.Activation);

    /// <summary>What the reference computes for the batch.</summary>
    public MultilayerPerceptronStep ReferenceStep() => Reference().Step(Inputs.ToMatrix(), Targets.ToMatrix(), Case.Loss);

    /// <summary>The loss of each example, with its graph.</summary>
    public Tensor ExampleLosses() => Problem is not null
        ? Problem.ExampleLosses([.. Enumerable.Range(0, Case.Batch).Select(example => (long)example)])
        : (Model.call(Inputs) - Targets).square().sum(dim: 1).mul(0.5);

    public static LoraLayer ReferenceLayer(LoraLinear layer)
    {
        using Tensor weight = layer.FanInFanOut ? layer.Weight.t() : layer.Weight.alias();
        return new LoraLayer(
            weight.ToMatrix(), layer.A.ToMatrix(), layer.B.ToMatrix(), layer.Scale, layer.TrainsA, layer.Bias?.ToVector());
    }

    public void Dispose()
    {
        Model.Dispose();
        scope.Dispose();
    }
}
