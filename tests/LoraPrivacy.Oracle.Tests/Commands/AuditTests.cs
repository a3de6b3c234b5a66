using LoraPrivacy.Oracle.Tests.Audit;
using LoraPrivacy.Oracle.Tests.Protocol;

namespace LoraPrivacy.Oracle.Tests.Commands;

public class AuditTests
{
    private const string Claim = """
        {"mechanism":"dp-sgd","noiseMultiplier":1.1,"clippingNorm":0.5,"samplingRate":0.01,"steps":1000,
         "neighbouringRelation":"add-remove","secretSeed":true,"frozenA":true,"somethingElse":[1]}
        """;

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_adapter_of_PEFTs_default()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", SampleAdapter.Kaiming);
        await Verifier.Verify(await OutputAsync(files));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_trained_A_contradicts_the_claim_that_it_was_frozen()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", SampleAdapter.Trained);
        files.Write("training.json", Encoding.UTF8.GetBytes(Claim));
        string output = await OutputAsync(files);
        Assert.Contains("contradicts the weights", output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        await Verifier.Verify(output);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_untrained_Gaussian_adapter_as_JSON()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "gaussian", SampleAdapter.Gaussian, b: 0, outputs: 1);
        files.Write("training.json", Encoding.UTF8.GetBytes(Claim));
        await Verifier.Verify(Numbers.Shortened(await OutputAsync(files, "--json")));
    }

    [Theory]
    [InlineData("false", "chance alone", "yes")]
    [InlineData("orthogonal", "chance alone", "no")]
    [InlineData("pissa_niter_4", "the base model's weights", "not checked")]
    [InlineData("olora", "the base model's weights", "not checked")]
    [InlineData("loftq", "the base model's weights", "not checked")]
    [InlineData("mica", "the base model's weights", "not checked")]
    [InlineData("eva", "the training data", "not checked")]
    [InlineData("corda", "the training data", "not checked")]
    [InlineData("lora_ga", "the training data", "not checked")]
    [InlineData("something-new", "unknown", "not checked")]
    [Trait("Speed", "Slow")]
    public async Task Every_initialisation_is_named_and_none_is_certified(string initialization, string source, string consistent)
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, initialization, SampleAdapter.Kaiming);
        using JsonDocument report = JsonDocument.Parse(await OutputAsync(files, "--json"));
        Assert.Equal("not certified private", report.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(source, report.RootElement.GetProperty("initializedFrom").GetString());
        Assert.All(report.RootElement.GetProperty("weights").EnumerateArray(), group => Assert.Equal(consistent, group.GetProperty("consistent").GetString()));
        Assert.All(report.RootElement.GetProperty("releases").EnumerateArray(), release => Assert.DoesNotContain("yes", release.GetProperty("private").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_orthogonal_adapter_is_a_sketch_of_half_the_rank()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "orthogonal", SampleAdapter.Orthogonal);
        using JsonDocument report = JsonDocument.Parse(await OutputAsync(files, "--json"));
        Assert.All(report.RootElement.GetProperty("weights").EnumerateArray(), group => Assert.Equal("yes", group.GetProperty("consistent").GetString()));

        // s = 16/4, so that s²·(r/2)·v = 16·2/100.
        Assert.All(report.RootElement.GetProperty("firstStep").EnumerateArray(), group => Assert.Equal(0.32, group.GetProperty("bias").GetDouble(), 1e-15));
    }

    [Theory]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4,"delta":1e-5}""", null)]
    [InlineData("eva", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", "A may be initialised from the data")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":1,"steps":4}""", "the sampling rate is missing")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4,"secretSeed":false}""", "the seed of the noise is not secret")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4,"neighbouringRelation":"user-level"}""", "not 'user-level'")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":2,"steps":4}""", "samplingRate must be")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":0,"samplingRate":1,"steps":4}""", "the clipping norm must be above 0")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4,"delta":1}""", "delta must be below 1, but is 1")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4,"epsilon":3}""", "δ is missing")]
    [InlineData("true", """{"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4,"frozenA":true}""", "the weights contradict")]
    [InlineData("gaussian", """{"noiseMultiplier":4,"samplingRate":1,"steps":4}""", "the clipping norm")]
    [InlineData("gaussian", """{"mechanism":"none","noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", "S19 is for DP-SGD, and the mechanism is said to be 'none'")]
    [InlineData("gaussian", """{"mechanism":"DP-SGD with shuffling","noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", "S19 is for DP-SGD")]
    [InlineData("gaussian", """{"initialization":"eva","noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", "A may be initialised from the data")]
    [InlineData("gaussian", """{"initialization":"mine","noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", "A may be initialised from the data")]
    [InlineData("true", """{"initialization":"kaiming-uniform","frozenA":true,"noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", "the weights contradict")]
    [InlineData("true", """{"initialization":"unbiased-gaussian","frozenA":true,"mechanism":"DP-SGD","noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", null)]
    [InlineData("eva", """{"initialization":"gaussian(2)","noiseMultiplier":4,"clippingNorm":1,"samplingRate":1,"steps":4}""", "A may be initialised from the data")]
    [Trait("Speed", "Slow")]
    public async Task An_epsilon_is_given_on_the_claims_condition_only(string initialization, string claim, string? obstacle)
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, initialization, SampleAdapter.Gaussian);
        files.Write("training.json", Encoding.UTF8.GetBytes(claim));
        using JsonDocument report = JsonDocument.Parse(await OutputAsync(files, "--json"));
        Assert.Equal("not certified private", report.RootElement.GetProperty("verdict").GetString());
        JsonElement epsilon = Assert.Single(report.RootElement.GetProperty("claims").EnumerateArray(), row => row.GetProperty("claim").GetString() == "conditionalEpsilon").GetProperty("value");
        if (obstacle is null)
        {
            // σ = 4 at q = 1 for four steps is one Gaussian release at σ/√4 = 2: S19, item 2.
            double expected = new GaussianMechanism(0.5).Epsilon(1e-5);
            Assert.InRange(epsilon.GetDouble(), expected, 1.001 * expected);
        }
        else
        {
            Assert.StartsWith("none: ", epsilon.GetString(), StringComparison.Ordinal);
            Assert.Contains(obstacle, epsilon.GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"epsilon":0.1,"delta":1e-5}""", "no ε below 1.0678 holds")]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"epsilon":1.0678,"delta":1e-5}""", "an ε is rounded up")]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"neighbouringRelation":"replace-one","epsilon":1.5,"delta":1e-5}""", "no ε below 1.5005 holds")]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"secretSeed":false,"epsilon":0.1,"delta":1e-5}""", "no ε below 1.0678 holds")]
    [InlineData("""{"noiseMultiplier":0,"samplingRate":0.01,"steps":300,"epsilon":8,"delta":1e-5}""", "no finite ε holds")]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"epsilon":8,"delta":0}""", "no finite ε holds at δ = 0")]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":4000000000000000000,"epsilon":0,"delta":1e-5}""", "T = 4000000000000000000")]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"epsilon":1.0683,"delta":1e-5}""", null)]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"neighbouringRelation":"replace-one","epsilon":1.501,"delta":1e-5}""", null)]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":0,"epsilon":0,"delta":0}""", null)]
    [InlineData("""{"mechanism":"Laplace","noiseMultiplier":1,"samplingRate":0.01,"steps":300,"epsilon":0.1,"delta":1e-5}""", null)]
    [InlineData("""{"noiseMultiplier":1,"samplingRate":0.01,"steps":300,"neighbouringRelation":"user-level","epsilon":0.1,"delta":1e-5}""", null)]
    [InlineData("""{"epsilon":0.1,"delta":1e-5}""", null)]
    [Trait("Speed", "Slow")]
    public async Task A_claimed_epsilon_below_what_is_proved_is_refuted_first_of_all(string claim, string? refutation)
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "gaussian", SampleAdapter.Gaussian);
        files.Write("training.json", Encoding.UTF8.GetBytes(claim));
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, ["audit", files.Location, "--json"]);
        using JsonDocument report = JsonDocument.Parse(result.Output);
        JsonProperty first = report.RootElement.EnumerateObject().First();
        if (refutation is null)
        {
            Assert.Equal((0, string.Empty, "verdict"), (result.ExitCode, result.Error, first.Name));
            Assert.Equal("not certified private", report.RootElement.GetProperty("verdict").GetString());
            return;
        }

        Assert.Equal((5, "refutation"), (result.ExitCode, first.Name));
        Assert.Contains(refutation, first.Value.GetString(), StringComparison.Ordinal);
        Assert.StartsWith("lora-oracle: claim refuted: ", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("CLAIM REFUTED", report.RootElement.GetProperty("verdict").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"epsilon":NaN}""", "is not valid JSON")]
    [InlineData("""{"epsilon":-1}""", "member 'epsilon': must be a finite number of at least 0, but is")]
    [InlineData("""{"delta":1e999}""", "member 'delta': must be a finite number of at least 0, but is")]
    [InlineData("""{"epsilon":"0.1"}""", "member 'epsilon': must be a finite number of at least 0, but is")]
    [InlineData("""{"steps":1e30}""", "member 'steps': must be an integer, but is")]
    [InlineData("""{"neighbouringRelation":1}""", "member 'neighbouringRelation': must be a text, but is")]
    [Trait("Speed", "Slow")]
    public async Task A_claim_that_is_no_number_gets_one_line(string claim, string error)
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "gaussian", SampleAdapter.Gaussian);
        files.Write("training.json", Encoding.UTF8.GetBytes(claim));
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, ["audit", files.Location]);
        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.Contains(error, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Dropout_is_named()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", SampleAdapter.Kaiming);
        string configuration = Path.Combine(files.Location, "adapter_config.json");
        await File.WriteAllTextAsync(configuration, (await File.ReadAllTextAsync(configuration)).Replace("\"lora_dropout\": 0.0", "\"lora_dropout\": 0.1", StringComparison.Ordinal));
        Assert.Contains("dropout 0.1 on A's input", await OutputAsync(files), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_claimed_law_that_PEFT_has_no_name_for_is_no_contradiction()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", SampleAdapter.Gaussian);
        files.Write("training.json", Encoding.UTF8.GetBytes("""{"initialization":"unbiased-gaussian","frozenA":true,"mechanism":"none"}"""));
        string output = (await OutputAsync(files)).ReplaceLineEndings(" ");
        Assert.Contains("claims another initialisation, 'unbiased-gaussian', than init_lora_weights declares", output, StringComparison.Ordinal);
        Assert.Contains("A is not as initialised in 4 of 4 layers", output, StringComparison.Ordinal);
        Assert.DoesNotContain("contradict", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Noise_without_DP_SGD_is_not_taken_for_it()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", SampleAdapter.Kaiming);
        files.Write("training.json", Encoding.UTF8.GetBytes("""{"mechanism":"none","noiseMultiplier":1}"""));
        using JsonDocument report = JsonDocument.Parse(await OutputAsync(files, "--json"));
        string[] verdicts = [.. report.RootElement.GetProperty("releases").EnumerateArray().Select(release => release.GetProperty("private").GetString()!)];
        Assert.Equal("no", verdicts[0]);
        Assert.Equal("not claimed", verdicts[1]);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task What_is_not_finite_is_said_and_not_computed_with()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", (rank, inputs, random) => [.. SampleAdapter.Kaiming(rank, inputs, random).Select((x, i) => i == 3 ? double.NaN : x)]);
        string text = await OutputAsync(files);
        Assert.Contains("4 of 4 layers hold numbers that are not finite", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("does nothing", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task What_a_file_says_cannot_write_on_the_terminal()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", SampleAdapter.Kaiming, baseModel: "a\u001b[31mb\nc\u2028d\u202Ee");
        string output = await OutputAsync(files);
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("a\uFFFD[31mb c d\uFFFDe", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task What_is_beyond_plain_LoRA_is_named_but_not_at_any_length()
    {
        using TemporaryDirectory files = new();
        SampleAdapter.Write(files.Location, "true", SampleAdapter.Kaiming);
        string weights = Path.Combine(files.Location, "adapter_model.safetensors");
        List<SafetensorsTensor> tensors = [];
        using (SafetensorsReader reader = SafetensorsReader.Open(weights))
        {
            foreach (SafetensorsEntry entry in reader.Tensors)
            {
                byte[] data = new byte[entry.ByteCount];
                reader.Read(entry, data);
                tensors.Add(SafetensorsTensor.Of(entry.Name, entry.Type, entry.Shape, (ReadOnlyMemory<byte>)data));
            }
        }

        tensors.AddRange(Enumerable.Range(0, 100).Select(i => SafetensorsTensor.Of(
            $"base_model.model.model.layers.{i}.q_proj.lora_magnitude_vector", ElementType.Float32, [1L], (ReadOnlyMemory<byte>)new byte[4])));
        SafetensorsWriter.Write(weights, tensors);
        using JsonDocument report = JsonDocument.Parse(await OutputAsync(files, "--json"));
        string[] beyond = [.. report.RootElement.GetProperty("scope").EnumerateArray().Select(line => line.GetString()!).Where(line => line.StartsWith("Beyond", StringComparison.Ordinal))];
        Assert.Equal(5, beyond.Length);
        Assert.Contains("a magnitude of DoRA", beyond[0], StringComparison.Ordinal);
        Assert.Contains("96 more", beyond[4], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Bad_folders_get_one_line_and_exit_code_1()
    {
        using TemporaryDirectory files = new();
        StringBuilder transcript = new();
        async Task Refused(string folder)
        {
            CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, "audit", Path.Combine(files.Location, folder));
            Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
            Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
            transcript.Append("$ lora-oracle audit @/").Append(folder).Append('\n').Append(result.Error.Replace(files.Location, "@", StringComparison.Ordinal)).Append('\n');
        }

        string Good(string name)
        {
            string folder = Path.Combine(files.Location, name);
            SampleAdapter.Write(folder, "true", SampleAdapter.Kaiming);
            return folder;
        }

        await Refused("missing");
        Directory.CreateDirectory(Path.Combine(files.Location, "empty"));
        await Refused("empty");
        await File.WriteAllTextAsync(Path.Combine(Good("not-json"), "adapter_config.json"), "{");
        await Refused("not-json");
        await File.WriteAllTextAsync(Path.Combine(Good("not-lora"), "adapter_config.json"), """{"peft_type":"IA3"}""");
        await Refused("not-lora");
        await File.WriteAllTextAsync(Path.Combine(Good("other-rank"), "adapter_config.json"), """{"peft_type":"LORA","r":3}""");
        await Refused("other-rank");
        string weights = Path.Combine(Good("truncated"), "adapter_model.safetensors");
        await File.WriteAllBytesAsync(weights, (await File.ReadAllBytesAsync(weights))[..^1]);
        await Refused("truncated");
        await File.WriteAllTextAsync(Path.Combine(Good("claim"), "training.json"), """{"steps":"many"}""");
        await Refused("claim");
        await File.WriteAllTextAsync(Path.Combine(Good("claims"), "training.json"), """{"frozenA":1}""");
        await Refused("claims");
        await Verifier.Verify(transcript.ToString());
    }

    private static async Task<string> OutputAsync(TemporaryDirectory files, params string[] options)
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, ["audit", files.Location, .. options]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output.Replace(files.Location, "@", StringComparison.Ordinal);
    }
}
