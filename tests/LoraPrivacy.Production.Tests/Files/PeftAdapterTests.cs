namespace LoraPrivacy.Production.Tests.Files;

public class PeftAdapterTests
{
    private const string Prefix = "base_model.model.";

    private static readonly string[] Stacks = ["h.0.mlp.e", "h.0.mlp.e.base_layer"];

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
        { """{"r":1}""", "", "holds no tensor at all: the weights were never gathered" },
        { """{"r":1}""", "q.lora_A.weight F32 0;q.lora_B.weight F32 0", "has shape 0: the weights were never gathered" },
        { """{"r":1}""", "q.lora_A.x.weight F32 1 2;q.lora_B.x.weight F32 3 1;k.lora_A.y.weight F32 1 2;k.lora_B.y.weight F32 3 1", "holds the matrices of several adapters, x, y" },
        { """{"r":1}""", "q.lora_A.weight F32 1 2;q.lora_B.weight F32 3 1;_orig_mod.q.lora_A.weight F32 1 2", "is the same matrix as tensor" },
        { """{"r":2,"target_parameters":["e.w"]}""", "e.lora_A.weight F32 5 2;e.lora_B.weight F32 3 5", "of which 5×2 must hold a whole number for the experts" },
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
        Directory.CreateDirectory(folder["inner"]);
        File.WriteAllText(folder["inner/adapter_config.json"], "{}");
        Refused(folder["x"], "does not exist");
        Refused(folder.Location, "adapter_config.json is missing; its folders inner have one: name one of them");
        File.WriteAllText(folder["adapter_config.json"], "{}");
        File.WriteAllText(folder["adapter_model.bin"], "");
        Refused(folder.Location, "is a pickle");
        Refused(folder["adapter_config.json"], "is a file");
        File.WriteAllText(folder["adapter_model.safetensors"], "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        Refused(folder.Location, "is a Git LFS pointer");

        static void Refused(string path, string expected)
            => Assert.Contains(expected, Assert.Throws<FileFormatException>(() => PeftAdapter.Open(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>What wrappers and other savers make of PEFT's names is read, and said.</summary>
    [Theory]
    [InlineData("module.base_model.model.q.lora_#.weight", "'module.' is surplus")]
    [InlineData("_module.base_model.model.q.lora_#.weight", "'_module.' is surplus")]
    [InlineData("_orig_mod.base_model.model.q.lora_#.weight", "'_orig_mod.' is surplus")]
    [InlineData("base_model.model._fsdp_wrapped_module.q.lora_#.weight", "'_fsdp_wrapped_module.' is surplus")]
    [InlineData("base_model.model.q.lora_#.default.weight", "the adapter's name 'default.' is surplus")]
    [InlineData("q.lora_#.weight", "'base_model.model.' is missing")]
    [InlineData("base_model.model.base_model.model.q.lora_#.weight", "'base_model.model.' is there 2 times")]
    public void Names_with_something_surplus_are_read(string name, string remark)
    {
        using TemporaryFolder folder = new();
        Write(folder, "{\"r\":1,\"target_modules\":[\"q\"]}", $"{name.Replace('#', 'A')} F32 1 2;{name.Replace('#', 'B')} F32 3 1", prefix: "");
        using PeftAdapter adapter = PeftAdapter.Open(folder.Location);
        Assert.Equal("q", Assert.Single(adapter.Layers).Path);
        Assert.Equal($"In the names of 2 of 2 tensors {remark}, beside what PEFT writes", Assert.Single(adapter.Remarks));
        adapter.RequirePlain();
    }

    [Fact]
    public void A_base_layer_that_is_saved_beside_is_not_trained()
    {
        using TemporaryFolder folder = new();
        Write(folder, "{\"r\":1}", "q.lora_A.weight F32 1 2;q.lora_B.weight F32 3 1;q.base_layer.weight F32 3 2");
        using PeftAdapter adapter = PeftAdapter.Open(folder.Location);
        Assert.Empty(adapter.Unsupported);
        Assert.Contains("is a weight of the frozen base model", Assert.Single(adapter.Remarks), StringComparison.Ordinal);
    }

    /// <summary>As PEFT views them: A as experts × rank × inputs, B as outputs × rank × experts.</summary>
    [Fact]
    public void Stacked_experts_are_adapters_by_themselves()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["adapter_config.json"], "{\"peft_type\":\"LORA\",\"r\":2,\"target_modules\":[],\"target_parameters\":[\"mlp.e.up\",\"mlp.e.down\"]}");
        SafetensorsWriter.Write(folder["adapter_model.safetensors"], [.. Stacks.SelectMany(path => new[]
        {
            SafetensorsTensor.Of($"{Prefix}{path}.lora_A.weight", ElementType.Float64, [6, 1], new double[] { 0, 1, 10, 11, 20, 21 }),
            SafetensorsTensor.Of($"{Prefix}{path}.lora_B.weight", ElementType.Float64, [1, 6], new double[] { 0, 10, 20, 1, 11, 21 }),
        })]);
        using PeftAdapter adapter = PeftAdapter.Open(folder.Location);
        Assert.All(adapter.Layers, layer =>
        {
            Assert.Equal((3, 2, true), (layer.Experts, layer.Rank, layer.IsParameter));
            Assert.All(layer.ReadExperts().Select((expert, i) => (expert, i)), stack =>
            {
                Assert.Equal([10.0 * stack.i, (10.0 * stack.i) + 1], stack.expert.A);
                Assert.Equal(stack.expert.A, stack.expert.B);
            });
        });
        Assert.Contains("2 stacks of 3 experts", Assert.Single(adapter.Remarks), StringComparison.Ordinal);
        Assert.Contains("target_parameters", Assert.Throws<FileFormatException>(adapter.RequirePlain).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"weight_map\":{\"A\":\"1.safetensors\",\"B\":\"2.safetensors\"}}", null)]
    [InlineData("{}", "has no weight_map")]
    [InlineData("{\"weight_map\":{\"A\":\"../1.safetensors\",\"B\":\"2.safetensors\"}}", "lora_A.weight': must have the name of a file of the index's own folder, not \"../1.safetensors\"")]
    [InlineData("{\"weight_map\":{\"A\":\"1.safetensors\",\"B\":\"1.safetensors\"}}", "lora_B.weight': is not in the file")]
    [InlineData("{\"weight_map\":{\"B\":\"2.safetensors\"}}", "has no lora_A beside it")]
    [InlineData("{\"weight_map\":{\"A\":\"1.safetensors\",\"B\":\"3.safetensors\"}}", "3.safetensors: does not exist")]
    [InlineData("{\"weight_map\":{\"A\":1}}", "own folder, not 1")]
    [InlineData("{\"weight_map\":{\"A\":null}}", "own folder, not null")]
    [InlineData("{\"weight_map\":{\"A\":\"\"}}", "own folder, not \"\"")]
    [InlineData("{\"weight_map\":{}}", "weight_map names 0 files; it must name 1 to 1000")]
    public void Shards_are_read_by_their_index(string index, string? expected)
    {
        using TemporaryFolder folder = new();
        Write(folder, "{\"r\":1}", "q.lora_A.weight F32 1 2");
        File.Move(folder["adapter_model.safetensors"], folder["1.safetensors"]);
        Write(folder, "{\"r\":1}", "q.lora_B.weight F32 3 1");
        File.Move(folder["adapter_model.safetensors"], folder["2.safetensors"]);
        File.WriteAllText(folder["adapter_model.safetensors.index.json"], index.Replace("\"A\"", $"\"{Prefix}q.lora_A.weight\"").Replace("\"B\"", $"\"{Prefix}q.lora_B.weight\""));
        if (expected is null)
        {
            using PeftAdapter adapter = PeftAdapter.Open(folder.Location);
            Assert.Equal((2, 3), (Assert.Single(adapter.Layers).ReadA().Length, adapter.Layers[0].ReadB().Length));
        }
        else
        {
            Assert.Contains(expected, Assert.Throws<FileFormatException>(() => PeftAdapter.Open(folder.Location)).Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Writes an adapter of zeros; tensors are given as "name type size size;…".</summary>
    private static void Write(TemporaryFolder folder, string configuration, string tensors, string prefix = Prefix)
    {
        File.WriteAllText(folder["adapter_config.json"], configuration.Insert(1, "\"peft_type\":\"LORA\","));
        SafetensorsWriter.Write(folder["adapter_model.safetensors"], tensors.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(text =>
        {
            string[] words = text.Split(' ');
            Assert.True(ElementFormat.TryParse(words[1], out ElementType type));
            long[] shape = [.. words[2..].Select(long.Parse)];
            return SafetensorsTensor.Of(prefix + words[0], type, shape, new byte[shape.Aggregate(1L, (x, y) => x * y) * ElementFormat.BitsOf(type) / 8]);
        }));
    }
}
