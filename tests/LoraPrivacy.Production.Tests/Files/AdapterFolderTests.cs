using LoraPrivacy.Production.Tensors;

namespace LoraPrivacy.Production.Tests.Files;

public class AdapterFolderTests
{
    private static readonly GptConfiguration Small = new() { Context = 16, Width = 24, Depth = 2, Heads = 3 };
    private static readonly string[] AttentionNames = ["c_attn", "c_proj"];

    [Theory]
    [InlineData(ScalarType.Float32, false, "")]
    [InlineData(ScalarType.Float64, true, "transformer.")]
    [InlineData(ScalarType.BFloat16, false, "transformer.")]
    public void A_loaded_adapter_computes_bit_for_bit_the_same(ScalarType type, bool byPattern, string prefix)
    {
        using var scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        LoraAdapters adapters = Trained(type, byPattern);
        AdapterFolder.Save(folder.Location, adapters, pathPrefix: prefix);

        GptModel fresh = Model(type);
        LoraAdapters loaded = AdapterFolder.Load(folder.Location, fresh, trainsA: true, pathPrefix: prefix);
        Assert.Equal(adapters.Layers.Select(layer => (layer.Path, layer.Rank, layer.Scale)), loaded.Layers.Select(layer => (layer.Path, layer.Rank, layer.Scale)));
        Assert.All(loaded.Layers, layer => Assert.True(layer.TrainsA));
        Tensor expected = Output(adapters);
        Assert.True(Output(loaded).equal(expected).all().item<bool>());
        Assert.False(Model(type).call(Tokens()).equal(expected).all().item<bool>());

        // Saved once more, the weights are the same files; so is the configuration, where it can be.
        using TemporaryFolder again = new();
        AdapterFolder.Save(again.Location, loaded, pathPrefix: prefix);
        Assert.Equal(File.ReadAllBytes(folder["adapter_model.safetensors"]), File.ReadAllBytes(again["adapter_model.safetensors"]));
        if (!byPattern)
        {
            Assert.Equal(File.ReadAllText(folder["adapter_config.json"]), File.ReadAllText(again["adapter_config.json"]));
        }
    }

    [Fact]
    public void The_files_say_what_the_adapters_are()
    {
        using var scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        AdapterFolder.Save(folder.Location, Trained(ScalarType.Float32, byPattern: false), pathPrefix: "transformer.");
        using PeftAdapter adapter = PeftAdapter.Open(folder.Location);
        Assert.Equal(
            [("transformer.h.0.attn.c_attn", 3, 24L, 72L), ("transformer.h.0.attn.c_proj", 3, 24, 24), ("transformer.h.0.mlp.c_proj", 3, 96, 24),
                ("transformer.h.1.attn.c_attn", 3, 24, 72), ("transformer.h.1.attn.c_proj", 2, 24, 24), ("transformer.h.1.mlp.c_proj", 3, 96, 24)],
            adapter.Layers.Select(layer => (layer.Path, layer.Rank, layer.Inputs, layer.Outputs)));
        Assert.True(adapter.Configuration.FanInFanOut);
        Assert.Equal("gaussian", adapter.Configuration.Initialization);
        Assert.Equal(AttentionNames, adapter.Configuration.TargetModules);
        Assert.Empty(adapter.Unsupported);
    }

    [Theory]
    [InlineData(ScalarType.Float64, 1e-12)]
    [InlineData(ScalarType.Float32, 1e-5)]
    [InlineData(ScalarType.BFloat16, 0.1)]
    public void Merged_weights_compute_the_same_to_rounding(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        LoraAdapters adapters = Trained(type, byPattern: false);
        Tensor expected = Output(adapters);
        AdapterFolder.SaveMerged(folder["merged.safetensors"], adapters, "transformer.");
        Assert.True(Output(adapters).equal(expected).all().item<bool>());

        GptModel merged = Model(type);
        Tensor unmerged = merged.call(Tokens()).to(ScalarType.Float64);
        using (SafetensorsReader file = SafetensorsReader.Open(folder["merged.safetensors"]))
        {
            (string Name, Parameter Value)[] parameters = [.. merged.named_parameters().Select(entry => (entry.name, entry.parameter))];
            Assert.Equal(parameters.Select(entry => "transformer." + entry.Name).Order(), file.Tensors.Select(entry => entry.Name).Order());
            foreach ((string name, Parameter value) in parameters)
            {
                TorchTensors.CopyTo(file, file.Find("transformer." + name)!, value);
            }
        }

        double Distance(Tensor output) => ((output.to(ScalarType.Float64) - expected.to(ScalarType.Float64)).norm() / expected.to(ScalarType.Float64).norm()).item<double>();
        Assert.InRange(Distance(merged.call(Tokens())), 0, tolerance);
        Assert.True(Distance(unmerged) > 2 * tolerance, $"the adapter changes too little to be seen: {Distance(unmerged)}");
    }

    [Fact]
    public void An_adapter_of_another_model_is_refused()
    {
        using var scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        AdapterFolder.Save(folder.Location, Trained(ScalarType.Float32, byPattern: false));
        AssertRefused(folder, new GptModel(Small with { Width = 12 }, RandomSource.FromSeed(1)), "with 24 inputs and 72 outputs, but in this model it has 12 and 36");
        AssertRefused(folder, new GptModel(Small with { Depth = 1 }, RandomSource.FromSeed(1)), "adapts 'h.1.attn.c_attn', which is no linear layer of this model");
        AssertRefused(folder, new GptModel(Small with { Depth = 3 }, RandomSource.FromSeed(1)), "has no matrices for 'h.2.attn.c_attn', which its target_modules names");
        AssertRefused(folder, Model(ScalarType.Float32), "adapts 'h.0.attn.c_attn', which is no linear layer of this model", "transformer.");
    }

    [Theory]
    [InlineData("pissa_niter_4", "changed the base weights")]
    [InlineData("lora_ga", "changed the base weights")]
    [InlineData("something", "is not supported")]
    public void An_initialisation_that_the_model_does_not_have_is_refused(string initialization, string expected)
    {
        using var scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        LoraAdapters adapters = Trained(ScalarType.Float32, byPattern: false);
        AdapterFolder.Save(folder.Location, adapters, AdapterFolder.ConfigurationOf(adapters) with { Initialization = initialization });
        AssertRefused(folder, Model(ScalarType.Float32), expected);
    }

    [Fact]
    public void A_configuration_that_disagrees_with_the_adapters_is_refused()
    {
        using var scope = NewDisposeScope();
        using TemporaryFolder folder = new();
        LoraAdapters adapters = Trained(ScalarType.Float32, byPattern: false);
        PeftConfiguration configuration = AdapterFolder.ConfigurationOf(adapters);
        Assert.Throws<ArgumentException>(() => AdapterFolder.Save(folder.Location, adapters, configuration with { Rank = 4 }));
        Assert.Throws<ArgumentException>(() => AdapterFolder.Save(folder.Location, adapters, configuration with { UseRankStabilizedScaling = true }));
        Assert.Throws<ArgumentException>(() => AdapterFolder.Save(folder.Location, adapters, configuration with { TargetModules = ["c_attn"] }));
        Assert.Empty(Directory.GetFiles(folder.Location));
    }

    private static void AssertRefused(TemporaryFolder folder, GptModel model, string expected, string prefix = "")
    {
        using (model)
        {
            FileFormatException failure = Assert.Throws<FileFormatException>(() => AdapterFolder.Load(folder.Location, model, pathPrefix: prefix));
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(model.modules(), module => module is LoraLinear);
        }
    }

    /// <summary>Adapters whose B is not 0, with ranks, scales and layers by pattern.</summary>
    private static LoraAdapters Trained(ScalarType type, bool byPattern)
    {
        RandomSource source = RandomSource.FromSeed(5);
        LoraAdapters adapters = LoraAdapters.Wrap(
            Model(type),
            new LoraConfiguration
            {
                Targets = byPattern ? TargetModules.Matching(@"h\.\d+\.attn\..*") : TargetModules.Named(AttentionNames),
                Rank = 3,
                Alpha = 4.5,
                Initialization = AInitialization.PeftGaussian,
                RankPattern = new Dictionary<string, int> { [@"h.1.attn.c_proj"] = 2 },
                AlphaPattern = new Dictionary<string, double> { ["c_proj"] = 7 },
            },
            source);
        using var frozen = no_grad();
        foreach (LoraLinear layer in adapters.Layers)
        {
            using RandomSequence sequence = source.Sequence($"B {layer.Path}");
            layer.B.copy_(sequence.Normal(layer.OutputFeatures, layer.Rank).mul_(0.3));
        }

        adapters.Model.eval();
        return adapters;
    }

    private static GptModel Model(ScalarType type)
    {
        GptModel model = new(Small, RandomSource.FromSeed(1));
        model.to(type);
        model.eval();
        return model;
    }

    private static Tensor Tokens() => torch.tensor(new long[] { 1, 2, 3, 4, 5, 6 }).view(2, 3);

    private static Tensor Output(LoraAdapters adapters) => ((GptModel)adapters.Model).call(Tokens());
}
