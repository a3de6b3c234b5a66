namespace LoraPrivacy.Production.Tests.Models;

public sealed class GptCheckpointTests : IDisposable
{
    private static readonly long[] Tokens = [3, 1, 299, 1, 5, 9, 2];

    private readonly CheckpointFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static double[] Logits(GptModel model)
    {
        using var scope = NewDisposeScope();
        return [.. model.call(tensor(Tokens).unsqueeze(0)).detach().to(ScalarType.Float64).data<double>()];
    }

    private static void AssertComputes(Dictionary<string, (long[] Shape, double[] Values)> tensors, GptModel model, double tolerance)
    {
        NaiveGpt naive = new(CheckpointFolder.Shape, tensors.ToDictionary(entry => entry.Key, entry => entry.Value.Values));
        double[] expected = [.. naive.Logits(Tokens).SelectMany(row => row)];
        double largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(Logits(model)), pair => Assert.Equal(pair.First, pair.Second, tolerance * largest));
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void A_checkpoint_computes_what_its_numbers_say(string type)
    {
        folder.Write(CheckpointFolder.Tensors(), type);
        using GptModel model = GptCheckpoint.Load(folder.Path, ScalarType.Float64);
        Assert.Equal(CheckpointFolder.Shape, model.Configuration);
        AssertComputes(CheckpointFolder.Tensors(), model, 1e-12);
    }

    [Fact]
    public void The_names_may_have_a_prefix_and_the_head_and_the_masks_may_be_stored()
    {
        Dictionary<string, (long[] Shape, double[] Values)> tensors = CheckpointFolder.Tensors("transformer.");
        tensors["lm_head.weight"] = tensors["transformer.wte.weight"];
        tensors["transformer.h.0.attn.bias"] = ([1, 1, 7, 7], new double[49]);
        tensors["transformer.h.1.attn.masked_bias"] = ([], [-10000.0]);
        folder.Write(tensors);
        using GptModel model = GptCheckpoint.Load(folder.Path, ScalarType.Float32);
        Assert.Equal(ScalarType.Float32, model.DataType);
        AssertComputes(CheckpointFolder.Tensors(), model, 1e-5);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void What_is_saved_loads_again_bit_for_bit(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using GptModel model = new(CheckpointFolder.Shape with { NormEpsilon = 3e-6 }, RandomSource.FromSeed(1), dtype);
        string path = Path.Combine(folder.Path, "new", "folder");
        GptCheckpoint.Save(model, path);
        using GptModel again = GptCheckpoint.Load(path, dtype);
        Assert.Equal(model.Configuration, again.Configuration);
        Assert.Equal(Logits(model), Logits(again));
        using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(path, GptCheckpoint.WeightsFileName));
        Assert.Equal("pt", reader.Metadata["format"]);
        Assert.Equal(
            CheckpointFolder.Tensors("transformer.").Select(entry => $"{entry.Key} {string.Join("×", entry.Value.Shape)}").Order(),
            reader.Tensors.Select(entry => $"{entry.Name} {entry.ShapeText}").Order());
        using JsonDocument configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "config.json")));
        Assert.Equal("gpt2", configuration.RootElement.GetProperty("model_type").GetString());
        Assert.Equal("gelu_new", configuration.RootElement.GetProperty("activation_function").GetString());
        Assert.Equal("3e-06", configuration.RootElement.GetProperty("layer_norm_epsilon").GetRawText());
        Assert.Equal(dtype.ToString().ToLowerInvariant(), configuration.RootElement.GetProperty("torch_dtype").GetString());
    }

    [Fact]
    public void Adapters_are_saved_as_part_of_the_weights()
    {
        using var scope = NewDisposeScope();
        using GptModel model = new(CheckpointFolder.Shape, RandomSource.FromSeed(1), ScalarType.Float64);
        LoraAdapters adapters = LoraAdapters.Wrap(
            model, new LoraConfiguration { Targets = TargetModules.Named("c_attn", "mlp.c_proj"), Rank = 2 }, RandomSource.FromSeed(1));
        using (no_grad())
        {
            foreach (LoraLinear layer in adapters.Layers)
            {
                layer.B.fill_(0.1);
            }
        }

        GptCheckpoint.Save(model, folder.Path);
        using GptModel merged = GptCheckpoint.Load(folder.Path, ScalarType.Float64);
        using GptModel plain = new(CheckpointFolder.Shape, RandomSource.FromSeed(1), ScalarType.Float64);
        double[] expected = Logits(model);
        Assert.All(expected.Zip(Logits(merged)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Contains(expected.Zip(Logits(plain)), pair => Math.Abs(pair.First - pair.Second) > 1e-4);
    }

    [Fact]
    public void A_tensor_that_is_missing_or_extra_or_wrong_is_named()
    {
        Refused(tensors => tensors.Remove("h.1.mlp.c_fc.bias"), "tensor 'h.1.mlp.c_fc.bias': is missing");
        Refused(tensors => tensors["h.2.ln_1.bias"] = ([12], new double[12]), "tensor 'h.2.ln_1.bias': is not one of this GPT-2's");
        Refused(tensors => tensors["wpe.weight"] = ([12, 7], new double[84]), "tensor 'wpe.weight': must be 7×12 by config.json, but is 12×7");
        Refused(tensors => tensors["ln_f.weight"].Values[3] = double.PositiveInfinity, "tensor 'ln_f.weight': has a number that is not finite as Float32");
        Refused(tensors => tensors["transformer.ln_f.bias"] = ([12], new double[12]), "tensor 'wte.weight': lacks the prefix 'transformer.' that others have");
        Refused(
            tensors => tensors["lm_head.weight"] = ([300, 12], [.. tensors["wte.weight"].Values.Select((value, i) => i == 77 ? value + 1 : value)]),
            "tensor 'lm_head.weight': must be equal to wte.weight: only tied weights are supported");
        Refused(
            tensors =>
            {
                foreach (string name in tensors.Keys.ToArray())
                {
                    tensors.Remove(name, out (long[], double[]) tensor);
                    tensors["transformer." + name] = tensor;
                }

                tensors["lm_head.weight"] = tensors["transformer.wte.weight"];
                tensors["transformer.lm_head.weight"] = tensors["lm_head.weight"];
            },
            "tensor 'transformer.lm_head.weight': is there twice, with the prefix 'transformer.' and without");
        Refused(tensors => tensors["lm_head.weight"] = ([12, 300], new double[3600]), "tensor 'lm_head.weight': must be 300×12 by config.json, but is 12×300");

        folder.Write(CheckpointFolder.Tensors(), "I32");
        FileFormatException failure = Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path));
        Assert.Equal($"{folder.WeightsPath}, tensor 'wte.weight': must be F16, BF16, F32 or F64, but is I32", failure.Message);

        void Refused(Action<Dictionary<string, (long[] Shape, double[] Values)>> change, string message)
        {
            Dictionary<string, (long[] Shape, double[] Values)> tensors = CheckpointFolder.Tensors();
            change(tensors);
            folder.Write(tensors);
            FileFormatException exception = Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path));
            Assert.Equal($"{folder.WeightsPath}, {message}", exception.Message);
        }
    }

    [Theory]
    [InlineData("\"gelu_new\"", "\"relu\"", "member 'activation_function': must be \"gelu_new\" or \"gelu_pytorch_tanh\", but is \"relu\"")]
    [InlineData("\"model_type\": \"gpt2\"", "\"model_type\": \"llama\"", "member 'model_type': must be \"gpt2\", but is \"llama\"")]
    [InlineData("\"n_ctx\": 7", "\"scale_attn_by_inverse_layer_idx\": true", "member 'scale_attn_by_inverse_layer_idx': must be false, but is true")]
    [InlineData("\"n_ctx\": 7", "\"scale_attn_weights\": false", "member 'scale_attn_weights': must be true, but is false")]
    [InlineData("\"n_ctx\": 7", "\"tie_word_embeddings\": false", "member 'tie_word_embeddings': must be true, but is false")]
    [InlineData("\"n_ctx\": 7", "\"n_inner\": 47", "member 'n_inner': must be null or 4·n_embd = 48, but is 47")]
    [InlineData("\"n_head\": 3", "\"n_head\": 5", "member 'n_embd': must be a multiple of n_head = 5, but is 12")]
    [InlineData("\"n_layer\": 2", "\"n_layer\": -2", "member 'n_layer': must be an integer in [1, 16777216], but is -2")]
    [InlineData("\"n_layer\": 2", "\"n_layer\": 2.5", "member 'n_layer': must be an integer in [1, 16777216], but is 2.5")]
    [InlineData("\"n_embd\": 12,", "", "member 'n_embd': is missing")]
    [InlineData("1e-05", "0", "member 'layer_norm_epsilon': must be positive and finite, but is 0")]
    public void A_configuration_that_is_not_supported_is_refused(string text, string replacement, string message)
    {
        Assert.Contains(text, CheckpointFolder.Configuration, StringComparison.Ordinal);
        folder.Write(CheckpointFolder.Tensors(), configuration: CheckpointFolder.Configuration.Replace(text, replacement, StringComparison.Ordinal));
        FileFormatException failure = Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path));
        Assert.Equal($"{folder.ConfigurationPath}, {message}", failure.Message);
    }

    [Fact]
    public void Depth_and_vocabulary_cost_nothing_until_the_tensors_are_there()
    {
        string hostile = CheckpointFolder.Configuration.Replace("\"n_layer\": 2", "\"n_layer\": 16777216", StringComparison.Ordinal);
        folder.Write(CheckpointFolder.Tensors(), configuration: hostile);
        Assert.Contains("'h.2.ln_1.weight': is missing", Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path)).Message, StringComparison.Ordinal);
        hostile = CheckpointFolder.Configuration.Replace("\"vocab_size\": 300", "\"vocab_size\": 16777216", StringComparison.Ordinal);
        folder.Write(CheckpointFolder.Tensors(), configuration: hostile);
        Assert.Contains("must be 16777216×12", Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1]", "is not a JSON object")]
    [InlineData("{\"n_embd\": 12, \"n_embd\": 13}", "is not valid JSON: ")]
    [InlineData("{\"n_embd\": ", "is not valid JSON: ")]
    public void A_configuration_that_is_no_JSON_object_is_refused(string configuration, string message)
    {
        folder.Write(CheckpointFolder.Tensors(), configuration: configuration);
        FileFormatException failure = Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path));
        Assert.StartsWith($"{folder.ConfigurationPath}: {message}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.Contains("config.json", Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder.ConfigurationPath, CheckpointFolder.Configuration);
        Assert.Contains("model.safetensors", Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_that_links_to_something_huge_is_not_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        folder.Write(CheckpointFolder.Tensors());
        File.Delete(folder.ConfigurationPath);
        string large = Path.Combine(folder.Path, "large");
        using (FileStream stream = File.Create(large))
        {
            stream.SetLength(3L << 30);
        }

        File.CreateSymbolicLink(folder.ConfigurationPath, large);
        FileFormatException failure = Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path));
        Assert.Equal($"{folder.ConfigurationPath}: has 3221225472 bytes; at most 1048576 are read", failure.Message);

        File.Delete(folder.ConfigurationPath);
        File.CreateSymbolicLink(folder.ConfigurationPath, "/dev/zero");
        Assert.Contains("is a device, not a regular file", Assert.Throws<FileFormatException>(() => GptCheckpoint.Load(folder.Path)).Message, StringComparison.Ordinal);
    }
}
