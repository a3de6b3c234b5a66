using System.Text;
using FsCheck.Xunit;
using LoraPrivacy.Files;
using Xunit;

namespace LoraPrivacy.Production.Tests.Files;

public class PeftAdapterTests
{
    private const string Prefix = "base_model.model.";

    [Property(MaxTest = 40)]
    public void What_is_saved_is_opened(int seed)
    {
        Random random = new(seed);
        using TemporaryFolder folder = new();
        PeftConfiguration configuration = new()
        {
            Rank = random.Next(1, 5),
            Alpha = random.Next(1, 40) / 4.0,
            UseRankStabilizedScaling = random.Next(2) == 0,
            TargetModules = ["q", "v"],
            RankPattern = [KeyValuePair.Create(@"h\.1\.q", random.Next(1, 5))],
            AlphaPattern = [KeyValuePair.Create("v", 3.5)],
        };
        ElementType type = random.GetItems([ElementType.Float16, ElementType.BFloat16, ElementType.Float32, ElementType.Float64], 1)[0];
        Dictionary<string, (double[] A, double[] B)> matrices = [];
        List<PeftLayerWeights> weights = [];
        foreach (string path in new[] { "h.0.q", "h.0.v", "h.1.q", "h.1.v" })
        {
            // Small integers are exact in every type.
            int rank = configuration.RankOf(path);
            double[] a = [.. Enumerable.Range(0, rank * 6).Select(_ => (double)random.Next(-9, 9))];
            double[] b = [.. Enumerable.Range(0, 5 * rank).Select(_ => (double)random.Next(-9, 9))];
            matrices.Add(path, (a, b));
            weights.Insert(random.Next(weights.Count + 1), PeftLayerWeights.Of(path, 6, 5, type, a, b));
        }

        PeftAdapter.Save(folder.Location, configuration, weights);
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], Directory.GetFiles(folder.Location).Select(Path.GetFileName).Order());
        using PeftAdapter adapter = PeftAdapter.Open(folder.Location);
        Assert.Equal(configuration, adapter.Configuration);
        Assert.Empty(adapter.Unsupported);
        adapter.RequirePlain();
        Assert.Equal(matrices.Keys.Order(StringComparer.Ordinal), adapter.Layers.Select(layer => layer.Path));
        foreach (PeftLayer layer in adapter.Layers)
        {
            Assert.Equal((6L, 5L, configuration.RankOf(layer.Path)), (layer.Inputs, layer.Outputs, layer.Rank));
            Assert.Equal((configuration.AlphaOf(layer.Path), configuration.ScalingOf(layer.Path)), (layer.Alpha, layer.Scaling));
            Assert.Equal(matrices[layer.Path].A, layer.ReadA());
            Assert.Equal(matrices[layer.Path].B, layer.ReadB());
        }
    }

    [Fact]
    public void The_files_are_those_that_PEFT_writes()
    {
        using TemporaryFolder folder = new();
        PeftConfiguration configuration = new() { Rank = 1, TargetModules = ["q"] };
        double[] a = [1, 2];
        double[] b = [3];
        PeftAdapter.Save(folder.Location, configuration, [PeftLayerWeights.Of("m.q", 2, 1, ElementType.Float32, a, b)]);

        // By hand, after the description of the format; PEFT's names and metadata.
        string header = """{"__metadata__":{"format":"pt"},"base_model.model.m.q.lora_A.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"base_model.model.m.q.lora_B.weight":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]}}""";
        header = header.PadRight((header.Length + 7) / 8 * 8);
        byte[] expected = [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40];
        Assert.Equal(expected, File.ReadAllBytes(folder["adapter_model.safetensors"]));
        Assert.Equal(configuration.ToJson(), File.ReadAllText(folder["adapter_config.json"]));
    }

    [Fact]
    public void A_save_that_fails_leaves_what_was_there()
    {
        using TemporaryFolder folder = new();
        PeftConfiguration configuration = new() { Rank = 1, TargetModules = ["q"] };
        double[] one = [1];
        PeftLayerWeights good = PeftLayerWeights.Of("q", 1, 1, ElementType.Float32, one, one);
        PeftAdapter.Save(folder.Location, configuration, [good]);
        byte[] before = File.ReadAllBytes(folder["adapter_model.safetensors"]);
        Assert.Throws<ArgumentException>(() => PeftAdapter.Save(folder.Location, configuration, []));
        Assert.Throws<ArgumentException>(() => PeftAdapter.Save(folder.Location, configuration, [good, good]));
        Assert.Throws<ArgumentException>(() => PeftAdapter.Save(folder.Location, configuration, [good with { Path = "k" }]));
        Assert.Throws<ArgumentException>(() => PeftAdapter.Save(folder.Location, configuration, [good with { Inputs = 2 }]));
        Assert.Throws<IOException>(() => PeftAdapter.Save(folder.Location, configuration, [good with { WriteB = _ => throw new IOException("full") }]));
        Assert.Equal(before, File.ReadAllBytes(folder["adapter_model.safetensors"]));
        Assert.Equal(2, Directory.GetFiles(folder.Location).Length);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { """{"r":1}""", "q.lora_A.weight F32 1 2", "has no lora_B beside it" },
        { """{"r":1}""", "q.lora_B.weight F32 1 2", "has no lora_A beside it" },
        { """{"r":1}""", "q.lora_A.weight F32 2 2;q.lora_B.weight F32 3 2", "tensor 'base_model.model.q.lora_A.weight': is 2×2, but the configured rank of this layer is 1" },
        { """{"r":2}""", "q.lora_A.weight F32 2 2;q.lora_B.weight F32 3 1", "tensor 'base_model.model.q.lora_B.weight': is 3×1, but the configured rank of this layer is 2" },
        { """{"r":2,"rank_pattern":{"q":3}}""", "q.lora_A.weight F32 2 2;q.lora_B.weight F32 3 2", "the configured rank of this layer is 3" },
        { """{"r":1}""", "q.lora_A.weight I32 1 2;q.lora_B.weight F32 3 1", "must be of type F16, BF16, F32 or F64, but is I32" },
        { """{"r":1}""", "q.lora_A.weight F32 2;q.lora_B.weight F32 3 1", "must be a matrix of at least one number, but is 2" },
        { """{"r":1}""", "q.lora_A.weight F32 1 0;q.lora_B.weight F32 3 1", "must be a matrix of at least one number, but is 1×0" },
        { """{"r":1,"target_modules":["v"]}""", "q.lora_A.weight F32 1 2;q.lora_B.weight F32 3 1", "belongs to a layer that target_modules does not name" },
        { """{"r":1}""", "", "has no lora_A and lora_B of a linear layer" },
        { """{"r":1}""", "wte.lora_embedding_A F32 1 2", "has no lora_A and lora_B of a linear layer; it has base_model.model.wte.lora_embedding_A (1×2, F32): LoRA on an embedding" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_adapter_is_refused(string configuration, string tensors, string expected)
    {
        using TemporaryFolder folder = new();
        Write(folder, configuration, tensors);
        FileFormatException failure = Assert.Throws<FileFormatException>(() => PeftAdapter.Open(folder.Location));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("q.lora_magnitude_vector F32 3", """{"r":1,"use_dora":true}""", "use_dora: the magnitudes of DoRA", "a magnitude of DoRA")]
    [InlineData("q.lora_B.bias F32 3", """{"r":1,"lora_bias":true}""", "lora_bias: biases of B", "a bias of B (lora_bias)")]
    [InlineData("head.weight F32 3 3", """{"r":1,"modules_to_save":["head"]}""", "modules_to_save: modules trained and saved whole", "a tensor trained and saved whole (a bias, modules_to_save, or an embedding)")]
    [InlineData("c.lora_A.weight F32 1 2 3 3;c.lora_B.weight F32 3 1 1 1", """{"r":1}""", null, "LoRA on a convolution")]
    public void What_is_beyond_plain_LoRA_is_named(string tensors, string configuration, string? extension, string reason)
    {
        using TemporaryFolder folder = new();
        Write(folder, configuration, "q.lora_A.weight F32 1 2;q.lora_B.weight F32 3 1;" + tensors);
        using PeftAdapter adapter = PeftAdapter.Open(folder.Location);
        Assert.Single(adapter.Layers);
        Assert.EndsWith(reason, adapter.Unsupported[^1], StringComparison.Ordinal);
        Assert.Equal(extension is null ? 1 : 2, adapter.Unsupported.Count);
        Assert.Equal(extension ?? adapter.Unsupported[0], adapter.Unsupported[0]);
        FileFormatException failure = Assert.Throws<FileFormatException>(adapter.RequirePlain);
        Assert.Contains($"is not supported: {adapter.Unsupported[0]}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_none_is_refused()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("does not exist", Assert.Throws<DirectoryNotFoundException>(() => PeftAdapter.Open(folder["x"])).Message, StringComparison.Ordinal);
        Assert.Contains("adapter_config.json is missing", Assert.Throws<FileNotFoundException>(() => PeftAdapter.Open(folder.Location)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["adapter_config.json"], "{}");
        File.WriteAllText(folder["adapter_model.bin"], "");
        Assert.Contains("is a pickle", Assert.Throws<FileNotFoundException>(() => PeftAdapter.Open(folder.Location)).Message, StringComparison.Ordinal);
        Assert.Contains("is a file", Assert.Throws<DirectoryNotFoundException>(() => PeftAdapter.Open(folder["adapter_config.json"])).Message, StringComparison.Ordinal);
    }

    /// <summary>Writes an adapter of zeros; tensors are given as "name type size size;…".</summary>
    private static void Write(TemporaryFolder folder, string configuration, string tensors)
    {
        File.WriteAllText(folder["adapter_config.json"], configuration.Insert(1, "\"peft_type\":\"LORA\","));
        SafetensorsWriter.Write(folder["adapter_model.safetensors"], tensors.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            string[] words = text.Split(' ');
            Assert.True(ElementFormat.TryParse(words[1], out ElementType type));
            long[] shape = [.. words[2..].Select(long.Parse)];
            return SafetensorsTensor.Of(Prefix + words[0], type, shape, new byte[shape.Aggregate(1L, (x, y) => x * y) * ElementFormat.BitsOf(type) / 8]);
        }));
    }
}
