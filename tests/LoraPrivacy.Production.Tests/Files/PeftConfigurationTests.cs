namespace LoraPrivacy.Production.Tests.Files;

public class PeftConfigurationTests
{
    // Made by hand: the members of LoraConfig in PEFT 0.20.0 (and one it does not know), laid out by Python 3.11's
    // json.dumps(…, indent=2, sort_keys=True), which is what PEFT's save_pretrained calls.
    private const string AsPeftWritesIt = """
        {
          "a_member_of_tomorrow": {
            "a": "\u007f\"\\\n",
            "z": [
              1,
              2.5,
              []
            ]
          },
          "alora_invocation_tokens": null,
          "alpha_pattern": {
            "h.1.attn.c_proj": 64,
            "h\\.\\d+\\.mlp\\.c_fc": 8.5
          },
          "arrow_config": null,
          "auto_mapping": {
            "base_model_class": "GPT2LMHeadModel",
            "parent_library": "transformers.models.gpt2.modeling_gpt2"
          },
          "base_model_name_or_path": "mod\u00e8le/gpt2-\ud83d\ude00",
          "bias": "none",
          "corda_config": null,
          "ensure_weight_tying": false,
          "eva_config": null,
          "exclude_modules": null,
          "fan_in_fan_out": true,
          "inference_mode": true,
          "init_lora_weights": "gaussian",
          "layer_replication": null,
          "layers_pattern": null,
          "layers_to_transform": null,
          "loftq_config": {},
          "lora_alpha": 32,
          "lora_bias": false,
          "lora_dropout": 1e-05,
          "lora_ga_config": null,
          "megatron_config": null,
          "megatron_core": "megatron.core",
          "modules_to_save": null,
          "monteclora_config": null,
          "peft_type": "LORA",
          "peft_version": "0.20.0",
          "qalora_group_size": 16,
          "r": 16,
          "rank_pattern": {
            "h.1.attn.c_proj": 4
          },
          "revision": null,
          "target_modules": [
            "c_proj",
            "c_attn",
            "c_fc"
          ],
          "target_parameters": null,
          "task_type": null,
          "trainable_token_indices": null,
          "use_bdlora": null,
          "use_dora": false,
          "use_qalora": false,
          "use_rslora": true,
          "velora_config": null
        }
        """;

    [Fact]
    public void What_PEFT_wrote_is_written_again_byte_for_byte()
    {
        PeftConfiguration configuration = Parse(AsPeftWritesIt);
        Assert.Equal(AsPeftWritesIt, configuration.ToJson());
        Assert.Equal((16, 32.0, 1e-5, true, true, "gaussian"), (
            configuration.Rank, configuration.Alpha, configuration.Dropout, configuration.UseRankStabilizedScaling, configuration.FanInFanOut, configuration.Initialization));
        Assert.Equal("modèle/gpt2-\U0001F600", configuration.BaseModel);

        // In any order and layout of its members, too.
        using JsonDocument document = JsonDocument.Parse(AsPeftWritesIt);
        string reversed = "{" + string.Join(",", document.RootElement.EnumerateObject().Reverse().Select(member => member.ToString())) + "}";
        Assert.Equal(AsPeftWritesIt, Parse(reversed).ToJson());
    }

    [Fact]
    public void A_new_configuration_has_the_members_that_PEFT_writes()
    {
        PeftConfiguration configuration = new()
        {
            Rank = 16,
            Alpha = 32,
            Dropout = 1e-5,
            UseRankStabilizedScaling = true,
            FanInFanOut = true,
            Initialization = "gaussian",
            TargetModules = ["c_proj", "c_attn", "c_fc"],
            RankPattern = [KeyValuePair.Create("h.1.attn.c_proj", 4)],
            AlphaPattern = [KeyValuePair.Create("h.1.attn.c_proj", 64.0), KeyValuePair.Create(@"h\.\d+\.mlp\.c_fc", 8.5)],
            BaseModel = "modèle/gpt2-\U0001F600",
        };
        using JsonDocument written = JsonDocument.Parse(configuration.ToJson());
        using JsonDocument expected = JsonDocument.Parse(AsPeftWritesIt);
        foreach (JsonProperty member in expected.RootElement.EnumerateObject().Where(member => member.Name is not ("a_member_of_tomorrow" or "auto_mapping")))
        {
            Assert.Equal(member.Value.GetRawText(), written.RootElement.GetProperty(member.Name).GetRawText());
        }

        Assert.Equal(expected.RootElement.EnumerateObject().Count() - 1, written.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public void Setting_a_member_to_what_it_is_keeps_its_text()
    {
        PeftConfiguration configuration = Parse("""{"peft_type": "LORA", "lora_alpha": 16.0, "r": 4}""");
        Assert.Equal("{\n  \"lora_alpha\": 16.0,\n  \"peft_type\": \"LORA\",\n  \"r\": 5\n}", (configuration with { Alpha = 16, Rank = 5 }).ToJson());
        Assert.Equal(configuration, configuration with { Alpha = 16 });
        Assert.NotEqual(configuration, configuration with { Alpha = 17 });
    }

    [Theory]
    [InlineData(0.0, "0.0")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.05, "0.05")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(3, "3.0")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(1234567890123456.0, "1234567890123456.0")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(9.999999999999999e-5, "9.999999999999999e-05")]
    [InlineData(9999999999999998.0, "9999999999999998.0")]
    public void Floats_are_written_as_Python_writes_them(double value, string expected) => Assert.Equal(expected, PythonJson.Float(value));

    [Property(MaxTest = 500)]
    public void Floats_read_back_the_same(ulong bits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);
        if (double.IsFinite(value))
        {
            Assert.Equal(value, double.Parse(PythonJson.Float(value)));
        }
    }

    [Theory]
    [InlineData("""[]""", "is not a JSON object")]
    [InlineData("""{"r":8}""", "member 'peft_type': is missing; it must be 'LORA'")]
    [InlineData("""{"peft_type":"IA3"}""", "member 'peft_type': must be 'LORA', but is 'IA3'")]
    [InlineData("""{"peft_type":"LORA","r":0}""", "member 'r': must be an integer in [1, 1048576], but is 0")]
    [InlineData("""{"peft_type":"LORA","r":8.5}""", "member 'r': must be an integer")]
    [InlineData("""{"peft_type":"LORA","r":"8"}""", "member 'r': must be an integer")]
    [InlineData("""{"peft_type":"LORA","lora_alpha":0}""", "member 'lora_alpha': must be a finite number above 0, but is 0")]
    [InlineData("""{"peft_type":"LORA","lora_alpha":1e999}""", "member 'lora_alpha': must be a finite number above 0, but is 1e999")]
    [InlineData("""{"peft_type":"LORA","lora_alpha":NaN}""", "is not valid JSON")]
    [InlineData("""{"peft_type":"LORA","lora_dropout":1}""", "member 'lora_dropout': must be a number in [0, 1), but is 1")]
    [InlineData("""{"peft_type":"LORA","use_rslora":1}""", "member 'use_rslora': must be true or false, but is 1")]
    [InlineData("""{"peft_type":"LORA","bias":"some"}""", "member 'bias': must be 'none', 'all' or 'lora_only'")]
    [InlineData("""{"peft_type":"LORA","init_lora_weights":3}""", "member 'init_lora_weights': must be true, false or a name, but is 3")]
    [InlineData("""{"peft_type":"LORA","target_modules":[1]}""", "member 'target_modules': must be a text, a list of texts or null")]
    [InlineData("""{"peft_type":"LORA","target_modules":"(a"}""", "member 'target_modules': '(a' is not a regular expression")]
    [InlineData("""{"peft_type":"LORA","rank_pattern":{"a":0}}""", "member 'rank_pattern': must be an integer in [1, 1048576] for 'a', but is 0")]
    [InlineData("""{"peft_type":"LORA","rank_pattern":{"(a":1}}""", "member 'rank_pattern': '(a' is not a regular expression")]
    [InlineData("""{"peft_type":"LORA","rank_pattern":[]}""", "member 'rank_pattern': must be an object or null")]
    [InlineData("""{"peft_type":"LORA","alpha_pattern":{"a":-1}}""", "member 'alpha_pattern': must be a finite number above 0 for 'a', but is -1")]
    [InlineData("""{"peft_type":"LORA","layers_to_transform":"1"}""", "member 'layers_to_transform': must be an integer, a list of integers or null")]
    [InlineData("""{"peft_type":"LORA","r":8,"r":8}""", "is not valid JSON")]
    [InlineData("""{"peft_type":"LORA","x":"\ud800"}""", "is not valid JSON")]
    [InlineData("""{"peft_type":"LORA"} x""", "is not valid JSON")]
    public void A_wrong_configuration_is_refused(string json, string expected)
    {
        FileFormatException failure = Assert.Throws<FileFormatException>(() => Parse(json));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("c.json", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void A_wrong_member_cannot_be_set()
    {
        PeftConfiguration configuration = new();
        Assert.Throws<FileFormatException>(() => configuration with { Rank = 0 });
        Assert.Throws<FileFormatException>(() => configuration with { Alpha = double.NaN });
        Assert.Throws<FileFormatException>(() => configuration with { Dropout = 1 });
        Assert.Throws<FileFormatException>(() => configuration with { TargetPattern = "(" });
        Assert.Throws<FileFormatException>(() => configuration with { RankPattern = [KeyValuePair.Create("a", 0)] });
    }

    [Theory]
    [InlineData("""["c_attn"]""", "transformer.h.0.attn.c_attn", true)]
    [InlineData("""["c_attn"]""", "c_attn", true)]
    [InlineData("""["c_attn"]""", "transformer.h.0.attn.xc_attn", false)]
    [InlineData("""["c_attn"]""", "transformer.h.0.attn.c_attn.x", false)]
    [InlineData("""["attn.c_attn"]""", "transformer.h.0.attn.c_attn", true)]
    [InlineData("[\".*attn\"]", "transformer.h.0.attn.c_attn", false)]
    [InlineData("\"c_attn\"", "transformer.h.0.attn.c_attn", false)]
    [InlineData("\".*\\\\.c_attn\"", "transformer.h.0.attn.c_attn", true)]
    [InlineData("\"a|b\"", "b", true)]
    [InlineData("\"a|b\"", "bb", false)]
    [InlineData("\"all-linear\"", "anything", true)]
    [InlineData("null", "anything", false)]
    public void Targets_are_PEFTs(string targets, string path, bool expected)
        => Assert.Equal(expected, Parse($$"""{"peft_type":"LORA","target_modules":{{targets}}}""").Targets(path));

    [Theory]
    [InlineData("""[0]""", "null", "model.layers.0.q", true)]
    [InlineData("""[0]""", "null", "model.layers.1.q", false)]
    [InlineData("""1""", "null", "model.layers.1.q", true)]
    [InlineData("""[1]""", "\"layers\"", "model.layers.1.experts.0.q", true)]
    [InlineData("""[0]""", "null", "model.layers.1.experts.0.q", false)]
    [InlineData("""[0]""", "\"h\"", "model.layers.0.q", false)]
    [InlineData("""[0]""", "null", "q", true)]
    [InlineData("""[0]""", "null", "model.q", false)]
    [InlineData("""[]""", "null", "model.layers.7.q", true)]
    public void Layers_to_transform_are_PEFTs(string layers, string pattern, string path, bool expected)
        => Assert.Equal(
            expected,
            Parse($$"""{"peft_type":"LORA","target_modules":["q"],"layers_to_transform":{{layers}},"layers_pattern":{{pattern}}}""").Targets(path));

    [Fact]
    public void Excluded_and_saved_modules_are_not_targets()
    {
        PeftConfiguration configuration = Parse("""{"peft_type":"LORA","target_modules":["q"],"exclude_modules":["h.1.q"],"modules_to_save":["head"]}""");
        Assert.True(configuration.Targets("h.0.q"));
        Assert.False(configuration.Targets("h.1.q"));
        Assert.False(configuration.Targets("head.0.q"));
        Assert.False(configuration.Targets("x.head.q"));
        Assert.True(configuration.Targets("xhead.q"));
        Assert.Equal(["modules_to_save: modules trained and saved whole"], configuration.Extensions);
    }

    [Fact]
    public void Ranks_and_alphas_are_those_of_the_first_pattern_that_matches_an_end_of_the_path()
    {
        PeftConfiguration configuration = Parse("""
            {"peft_type":"LORA","r":8,"lora_alpha":16,
             "rank_pattern":{"h.1.q":2,"q":4,"^h.3.k":5,"v|w":6},"alpha_pattern":{"k$":3,"h\\.\\d\\.q":1}}
            """);
        Assert.Equal((2, 1.0, 0.5), Of("model.h.1.q"));
        Assert.Equal((4, 1.0, 0.25), Of("h.2.q"));
        Assert.Equal((4, 16.0, 4.0), Of("q"));
        Assert.Equal((5, 3.0, 0.6), Of("h.3.k"));
        Assert.Equal((8, 3.0, 0.375), Of("model.h.3.k"));
        Assert.Equal((6, 16.0, 16.0 / 6), Of("a.w"));
        Assert.Equal((8, 16.0, 2.0), Of("a.xw"));
        Assert.Equal(16 / Math.Sqrt(8), (configuration with { UseRankStabilizedScaling = true }).ScalingOf("x"));
        (int, double, double) Of(string path) => (configuration.RankOf(path), configuration.AlphaOf(path), configuration.ScalingOf(path));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_pattern_that_takes_for_ever_is_refused()
    {
        PeftConfiguration configuration = Parse("""{"peft_type":"LORA","target_modules":"(a+)+b"}""");
        FileFormatException failure = Assert.Throws<FileFormatException>(() => configuration.Targets(new string('a', 60)));
        Assert.Contains("member 'target_modules': takes too long", failure.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    public void A_damaged_configuration_is_read_or_refused_in_one_line(int seed)
    {
        Random random = new(seed);
        byte[] json = Encoding.ASCII.GetBytes(AsPeftWritesIt);
        for (int k = random.Next(1, 4); k > 0; k--)
        {
            int place = random.Next(json.Length - 1);
            int end = random.Next(place, Math.Min(json.Length, place + 20));
            json = random.Next(3) switch
            {
                0 => [.. json[..place], (byte)random.Next(256), .. json[(place + 1)..]],
                1 => [.. json[..place], .. json[end..]],
                _ => [.. json[..end], .. json[place..]],
            };
        }

        try
        {
            // What is accepted is written such that it reads the same.
            PeftConfiguration configuration = PeftConfiguration.Parse(json, "c.json");
            Assert.Equal(configuration, Parse(configuration.ToJson()));
            configuration.ScalingOf("h.1.attn.c_proj");
            configuration.Targets("h.1.attn.c_proj");
        }
        catch (FileFormatException failure)
        {
            Assert.StartsWith("c.json", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', failure.Message);
        }
    }

    private static PeftConfiguration Parse(string json) => PeftConfiguration.Parse(Encoding.UTF8.GetBytes(json), "c.json");
}
