using System.Text.Json;
using LoraPrivacy.Oracle.Assessment;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Oracle.Output;
using LoraPrivacy.Oracle.Tables;

namespace LoraPrivacy.Oracle.Audit;

/// <summary>
/// What a trainer says in <c>training.json</c> beside the adapter. Every member is optional, and none can be verified from the weights.
/// </summary>
/// <param name="Facts">What is said, by name.</param>
internal sealed record TrainingClaim(IReadOnlyList<Fact> Facts)
{
    /// <summary>The name of the file in an adapter's folder.</summary>
    public const string FileName = "training.json";

    private const int LargestFile = 1 << 20;

    private static readonly (string Name, string Label, JsonValueKind Kind)[] Known =
    [
        ("initialization", "A initialised as", JsonValueKind.String),
        ("mechanism", "mechanism", JsonValueKind.String),
        ("noiseMultiplier", "noise multiplier σ", JsonValueKind.Number),
        ("clippingNorm", "clipping norm C", JsonValueKind.Number),
        ("samplingRate", "sampling rate q", JsonValueKind.Number),
        ("steps", "steps T", JsonValueKind.Number),
        ("neighbouringRelation", "neighbouring relation", JsonValueKind.String),
        ("secretSeed", "seed kept secret", JsonValueKind.True),
        ("frozenA", "A frozen", JsonValueKind.True),
        ("epsilon", "ε", JsonValueKind.Number),
        ("delta", "δ", JsonValueKind.Number),
    ];

    /// <summary>Whether A is said to have been frozen; null where nothing is said, as for all that follows.</summary>
    public bool? FrozenA { get; private init; }

    /// <summary>Whether the seed of sampling and noise is said to be secret.</summary>
    public bool? HasSecretSeed { get; private init; }

    /// <summary>The noise multiplier σ of DP-SGD.</summary>
    public double? NoiseMultiplier { get; private init; }

    /// <summary>The rate q of Poisson sampling.</summary>
    public double? SamplingRate { get; private init; }

    /// <summary>The number of steps T.</summary>
    public long? Steps { get; private init; }

    /// <summary>The δ of the claim.</summary>
    public double? Delta { get; private init; }

    /// <summary>The neighbouring relation.</summary>
    public string? Relation { get; private init; }

    /// <summary>Reads the claim, or returns null where there is none.</summary>
    public static TrainingClaim? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > LargestFile)
        {
            throw new InputException($"{path}: has {new FileInfo(path).Length} bytes; at most {LargestFile} are read");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
            return Of(document.RootElement, path);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new InputException($"{path}: is not valid JSON: {failure.Message}", failure);
        }
    }

    private static TrainingClaim Of(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InputException($"{path}: is not a JSON object");
        }

        List<Fact> facts = [];
        foreach ((string name, string label, JsonValueKind kind) in Known)
        {
            if (root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
            {
                facts.Add(new(name, label, CellOf(value, kind, $"{path}, member '{name}'")));
            }
        }

        JsonElement? Value(string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
        if (Value("steps") is { } steps && !steps.TryGetInt64(out _))
        {
            throw new InputException($"{path}, member 'steps': must be an integer, but is {steps.GetRawText()}");
        }

        return new(facts)
        {
            FrozenA = Value("frozenA")?.GetBoolean(),
            HasSecretSeed = Value("secretSeed")?.GetBoolean(),
            NoiseMultiplier = Value("noiseMultiplier")?.GetDouble(),
            SamplingRate = Value("samplingRate")?.GetDouble(),
            Steps = Value("steps")?.GetInt64(),
            Delta = Value("delta")?.GetDouble(),
            Relation = Value("neighbouringRelation")?.GetString(),
        };
    }

    private static Cell CellOf(JsonElement value, JsonValueKind kind, string place) => kind switch
    {
        JsonValueKind.Number when value.ValueKind == kind && value.TryGetDouble(out double number) && number >= 0 && double.IsFinite(number) => Cell.Parameter(number),
        JsonValueKind.Number => throw new InputException($"{place}: must be a finite number of at least 0, but is {value.GetRawText()}"),
        JsonValueKind.True when value.ValueKind is JsonValueKind.True or JsonValueKind.False => new(value.GetBoolean() ? "yes" : "no"),
        JsonValueKind.True => throw new InputException($"{place}: must be true or false, but is {value.GetRawText()}"),
        _ => value.ValueKind == JsonValueKind.String ? new(OneLine.Of(value.GetString()!)) : throw new InputException($"{place}: must be a text, but is {value.GetRawText()}"),
    };
}
