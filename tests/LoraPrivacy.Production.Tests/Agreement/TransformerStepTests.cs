namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>S1 on every adapted layer of a transformer on real text: weights stored as inputs × outputs, tokens summed over.</summary>
[Trait("Statement", "S1")]
public sealed class TransformerStepTests
{
    private static readonly GptConfiguration Shape = new() { Context = 16, Width = 24, Depth = 2, Heads = 3 };

    public static TheoryData<ScalarType> Types => [ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16];

    [Theory, MemberData(nameof(Types))]
    [Trait("Speed", "Slow")]
    public void Steps_with_frozen_A_are_sketched_steps(ScalarType type)
    {
        using DisposeScope scope = NewDisposeScope();
        (TextProblem problem, LoraAdapters adapters) = Create(type, trainsA: false);
        // The second step starts from B ≠ 0.
        for (int step = 0; step < 2; step++)
        {
            foreach (AdapterStep layer in Step(problem, adapters))
            {
                Assert.Contains(layer.Change().Cast<double>(), value => value != 0);
                Assert.InRange(layer.Bound().Excess(layer.SketchedStep(), layer.Change()), 0, 1);
                Assert.True(layer.Bound().Excess(layer.SketchedStep(type == ScalarType.BFloat16 ? 2 : 1.001), layer.Change()) > 1);
            }
        }
    }

    [Fact]
    public void Steps_with_trained_A_are_not_unless_B_is_0()
    {
        using DisposeScope scope = NewDisposeScope();
        (TextProblem problem, LoraAdapters adapters) = Create(ScalarType.Float64, trainsA: true);
        Assert.All(Step(problem, adapters), layer => Assert.InRange(layer.Bound().Excess(layer.SketchedStep(), layer.Change()), 0, 1));
        Assert.All(Step(problem, adapters), layer => Assert.True(layer.Bound().Excess(layer.SketchedStep(), layer.Change()) > 1e3));
    }

    private static IReadOnlyList<AdapterStep> Step(TextProblem problem, LoraAdapters adapters)
        => AdapterStep.Take(adapters.Layers, () => problem.ExampleLosses([0, 3]).mean(), learningRate: 2);

    private static (TextProblem Problem, LoraAdapters Adapters) Create(ScalarType type, bool trainsA)
    {
        RandomSource source = RandomSource.FromSeed(7);
        GptModel model = new(Shape, source);
        model.to(type);
        LoraAdapters adapters = LoraAdapters.Wrap(
            model,
            new LoraConfiguration
            {
                Targets = TargetModules.Named("c_attn", "c_proj", "c_fc"),
                Rank = 3,
                Alpha = 6,
                Initialization = AInitialization.UnbiasedGaussian,
                TrainsA = trainsA,
            },
            source);
        return (new TextProblem(model, RealData.Tokens(2000), length: 12), adapters);
    }
}
