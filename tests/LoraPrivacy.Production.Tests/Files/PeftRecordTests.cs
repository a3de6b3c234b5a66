namespace LoraPrivacy.Production.Tests.Files;

/// <summary>
/// Files that PEFT itself wrote, and what it computes from them and from ours, recorded by <c>Peft/record.py</c>. With UPDATE_PEFT=1 in
/// the environment our adapter is written anew; run the script afterwards.
/// </summary>
public class PeftRecordTests
{
    private const string Prefix = "transformer.";

    private static readonly long[] Tokens = [3, 1, 31, 0, 5, 9];

    [Theory]
    [InlineData("plain")]
    [InlineData("rich")]
    [InlineData("ours")]
    public void An_adapter_computes_here_what_PEFT_computes(string name)
    {
        using var scope = NewDisposeScope();
        using JsonDocument outputs = JsonDocument.Parse(File.ReadAllText(Folder("outputs.json")));
        JsonElement recorded = outputs.RootElement.GetProperty(name);
        double[] expected = Numbers(recorded.GetProperty("adapted"));

        using GptModel model = GptCheckpoint.Load(Folder("base"));
        double[] unadapted = Logits(model);
        LoraAdapters adapters = AdapterFolder.Load(Folder(name), model, pathPrefix: Prefix);
        model.eval();
        AssertEqual(expected, Logits(model));
        Assert.Contains(expected.Zip(unadapted), pair => Math.Abs(pair.First - pair.Second) > 0.1);

        // PEFT's merge_and_unload against ours, through the files of a whole model.
        using TemporaryFolder merged = new();
        File.Copy(Folder("base", "config.json"), merged["config.json"]);
        AdapterFolder.SaveMerged(merged["model.safetensors"], adapters, Prefix);
        using GptModel whole = GptCheckpoint.Load(merged.Location);
        AssertEqual(Numbers(recorded.GetProperty("merged")), Logits(whole));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("rich")]
    public void What_PEFT_saved_is_saved_again_byte_for_byte(string name)
    {
        using TemporaryFolder folder = new();
        using GptModel model = GptCheckpoint.Load(Folder("base"));
        LoraAdapters adapters = AdapterFolder.Load(Folder(name), model, pathPrefix: Prefix);
        AdapterFolder.Save(folder.Location, adapters, PeftConfiguration.Load(Folder(name, PeftConfiguration.FileName)), Prefix);
        AssertSameFiles(Folder(name), folder.Location);
    }

    [Fact]
    public void A_new_configuration_is_the_text_that_PEFT_writes()
    {
        PeftConfiguration plain = new() { Rank = 2, Alpha = 3, TargetModules = ["c_attn"], FanInFanOut = true };
        AssertSameText("plain", plain, "auto_mapping");

        // In another order than PEFT sorts them.
        PeftConfiguration rich = new()
        {
            Rank = 3,
            Alpha = 5,
            Dropout = 0.05,
            UseRankStabilizedScaling = true,
            Initialization = "gaussian",
            TargetPattern = @"transformer\.h\.\d+\.(attn|mlp)\.c_.*",
            RankPattern = [KeyValuePair.Create("mlp.c_proj", 4), KeyValuePair.Create("h.1.attn.c_proj", 2)],
            AlphaPattern = [KeyValuePair.Create("c_fc", 2.5), KeyValuePair.Create(@"^transformer\.h\.0\.attn\.c_attn", 7.0)],
            FanInFanOut = true,
            TaskType = "CAUSAL_LM",
        };
        AssertSameText("rich", rich, "exclude_modules");
    }

    [Fact]
    public void PEFTs_A_lies_within_the_bound_of_the_uniform_law()
    {
        using PeftAdapter adapter = PeftAdapter.Open(Folder("plain"));
        double[] all = [.. adapter.Layers.SelectMany(layer => layer.ReadA())];
        double bound = 1 / Math.Sqrt(8);

        // 32 numbers: all within 0.7 of a right bound with probability 1.1e-5; the seed is fixed.
        Assert.InRange(all.Max(Math.Abs), 0.7 * bound, bound);
    }

    [Fact]
    public void Ours_is_what_PEFT_was_given()
    {
        using TemporaryFolder folder = new();
        using GptModel model = GptCheckpoint.Load(Folder("base"));
        LoraAdapters adapters = LoraAdapters.Wrap(
            model,
            new LoraConfiguration
            {
                Targets = TargetModules.Named("c_attn", "c_proj", "c_fc"),
                Rank = 3,
                Alpha = 6,
                RankStabilized = true,

                // The first that matches counts, and sorted the other one comes first.
                RankPattern = new Dictionary<string, int> { ["h.0.attn.c_attn"] = 2, ["c_attn"] = 5 },
                AlphaPattern = new Dictionary<string, double> { ["^h.1.attn.c_attn"] = 4 },
            },
            RandomSource.FromSeed(1));
        using (no_grad())
        {
            foreach (LoraLinear layer in adapters.Layers)
            {
                Fill(layer.A, 7);
                Fill(layer.B, 5);
            }
        }

        PeftConfiguration configuration = AdapterFolder.ConfigurationOf(adapters, Prefix) with { BaseModel = "base", TaskType = "CAUSAL_LM" };
        string target = Environment.GetEnvironmentVariable("UPDATE_PEFT") == "1" ? Folder("ours") : folder.Location;
        AdapterFolder.Save(target, adapters, configuration, Prefix);
        AssertSameFiles(Folder("ours"), target);
    }

    // Sixteenths, which every type holds.
    private static void Fill(Tensor matrix, int stride)
        => matrix.copy_(tensor(Enumerable.Range(0, (int)matrix.numel()).Select(i => ((i * stride % 11) - 5) / 16.0).ToArray(), matrix.shape, ScalarType.Float64));

    private static string Folder(params string[] parts) => Repository.File(["tests", "LoraPrivacy.Production.Tests", "Files", "Peft", .. parts]);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static double[] Logits(GptModel model)
    {
        using var scope = NewDisposeScope();
        return [.. model.call(tensor(Tokens).unsqueeze(0)).detach().to(ScalarType.Float64).data<double>()];
    }

    private static void AssertEqual(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual).Max(pair => Math.Abs(pair.First - pair.Second)) / expected.Max(Math.Abs), 0, 2e-6);
    }

    private static void AssertSameText(string name, PeftConfiguration configuration, string except)
    {
        string[] expected = Lines(File.ReadAllText(Folder(name, PeftConfiguration.FileName)));
        Assert.Equal(expected, Lines(configuration.ToJson()));

        // Without the one member, which may have several lines, that our configuration does not set.
        string[] Lines(string text)
        {
            List<string> lines = [.. text.Split('\n')];
            int start = lines.FindIndex(line => line.StartsWith($"  \"{except}\"", StringComparison.Ordinal));
            int count = lines[start].EndsWith(',') ? 1 : lines.FindIndex(start + 1, line => line.StartsWith("  ]", StringComparison.Ordinal) || line.StartsWith("  }", StringComparison.Ordinal)) - start + 1;
            lines.RemoveRange(start, count);
            return [.. lines];
        }
    }

    private static void AssertSameFiles(string expected, string actual)
    {
        foreach (string file in new[] { PeftConfiguration.FileName, PeftAdapter.WeightsFileName })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(expected, file)), File.ReadAllBytes(Path.Combine(actual, file)));
        }
    }
}
