using LoraPrivacy.Production.Tests.Models;

namespace LoraPrivacy.Production.Tests.Files;

/// <summary>Configurations from anywhere give a value or one line of refusal, at a cost in proportion to their size.</summary>
public class HostileConfigurationProperties
{
    private const int CasesEach = 10;

    private static readonly byte[] Adapter = Encoding.UTF8.GetBytes("""
        {"peft_type":"LORA","r":8,"lora_alpha":16,"lora_dropout":0.1,"bias":"none","init_lora_weights":"gaussian","use_rslora":false,"target_modules":["q","v"],
        "rank_pattern":{"h.1.q":4,"h\\.\\d+\\.v":2},"alpha_pattern":{"^v$":8.5},"layers_to_transform":[0,1],"layers_pattern":"h","modules_to_save":["head"],"exclude_modules":"a|b","tomorrow":{"x":[1,null]}}
        """);

    [Property(MaxTest = 300)]
    public void A_damaged_adapter_configuration(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < CasesEach; i++)
        {
            HostileInput.Check(i == 0 ? HostileInput.Noise(random) : HostileInput.Damage(Adapter, random), ReadAdapter, IsRefusal, multiple: 400);
        }
    }

    [Property(MaxTest = 100)]
    [Trait("Speed", "Slow")]
    public void A_damaged_model_configuration(int seed)
    {
        using TemporaryFolder folder = new();
        Random random = new(seed);
        for (int i = 0; i < CasesEach; i++)
        {
            byte[] file = i == 0 ? HostileInput.Noise(random) : HostileInput.Damage(Encoding.UTF8.GetBytes(CheckpointFolder.Configuration), random);
            HostileInput.Check(file, bytes => ReadModel(folder, bytes), IsRefusal, multiple: 200);
        }
    }

    [Theory]
    [InlineData("{\"peft_type\":\"LORA\",\"rank_pattern\":{", "\"{0}\":1", "}}")]
    [InlineData("{\"peft_type\":\"LORA\",\"alpha_pattern\":{", "\"{0}\":1", "}}")]
    [InlineData("{\"peft_type\":\"LORA\",\"modules_to_save\":[", "\"{0}\"", "]}")]
    [InlineData("{\"peft_type\":\"LORA\",\"layers_pattern\":[", "\"{0}\"", "]}")]
    [InlineData("{\"peft_type\":\"LORA\",\"target_modules\":[", "\"{0}\"", "]}")]
    [InlineData("{\"peft_type\":\"LORA\",\"layers_to_transform\":[", "{0}", "]}")]
    [InlineData("{\"peft_type\":\"LORA\",\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{0}", "]]]]]]]]]]]]]]]]]]]]]]]]]]]}")]
    [InlineData("{\"peft_type\":\"LORA\",", "\"{0}\":1", "}")]
    [InlineData("{\"peft_type\":\"LORA\",\"x\":\"", "{0}", "\"}")]
    [Trait("Speed", "Slow")]
    public void A_long_adapter_configuration_of_one_kind(string before, string piece, string after)
    {
        StringBuilder text = new(before);
        for (int i = 0; text.Length < 900_000; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(piece.Replace("{0}", $"{i}", StringComparison.Ordinal));
        }

        HostileInput.Check(Encoding.UTF8.GetBytes(text.Append(after).ToString()), ReadAdapter, IsRefusal, multiple: 200);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("(?:", ")")]
    [InlineData("(a|", ")")]
    [InlineData("(?=", ")")]
    [InlineData("[a-[", "]]")]
    [InlineData("a{1,", "}")]
    [InlineData("(a*)*", "")]
    [InlineData("(?(1)", "|)")]
    [InlineData("\\p{", "}")]
    [InlineData("a{1000}{1000}", "")]
    [Trait("Speed", "Slow")]
    public void A_deep_regular_expression(string open, string close)
    {
        int depth = 9_000 / (open.Length + close.Length);
        string pattern = string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));
        string json = $$"""{"peft_type":"LORA","target_modules":"{{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}}"}""";
        HostileInput.Check(Encoding.UTF8.GetBytes(json), ReadAdapter, IsRefusal, multiple: 2_000, constant: 4_000_000);
    }

    [Fact]
    public void A_configuration_that_is_too_large_is_refused_before_it_is_read()
    {
        using TemporaryFolder folder = new();
        using (FileStream stream = File.Create(folder["f"]))
        {
            stream.SetLength(3L << 30);
        }

        foreach (Action read in (Action[])[() => PeftConfiguration.Load(folder["f"]), () => GptConfigurationFile.Read(folder["f"])])
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains("3221225472 bytes; at most", Assert.Throws<FileFormatException>(read).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    private static void ReadAdapter(byte[] bytes)
    {
        PeftConfiguration configuration = PeftConfiguration.Parse(bytes, "f");
        foreach (string path in (string[])["h.1.q", "model.layers.3.v", new string('a', 200)])
        {
            _ = (configuration.Targets(path), configuration.RankOf(path), configuration.ScalingOf(path));
        }
    }

    private static void ReadModel(TemporaryFolder folder, byte[] bytes)
    {
        File.WriteAllBytes(folder["f"], bytes);
        try
        {
            GptConfigurationFile.Read(folder["f"]);
        }
        catch (FileFormatException failure)
        {
            // The refusal names the file by its path.
            throw new FileFormatException("f", failure.Message);
        }
    }

    private static bool IsRefusal(Exception failure) => failure is FileFormatException;
}
