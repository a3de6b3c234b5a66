namespace LoraPrivacy.Production.Tests.Files;

/// <summary>What is written keeps its meaning though PEFT sorts the patterns as it writes them.</summary>
public class AdapterPatternTests
{
    private static readonly GptConfiguration Small = new() { Context = 16, Width = 24, Depth = 2, Heads = 3 };

    [Theory]
    [InlineData("")]
    [InlineData("transformer.")]
    public void Patterns_whose_order_counts_are_saved_so_that_they_load(string prefix)
    {
        using TemporaryFolder folder = new();
        using GptModel model = new(Small, RandomSource.FromSeed(1));
        LoraAdapters adapters = LoraAdapters.Wrap(
            model,
            new LoraConfiguration
            {
                Targets = TargetModules.Named("c_attn"),
                Rank = 3,

                // Sorted, the general pattern comes first and takes both layers.
                RankPattern = new Dictionary<string, int> { ["h.0.attn.c_attn"] = 2, ["c_attn"] = 5 },
                AlphaPattern = new Dictionary<string, double> { ["^h.1.attn.c_attn"] = 6 },
            },
            RandomSource.FromSeed(1));
        AdapterFolder.Save(folder.Location, adapters, pathPrefix: prefix);

        using GptModel fresh = new(Small, RandomSource.FromSeed(1));
        LoraAdapters loaded = AdapterFolder.Load(folder.Location, fresh, pathPrefix: prefix);
        (string, int, double)[] expected = [("h.0.attn.c_attn", 2, 8.0), ("h.1.attn.c_attn", 5, 6.0)];
        Assert.Equal(expected, loaded.Layers.Select(layer => (layer.Path, layer.Rank, layer.Alpha)));

        using TemporaryFolder again = new();
        AdapterFolder.Save(again.Location, loaded, pathPrefix: prefix);
        Assert.Equal(File.ReadAllBytes(folder["adapter_model.safetensors"]), File.ReadAllBytes(again["adapter_model.safetensors"]));
    }

    [Fact]
    public void A_configuration_that_means_something_else_once_sorted_is_refused()
    {
        using TemporaryFolder folder = new();
        PeftConfiguration configuration = new()
        {
            TargetModules = ["x"],
            RankPattern = [KeyValuePair.Create("b.x", 1), KeyValuePair.Create(".*", 2)],
        };
        PeftLayerWeights layer = PeftLayerWeights.Of("a.b.x", 3, 2, ElementType.Float32, new double[3], new double[2]);
        ArgumentException failure = Assert.Throws<ArgumentException>(() => PeftAdapter.Save(folder.Location, configuration, [layer]));
        Assert.Contains("sorted", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Location));
    }

    [Theory]
    [InlineData("eva")]
    [InlineData("false")]
    [InlineData("orthogonal")]
    public void An_initialisation_that_was_loaded_is_recorded_again_until_A_is_redrawn(string initialization)
    {
        using TemporaryFolder folder = new();
        using GptModel model = new(Small, RandomSource.FromSeed(1));
        LoraAdapters adapters = LoraAdapters.Wrap(model, new LoraConfiguration { Targets = TargetModules.Named("c_attn"), Rank = 2 }, RandomSource.FromSeed(1));
        AdapterFolder.Save(folder.Location, adapters, AdapterFolder.ConfigurationOf(adapters) with { Initialization = initialization });

        using GptModel fresh = new(Small, RandomSource.FromSeed(1));
        LoraAdapters loaded = AdapterFolder.Load(folder.Location, fresh);
        Assert.Equal(initialization, AdapterFolder.ConfigurationOf(loaded).Initialization);
        loaded.MergeAndRedraw(RandomSource.FromSeed(2), 1);
        Assert.Equal("true", AdapterFolder.ConfigurationOf(loaded).Initialization);
    }
}
