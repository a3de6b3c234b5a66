using System.Collections.Immutable;

namespace LoraPrivacy.Files;

/// <summary>
/// PEFT's <c>adapter_config.json</c> of a LoRA adapter. What PEFT wrote is written again byte for byte, unknown members included; a
/// new one has the members and defaults of PEFT 0.20.0.
/// </summary>
/// <remarks>
/// Instances are immutable; <c>with</c> changes members, each checked as it is set. PEFT records neither the random seed nor whether A was
/// trained: no configuration says either.
/// </remarks>
public sealed partial record PeftConfiguration
{
    /// <summary>The name of the file in an adapter's folder.</summary>
    public const string FileName = "adapter_config.json";

    /// <summary>The <see cref="TargetModules"/> that means every linear module but the output layer.</summary>
    public const string AllLinear = "all-linear";

    private const int LargestFile = 1 << 20;
    private const int LargestRank = 1 << 20;
    private const int Depth = 32;

    private ImmutableDictionary<string, JsonElement> members;
    private Lazy<ModuleRules> rules;

    /// <summary>PEFT's defaults, as saved for inference: rank 8, α = 8, Kaiming-uniform A, no target modules yet.</summary>
    public PeftConfiguration()
        : this(DefaultMembers(), FileName)
    {
    }

    private PeftConfiguration(ImmutableDictionary<string, JsonElement> members, string source)
    {
        this.members = members;
        Source = source;
        rules = new(() => new ModuleRules(this));
    }

    private PeftConfiguration(PeftConfiguration original)
    {
        members = original.members;
        Source = original.Source;
        rules = new(() => new ModuleRules(this));
    }

    /// <summary>The file it was read from, for messages.</summary>
    public string Source { get; private init; }

    /// <summary>The rank r of layers that <see cref="RankPattern"/> does not name, in [1, 1048576].</summary>
    /// <exception cref="FileFormatException">A value outside the range is set.</exception>
    public int Rank
    {
        get => Integer("r", 8, 1, LargestRank);
        init => Set("r", Element(writer => writer.WriteNumberValue(value)), configuration => configuration.Rank);
    }

    /// <summary>α of layers that <see cref="AlphaPattern"/> does not name, positive and finite.</summary>
    /// <exception cref="FileFormatException">A value outside the range is set.</exception>
    public double Alpha
    {
        get => Positive("lora_alpha", 8);
        init => SetNumber("lora_alpha", value, asFloat: false, configuration => configuration.Alpha);
    }

    /// <summary>The probability with which an input coordinate is dropped in training, in [0, 1).</summary>
    /// <exception cref="FileFormatException">A value outside the range is set.</exception>
    public double Dropout
    {
        get => Number("lora_dropout", 0, value => value is >= 0 and < 1, "a number in [0, 1)");
        init => SetNumber("lora_dropout", value, asFloat: true, configuration => configuration.Dropout);
    }

    /// <summary>Whether the scale is α/√r instead of α/r (rank-stabilised LoRA).</summary>
    public bool UseRankStabilizedScaling
    {
        get => Boolean("use_rslora");
        init => Set("use_rslora", Element(value), configuration => configuration.UseRankStabilizedScaling);
    }

    /// <summary>Whether the base weights are stored inputs × outputs, as GPT-2's are.</summary>
    public bool FanInFanOut
    {
        get => Boolean("fan_in_fan_out");
        init => Set("fan_in_fan_out", Element(value), configuration => configuration.FanInFanOut);
    }

    /// <summary>Which biases were trained: <c>none</c>, <c>all</c> or <c>lora_only</c>.</summary>
    /// <exception cref="FileFormatException">Another value is set.</exception>
    public string Bias
    {
        get => Text("bias", "none", value => value is "none" or "all" or "lora_only", "'none', 'all' or 'lora_only'")!;
        init => Set("bias", Element(value), configuration => configuration.Bias);
    }

    /// <summary>
    /// How A and B were drawn: <c>true</c> (Kaiming-uniform A, B = 0), <c>false</c> or null (both random), or a name such as <c>gaussian</c> or
    /// <c>pissa</c>.
    /// </summary>
    /// <exception cref="FileFormatException">An empty name is set.</exception>
    public string Initialization
    {
        get => InitializationOf(Member("init_lora_weights"));
        init => Set("init_lora_weights", value is "true" or "false" ? Element(value == "true") : Element(value), configuration => configuration.Initialization);
    }

    /// <summary>The modules that are adapted: names or ends of paths; null where <see cref="TargetPattern"/> says it, or nothing does.</summary>
    public IReadOnlyList<string>? TargetModules
    {
        get => Texts("target_modules");
        init => Set("target_modules", value is null ? Element(null as string) : Element(value), configuration => configuration.TargetModules);
    }

    /// <summary>The modules that are adapted, as one regular expression over whole paths, or <see cref="AllLinear"/>.</summary>
    /// <exception cref="FileFormatException">A text that is no regular expression is set.</exception>
    public string? TargetPattern
    {
        get => OneText("target_modules");
        init => Set("target_modules", Element(value), configuration => configuration.rules.Value);
    }

    /// <summary>Ranks of layers that differ from <see cref="Rank"/>, by regular expression; the first that matches counts.</summary>
    /// <exception cref="FileFormatException">A rank outside [1, 1048576] or no regular expression is set.</exception>
    public IReadOnlyList<KeyValuePair<string, int>> RankPattern
    {
        get => [.. Pattern("rank_pattern", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int rank) && rank is >= 1 and <= LargestRank, $"an integer in [1, {LargestRank}]")
            .Select(member => KeyValuePair.Create(member.Name, member.Value.GetInt32()))];
        init => Set("rank_pattern", Element(value.Select(pair => KeyValuePair.Create(pair.Key, (double)pair.Value))), configuration => configuration.rules.Value);
    }

    /// <summary>Values of α of layers that differ from <see cref="Alpha"/>, by regular expression; the first that matches counts.</summary>
    /// <exception cref="FileFormatException">A value that is not positive and finite, or no regular expression, is set.</exception>
    public IReadOnlyList<KeyValuePair<string, double>> AlphaPattern
    {
        get => [.. Pattern("alpha_pattern", value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double alpha) && alpha > 0 && double.IsFinite(alpha), "a finite number above 0")
            .Select(member => KeyValuePair.Create(member.Name, member.Value.GetDouble()))];
        init => Set("alpha_pattern", Element(value), configuration => configuration.rules.Value);
    }

    /// <summary>The model that was adapted; null where it is not recorded.</summary>
    public string? BaseModel
    {
        get => Text("base_model_name_or_path", null, _ => true, "a text or null");
        init => Set("base_model_name_or_path", Element(value), configuration => configuration.BaseModel);
    }

    /// <summary>PEFT's name for the task, for example <c>CAUSAL_LM</c>; null where it is not recorded.</summary>
    public string? TaskType
    {
        get => Text("task_type", null, _ => true, "a text or null");
        init => Set("task_type", Element(value), configuration => configuration.TaskType);
    }

    /// <summary>What the adapter has beyond plain LoRA on linear modules, one clause each; empty for a plain one.</summary>
    public IReadOnlyList<string> Extensions => [.. FindExtensions()];

    /// <summary>Reads a configuration.</summary>
    /// <param name="path">The path of the file, at most 1 MiB.</param>
    /// <returns>The configuration, checked as a whole.</returns>
    /// <exception cref="FileFormatException">It is not the configuration of a LoRA adapter, does not exist or cannot be read.</exception>
    public static PeftConfiguration Load(string path) => Parse(BoundedFile.ReadAll(path, LargestFile), path);

    /// <summary>Reads a configuration from its text.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <returns>The configuration, checked as a whole.</returns>
    /// <exception cref="FileFormatException">It is not the configuration of a LoRA adapter.</exception>
    public static PeftConfiguration Parse(ReadOnlyMemory<byte> json, string source) => JsonProblem.Read(json, source, Depth, root =>
    {
        PeftConfiguration configuration = new(root.Clone().EnumerateObject().ToImmutableDictionary(member => member.Name, member => member.Value), source);
        configuration.Check();
        return configuration;
    });

    /// <summary>The text as PEFT writes it: members sorted, two blanks of indentation, everything beyond ASCII escaped.</summary>
    /// <returns>The text, without a line feed at the end.</returns>
    public string ToJson() => PythonJson.Write(members);

    /// <summary>The configuration that a reader of the written file has: its patterns are sorted.</summary>
    internal PeftConfiguration AsRead() => Parse(Encoding.ASCII.GetBytes(ToJson()), Source);

    /// <summary>Whether a module is adapted, by PEFT's rules for target_modules, exclude_modules, modules_to_save and layers_to_transform.</summary>
    /// <param name="path">The module's path, for example <c>transformer.h.0.attn.c_attn</c>.</param>
    /// <returns>Whether it is named; under <see cref="AllLinear"/> any path that is not excluded is, if the module is linear.</returns>
    /// <exception cref="FileFormatException">A pattern takes too long on this path.</exception>
    public bool Targets(string path) => rules.Value.Targets(path);

    /// <summary>Whether a parameter of a module is adapted, by target_parameters; several of one module nest as its base_layer.</summary>
    /// <param name="path">The module's path, for example <c>model.layers.0.mlp.experts.base_layer</c>.</param>
    /// <returns>Whether one is.</returns>
    public bool TargetsParameterOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        const string nested = ".base_layer";
        while (path.EndsWith(nested, StringComparison.Ordinal))
        {
            path = path[..^nested.Length];
        }

        return ModulePattern.NamesEnd((Texts("target_parameters") ?? []).Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name[..name.LastIndexOf('.')]), path);
    }

    /// <summary>The rank of a layer.</summary>
    /// <param name="path">The module's path.</param>
    /// <returns>r, from <see cref="RankPattern"/> or <see cref="Rank"/>.</returns>
    /// <exception cref="FileFormatException">A pattern takes too long on this path.</exception>
    public int RankOf(string path) => rules.Value.RankOf(path);

    /// <summary>α of a layer.</summary>
    /// <param name="path">The module's path.</param>
    /// <returns>α, from <see cref="AlphaPattern"/> or <see cref="Alpha"/>.</returns>
    /// <exception cref="FileFormatException">A pattern takes too long on this path.</exception>
    public double AlphaOf(string path) => rules.Value.AlphaOf(path);

    /// <summary>The scale of a layer, W = W₀ + s·B·A.</summary>
    /// <param name="path">The module's path.</param>
    /// <returns>s = α/r, or α/√r with <see cref="UseRankStabilizedScaling"/>.</returns>
    /// <exception cref="FileFormatException">A pattern takes too long on this path.</exception>
    public double ScalingOf(string path)
        => AlphaOf(path) / (UseRankStabilizedScaling ? Math.Sqrt(RankOf(path)) : RankOf(path));

    /// <summary>Whether the other writes the same file.</summary>
    /// <param name="other">Another configuration, or null.</param>
    /// <returns>Whether it does.</returns>
    public bool Equals(PeftConfiguration? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);
}
