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
/// <param name="FrozenA">Whether A is said to have been frozen; null where nothing is said.</param>
/// <param name="NoiseMultiplier">The noise multiplier of DP-SGD; null where nothing is said.</param>
internal sealed record TrainingClaim(IReadOnlyList<Fact> Facts, bool? FrozenA, double? NoiseMultiplier)
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

        return new(
            facts,
            root.TryGetProperty("frozenA", out JsonElement frozen) && frozen.ValueKind != JsonValueKind.Null ? frozen.GetBoolean() : null,
            root.TryGetProperty("noiseMultiplier", out JsonElement noise) && noise.ValueKind != JsonValueKind.Null ? noise.GetDouble() : null);
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
