using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Models;
using LoraPrivacy.Production.Randomness;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

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
}
