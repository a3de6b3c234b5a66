namespace LoraPrivacy.Production.Tests.Layers;

public class LoraAdaptersTests
{
    private static readonly GptConfiguration Small = new() { Context = 16, Width = 24, Depth = 2, Heads = 3 };

    [Fact]
    public void WrappingLeavesTheFunctionAsItWas()
    {
        using var scope = NewDisposeScope();
        RandomSource source = RandomSource.FromSeed(1);
        GptModel model = new(Small, source);
        Tensor tokens = torch.tensor(new long[] { 1, 2, 3, 4, 5, 6 }).view(2, 3);
        Tensor before = model.call(tokens).clone();
        LoraAdapters adapters = LoraAdapters.Wrap(
            model, new LoraConfiguration { Targets = TargetModules.Named("c_attn", "c_proj", "c_fc"), Rank = 4 }, source);

        Assert.Equal(8, adapters.Layers.Count);
        Assert.Equal(8, adapters.TrainableParameters.Count());
        Assert.Equal(8, model.parameters().Count(parameter => parameter.requires_grad));
        Assert.True(before.equal(model.call(tokens)).all().item<bool>());
        Assert.Contains("h.1.mlp.c_fc.lora_B", model.named_parameters().Select(entry => entry.name));
    }

    [Fact]
    public void OnlyTheLayersThatArePatternedGetAnAdapter()
    {
        RandomSource source = RandomSource.FromSeed(1);
        using GptModel model = new(Small, source);
        LoraAdapters adapters = LoraAdapters.Wrap(
            model,
            new LoraConfiguration
            {
                Targets = TargetModules.Matching(@"h\.\d+\.attn\.c_.*"),
                Rank = 4,
                Alpha = 16,
                RankPattern = new Dictionary<string, int> { ["h.1.attn.c_proj"] = 2 },
                AlphaPattern = new Dictionary<string, double> { ["c_attn"] = 6 },
            },
            source);

        Assert.Equal(
            [("h.0.attn.c_attn", 4, 1.5), ("h.0.attn.c_proj", 4, 4.0), ("h.1.attn.c_attn", 4, 1.5), ("h.1.attn.c_proj", 2, 8.0)],
            adapters.Layers.Select(layer => (layer.Path, layer.Rank, layer.Scale)));
    }

    [Fact]
    public void LayersInAListBelongToTheModelToo()
    {
        RandomSource source = RandomSource.FromSeed(1);
        using Perceptron model = new([6, 5, 4], HiddenActivation.Tanh, source);
        LoraAdapters adapters = LoraAdapters.Wrap(model, new LoraConfiguration { Targets = TargetModules.Named("0", "1"), Rank = 2, Dropout = 0.5 }, source);
        Assert.Equal(2, model.parameters().Count(parameter => parameter.requires_grad));
        Assert.Contains("layers.1.lora_B", model.named_parameters().Select(entry => entry.name));
        model.eval();
        Assert.All(adapters.Layers, layer => Assert.False(layer.training));
    }

    [Fact]
    public void AModelWithAdaptersIsNotWrappedAgain()
    {
        RandomSource source = RandomSource.FromSeed(1);
        using Perceptron model = new([6, 5, 4], HiddenActivation.Tanh, source);
        LoraAdapters.Wrap(model, new LoraConfiguration { Targets = TargetModules.Named("0"), Rank = 2 }, source);
        ArgumentException failure = Assert.Throws<ArgumentException>(
            () => LoraAdapters.Wrap(model, new LoraConfiguration { Targets = TargetModules.Matching(".*"), Rank = 2 }, source));
        Assert.Contains("has one at 'layers.0'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoLayerIsReplacedWhereOneCannotHaveItsAdapter()
    {
        RandomSource source = RandomSource.FromSeed(1);
        using Perceptron model = new([6, 5, 4], HiddenActivation.Tanh, source);

        // Six orthonormal rows fit into the first layer's inputs, not into the second's.
        LoraConfiguration configuration = new() { Targets = TargetModules.Matching(".*"), Rank = 6, Initialization = AInitialization.Orthonormal() };
        ArgumentException failure = Assert.Throws<ArgumentOutOfRangeException>(() => LoraAdapters.Wrap(model, configuration, source));
        Assert.StartsWith("rank must be in [1, inputs = 5] for orthonormal rows, but is 6", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<ArgumentException>(() => LoraAdapters.Wrap(model, configuration with { Targets = TargetModules.Named("x", "y") }, source));
        Assert.StartsWith("targets must take at least one linear layer of the model, but 'x, y' takes none", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(model.modules(), module => module is LoraLinear);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void ABadPatternIsNamedAndASlowOneEnds()
    {
        ArgumentException bad = Assert.Throws<ArgumentException>(
            () => new LoraConfiguration { Targets = TargetModules.Named("0"), RankPattern = new Dictionary<string, int> { ["("] = 2 } });
        Assert.StartsWith("RankPattern: '(' is not a regular expression", bad.Message, StringComparison.Ordinal);
        string path = new('a', 40);
        ArgumentException slow = Assert.Throws<ArgumentException>(() => TargetModules.Matching("(a+)+b").Takes(path));
        Assert.Contains("takes too long to match", slow.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => new LoraConfiguration { Targets = TargetModules.Named("0"), AlphaPattern = new Dictionary<string, double> { ["(a+)+b"] = 2 } }.AlphaOf(path));
    }

    [Fact]
    public void OverA16BitBaseTheAdaptersAreFloat32()
    {
        RandomSource source = RandomSource.FromSeed(1);
        using GptModel model = new(Small, source, ScalarType.BFloat16);
        LoraAdapters adapters = LoraAdapters.Wrap(model, new LoraConfiguration { Targets = TargetModules.Named("c_fc"), Rank = 2 }, source);
        Assert.All(adapters.Layers, layer => Assert.Equal((ScalarType.Float32, ScalarType.Float32), (layer.A.dtype, layer.B.dtype)));
        using Tensor logits = model.call(zeros(1, 3, ScalarType.Int64));
        Assert.Equal(ScalarType.BFloat16, logits.dtype);
    }
}
