namespace LoraPrivacy.Oracle.Audit;

/// <summary>
/// What a trainer says in <c>training.json</c> beside the adapter. Every member is optional, and none can be verified from the weights.
/// </summary>
internal sealed record TrainingClaim(IReadOnlyList<Fact> Facts)
{
    /// <summary>The name of the file in an adapter's folder.</summary>
    public const string FileName = "training.json";

    private const int LargestFile = 1 << 20;

    /// <summary>The laws of the production path that PEFT has no name for; parameters follow in brackets.</summary>
    private static readonly string[] LawsWithoutPeftName = ["unbiased-gaussian", "gaussian(", "rademacher(", "sparse(", "orthonormal("];

    private static readonly (string Name, string Label, JsonValueKind Kind)[] Known =
    [
        ("initialization", "A initialised as", JsonValueKind.String),
        ("mechanism", "mechanism", JsonValueKind.String),
        ("noiseMultiplier", "noise multiplier σ", JsonValueKind.Number),
        ("noiseSampler", "noise drawn as", JsonValueKind.String),
        ("clippingNorm", "clipping norm C", JsonValueKind.Number),
        ("samplingRate", "sampling rate q", JsonValueKind.Number),
        ("steps", "steps T", JsonValueKind.Number),
        ("neighbouringRelation", "neighbours", JsonValueKind.String),
        ("unit", "unit of privacy", JsonValueKind.String),
        ("secretSeed", "seed kept secret", JsonValueKind.True),
        ("frozenA", "A frozen", JsonValueKind.True),
        ("epsilon", "ε", JsonValueKind.Number),
        ("delta", "δ", JsonValueKind.Number),
    ];

    /// <summary>How A is said to have been drawn; null where nothing is said, as for all that follows.</summary>
    public string? Initialization { get; private init; }

    public string? Mechanism { get; private init; }

    /// <summary>The clipping norm C of DP-SGD.</summary>
    public double? ClippingNorm { get; private init; }

    /// <summary>Whether A is said to have been frozen.</summary>
    public bool? FrozenA { get; private init; }

    /// <summary>Whether the seed of sampling and noise is said to be secret.</summary>
    public bool? HasSecretSeed { get; private init; }

    /// <summary>The noise multiplier σ of DP-SGD.</summary>
    public double? NoiseMultiplier { get; private init; }

    /// <summary>Whether the noise is said to be discrete Gaussian (S30), whose bound is another.</summary>
    public bool HasDiscreteNoise { get; private init; }

    /// <summary>The rate q of Poisson sampling.</summary>
    public double? SamplingRate { get; private init; }

    /// <summary>The number of steps T.</summary>
    public long? Steps { get; private init; }

    /// <summary>The ε of the claim.</summary>
    public double? Epsilon { get; private init; }

    /// <summary>The δ of the claim.</summary>
    public double? Delta { get; private init; }

    /// <summary>When two data sets are neighbours.</summary>
    public string? Neighbours { get; private init; }

    /// <summary>Reads the claim, or returns null where there is none.</summary>
    public static TrainingClaim? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        return JsonProblem.Read(BoundedFile.ReadAll(path, LargestFile), path, depth: 16, root => Of(root, path));
    }

    /// <summary>Whether the mechanism is named, and not DP-SGD.</summary>
    public bool IsOtherMechanism => Mechanism is string name && !string.Concat(name.Where(char.IsAsciiLetter)).Equals("dpsgd", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether noise is claimed, by DP-SGD or by a mechanism without a name.</summary>
    public bool IsDpSgd => NoiseMultiplier > 0 && !IsOtherMechanism;

    /// <summary>Whether A is said to have been drawn otherwise than the configuration declares, which has names for PEFT's laws only.</summary>
    public bool IsOfOtherInitialization(DeclaredInitialization declared) => Initialization is string name && PeftNameOf(name) != declared.Name;

    /// <summary>What A is said to have been computed from.</summary>
    public InitializationSource SourceOf(DeclaredInitialization declared) => Initialization switch
    {
        null => declared.Source,
        _ when Array.Exists(LawsWithoutPeftName, Initialization.StartsWith) => InitializationSource.Chance,
        string name => DeclaredInitialization.Of(PeftNameOf(name)).Source,
    };

    private static string PeftNameOf(string name) => name switch
    {
        "kaiming-uniform" => "true",
        "peft-gaussian" => "gaussian",
        _ => name.ToLowerInvariant(),
    };

    private static TrainingClaim Of(JsonElement root, string path)
    {
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
            throw new InputException($"{path}, member 'steps': must be an integer, but is {FileFormatException.Quote(steps.GetRawText())}");
        }

        return new(facts)
        {
            Initialization = Value("initialization")?.GetString(),
            Mechanism = Value("mechanism")?.GetString(),
            ClippingNorm = Value("clippingNorm")?.GetDouble(),
            FrozenA = Value("frozenA")?.GetBoolean(),
            HasSecretSeed = Value("secretSeed")?.GetBoolean(),
            NoiseMultiplier = Value("noiseMultiplier")?.GetDouble(),
            HasDiscreteNoise = Value("noiseSampler")?.GetString() == "exact",
            SamplingRate = Value("samplingRate")?.GetDouble(),
            Steps = Value("steps")?.GetInt64(),
            Epsilon = Value("epsilon")?.GetDouble(),
            Delta = Value("delta")?.GetDouble(),
            Neighbours = Value("neighbouringRelation")?.GetString(),
        };
    }

    private static Cell CellOf(JsonElement value, JsonValueKind kind, string place) => kind switch
    {
        JsonValueKind.Number when value.ValueKind == kind && value.TryGetDouble(out double number) && number >= 0 && double.IsFinite(number) => Cell.Parameter(number),
        JsonValueKind.Number => throw new InputException($"{place}: must be a finite number of at least 0, but is {FileFormatException.Quote(value.GetRawText())}"),
        JsonValueKind.True when value.ValueKind is JsonValueKind.True or JsonValueKind.False => new(value.GetBoolean() ? "yes" : "no"),
        JsonValueKind.True => throw new InputException($"{place}: must be true or false, but is {FileFormatException.Quote(value.GetRawText())}"),
        _ => value.ValueKind == JsonValueKind.String ? new(OneLine.Of(value.GetString()!)) : throw new InputException($"{place}: must be a text, but is {FileFormatException.Quote(value.GetRawText())}"),
    };
}
