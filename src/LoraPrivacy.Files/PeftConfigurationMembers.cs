using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace LoraPrivacy.Files;

/// <content>How the members are read from and put into JSON.</content>
public sealed partial record PeftConfiguration
{
    /// <summary>The members that PEFT 0.20.0 writes for a default LoraConfig saved with save_pretrained.</summary>
    private const string Defaults = """
        {
          "alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null, "auto_mapping": null,
          "base_model_name_or_path": null, "bias": "none", "corda_config": null, "ensure_weight_tying": false, "eva_config": null,
          "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true, "init_lora_weights": true,
          "layer_replication": null, "layers_pattern": null, "layers_to_transform": null, "loftq_config": {}, "lora_alpha": 8,
          "lora_bias": false, "lora_dropout": 0.0, "lora_ga_config": null, "megatron_config": null,
          "megatron_core": "megatron.core", "modules_to_save": null, "monteclora_config": null, "peft_type": "LORA",
          "peft_version": "0.20.0", "qalora_group_size": 16, "r": 8, "rank_pattern": {}, "revision": null, "target_modules": null,
          "target_parameters": null, "task_type": null, "trainable_token_indices": null, "use_bdlora": null, "use_dora": false,
          "use_qalora": false, "use_rslora": false, "velora_config": null
        }
        """;

    // What FindExtensions names and PEFT 0.20.0 does not write.
    private static readonly FrozenSet<string> KnownNames = [.. DefaultMembers().Keys, "kasa_config"];

    /// <summary>The members that are active and that nothing is known of, so that nothing can be certified which they could change.</summary>
    public IEnumerable<string> ActiveUnknown
        => members.Keys.Where(name => !KnownNames.Contains(name) && IsPresent(name)).Order(StringComparer.Ordinal);

    private static ImmutableDictionary<string, JsonElement> DefaultMembers()
        => JsonElement.Parse(Defaults).EnumerateObject().ToImmutableDictionary(member => member.Name, member => member.Value);

    private static JsonElement Element(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static JsonElement Element(bool value) => Element(writer => writer.WriteBooleanValue(value));

    private static JsonElement Element(string? value) => Element(writer => writer.WriteStringValue(value));

    private static JsonElement Element(IEnumerable<string> values) => Element(writer =>
    {
        writer.WriteStartArray();
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    });

    private static JsonElement Element(IEnumerable<KeyValuePair<string, double>> values) => Element(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, double value) in values)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(NumberText(value, asFloat: false));
        }

        writer.WriteEndObject();
    });

    /// <summary>A number as Python has it: α and ranks as integers where they are whole, others as floats; what is not finite as a text, to be refused.</summary>
    private static string NumberText(double value, bool asFloat)
        => !double.IsFinite(value) ? $"\"{value}\""
            : !asFloat && double.IsInteger(value) && Math.Abs(value) < 1e15 ? ((long)value).ToString() : PythonJson.Float(value);

    /// <summary>Sets a member and checks it by reading it. One that already has this value keeps its text.</summary>
    private void Set<T>(string name, JsonElement element, Func<PeftConfiguration, T> read)
    {
        if (!members.TryGetValue(name, out JsonElement present) || !JsonElement.DeepEquals(present, element))
        {
            members = members.SetItem(name, element);
            rules = new(() => new ModuleRules(this));
        }

        read(this);
    }

    private void SetNumber(string name, double value, bool asFloat, Func<PeftConfiguration, double> read)
        => Set(name, JsonElement.Parse(NumberText(value, asFloat)), read);

    private JsonElement? Member(string name)
        => members.TryGetValue(name, out JsonElement element) && element.ValueKind != JsonValueKind.Null ? element : null;

    private bool Boolean(string name) => Member(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } element => element.GetBoolean(),
        { } element => throw Wrong(name, "true or false", element),
    };

    private int Integer(string name, int otherwise, int least, int most) => Member(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } element when element.TryGetInt32(out int value) && value >= least && value <= most => value,
        { } element => throw Wrong(name, $"an integer in [{least}, {most}]", element),
    };

    private double Number(string name, double otherwise, Predicate<double> isAllowed, string range) => Member(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } element when element.TryGetDouble(out double value) && isAllowed(value) => value,
        { } element => throw Wrong(name, range, element),
    };

    private double Positive(string name, double otherwise)
        => Number(name, otherwise, value => value > 0 && double.IsFinite(value), "a finite number above 0");

    private string? Text(string name, string? otherwise, Predicate<string> isAllowed, string range) => Member(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.String } element when isAllowed(element.GetString()!) => element.GetString(),
        { } element => throw Wrong(name, range, element),
    };

    /// <summary>A member that is a text or a list of texts: its list, or null.</summary>
    private string[]? Texts(string name) => Member(name) switch
    {
        null or { ValueKind: JsonValueKind.String } => null,
        { ValueKind: JsonValueKind.Array } element when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            => [.. element.EnumerateArray().Select(item => item.GetString()!)],
        { } element => throw Wrong(name, "a text, a list of texts or null", element),
    };

    /// <summary>A member that is a text or a list of texts: its text, or null.</summary>
    private string? OneText(string name) => Texts(name) is null && Member(name) is { } element ? element.GetString() : null;

    /// <summary>A member that is an integer or a list of them.</summary>
    private int[]? Integers(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } element when element.TryGetInt32(out int value) => [value],
        { ValueKind: JsonValueKind.Array } element when element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
            => [.. element.EnumerateArray().Select(item => item.GetInt32())],
        { } element => throw Wrong(name, "an integer, a list of integers or null", element),
    };

    private JsonProperty[] Pattern(string name, Predicate<JsonElement> isAllowed, string range)
    {
        if (Member(name) is not { } element)
        {
            return [];
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(name, "an object or null", element);
        }

        JsonProperty[] members = [.. element.EnumerateObject()];
        return Array.FindIndex(members, member => !isAllowed(member.Value)) is int i and >= 0
            ? throw Wrong(name, $"{range} for '{FileFormatException.Quote(members[i].Name)}'", members[i].Value)
            : members;
    }

    // PEFT's default is true, and a null that is written out is its false.
    private string InitializationOf(JsonElement? element) => element switch
    {
        null => members.ContainsKey("init_lora_weights") ? "false" : "true",
        { ValueKind: JsonValueKind.True } => "true",
        { ValueKind: JsonValueKind.False } => "false",
        { ValueKind: JsonValueKind.String } text when text.GetString() is { Length: > 0 } name => name.ToLowerInvariant(),
        { } other => throw Wrong("init_lora_weights", "true, false or a name", other),
    };

    private void Check()
    {
        if (Text("peft_type", string.Empty, _ => true, "a text") is not "LORA" and string type)
        {
            throw new FileFormatException(
                Source, FileFormatException.Member("peft_type"), type.Length == 0 ? "is missing; it must be 'LORA'" : $"must be 'LORA', but is '{FileFormatException.Quote(type)}'");
        }

        _ = (Rank, Alpha, Dropout, UseRankStabilizedScaling, FanInFanOut, Bias, Initialization, BaseModel, TaskType);
        _ = rules.Value;
        _ = (FindExtensions().Count(), Texts("target_parameters"));

        // Unknown members are read here too, so that a text which is not Unicode is found now.
        _ = ToJson();
    }

    private IEnumerable<string> FindExtensions()
    {
        (bool IsPresent, string Clause)[] extensions =
        [
            (Boolean("use_dora"), "use_dora: the magnitudes of DoRA"),
            (Boolean("lora_bias"), "lora_bias: biases of B"),
            (Bias != "none", $"bias = {Bias}: trained biases of the base model"),
            (Texts("modules_to_save") is { Length: > 0 }, "modules_to_save: modules trained and saved whole"),
            (IsPresent("trainable_token_indices"), "trainable_token_indices: trained rows of embeddings"),
            (IsPresent("layer_replication"), "layer_replication: repeated layers"),
            (IsPresent("alora_invocation_tokens"), "alora_invocation_tokens: activation by tokens"),
            (Boolean("use_qalora"), "use_qalora: pooled inputs"),
            (IsPresent("use_bdlora"), "use_bdlora: block-diagonal factors"),
            (IsPresent("arrow_config"), "arrow_config: routing between adapters"),
            (IsPresent("kasa_config"), "kasa_config: a diagonal between A and B"),
            (IsPresent("monteclora_config"), "monteclora_config: sampling on top of the adapter"),
            (IsPresent("velora_config"), "velora_config: compressed activations in the backward pass"),
            (IsPresent("megatron_config"), "megatron_config: layers of Megatron"),
        ];
        return extensions.Where(extension => extension.IsPresent).Select(extension => extension.Clause)
            .Concat(ActiveUnknown.Select(name => $"{FileFormatException.Quote(name)}: an unknown setting that is active, which may change what A and B are"));
    }

    /// <summary>Whether a member is there and not null, false or empty.</summary>
    private bool IsPresent(string name) => Member(name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Array } element => element.GetArrayLength() > 0,
        { ValueKind: JsonValueKind.Object } element => element.EnumerateObject().Any(),
        _ => true,
    };

    private FileFormatException Wrong(string name, string range, JsonElement value)
        => new(Source, FileFormatException.Member(name), $"must be {range}, but is {FileFormatException.Quote(value.GetRawText())}");
}
