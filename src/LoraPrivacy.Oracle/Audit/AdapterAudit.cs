namespace LoraPrivacy.Oracle.Audit;

/// <summary>Everything that audit says about one adapter's folder.</summary>
internal static class AdapterAudit
{
    /// <summary>The name of the fact that says what is refuted.</summary>
    public const string RefutationName = "refutation";

    // DoRA and biases have a tensor a layer.
    private const int ShownExtensions = 4;

    /// <summary>Reads a folder and reports on it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellation">Stops the work between layers.</param>
    public static Report Of(string folder, CancellationToken cancellation)
    {
        TrainingClaim? claim = TrainingClaim.Read(folder);
        using PeftAdapter adapter = PeftAdapter.Open(folder);
        DeclaredInitialization initialization = DeclaredInitialization.Of(adapter.Configuration);
        List<LayerAudit> layers = [];
        foreach (PeftLayer layer in adapter.Layers)
        {
            cancellation.ThrowIfCancellationRequested();
            layers.AddRange(LayerAudit.Of(layer, initialization));
        }

        LayerGroup[] groups = LayerGroup.Of(layers);
        List<Table> sections = [PublicationSection.Build(groups, initialization, claim)];
        ClaimedEpsilon? epsilon = claim is { Facts.Count: > 0 } ? ClaimedEpsilon.Of(claim) : null;
        if (claim is { Facts.Count: > 0 })
        {
            sections.Add(ClaimSection.Build(claim, epsilon!, initialization, IsContradicted(claim, initialization, layers)));
        }

        sections.AddRange([LayerSection.Build(groups), WeightSection.Build(groups, initialization), InitializationSection.Build(groups, initialization)]);
        string? refutation = epsilon?.Contradiction;
        return new(Facts(folder, adapter, initialization, claim, refutation), sections, [.. Scope(adapter, initialization, layers, claim)]);
    }

    /// <summary>Whether A is said to have been frozen but is not as it is said to have been drawn.</summary>
    private static bool IsContradicted(TrainingClaim? claim, DeclaredInitialization initialization, List<LayerAudit> layers)
        => claim?.FrozenA == true && !claim.IsOfOtherInitialization(initialization) && layers.Exists(layer => layer.Check is { IsConsistent: false });

    private static Fact[] Facts(string folder, PeftAdapter adapter, DeclaredInitialization initialization, TrainingClaim? claim, string? refutation)
        =>
        [
            .. refutation is null ? [] : new Fact[] { new(RefutationName, "CLAIM REFUTED", new(refutation)) },
            new("verdict", "verdict", new(refutation is null ? VerdictCatalogue.NotCertified : VerdictCatalogue.Refuted)),
            new("because", "because", new((claim?.IsDpSgd == true ? VerdictCatalogue.IfClaimed : string.Empty) + PublicationSection.OfFolder(claim).Why)),
            new("needed", "needed", new(PublicationSection.OfFolder(claim).Needed)),
            new("source", "adapter", new(folder)),
            new("baseModel", "base model", new(OneLine.Of(adapter.Configuration.BaseModel ?? "not recorded"))),
            new("initialization", "init_lora_weights", new(OneLine.Of(initialization.Name))),
            new("initializedFrom", "A declared to be from", new(initialization.Source switch
            {
                InitializationSource.Chance => "chance alone",
                InitializationSource.BaseWeights => "the base model's weights",
                InitializationSource.Data => "the training data",
                _ => "unknown",
            })),
            new("layerCount", "adapted layers", Cell.Of(adapter.Layers.Count)),
            new("parameters", "numbers in A and B", Cell.Of(adapter.Layers.Sum(layer => layer.A.Count + layer.B.Count))),
        ];

    private static IEnumerable<string> Scope(
        PeftAdapter adapter, DeclaredInitialization initialization, List<LayerAudit> layers, TrainingClaim? claim)
    {
        yield return $"Initialisation: {initialization.Description}";
        yield return initialization.Source switch
        {
            InitializationSource.Chance => "If that is true, A is drawn without a look at the data. It holds at initialisation only: PEFT trains A unless it is told otherwise.",
            InitializationSource.BaseWeights => "A is no random matrix: S2–S18, which need A random and independent of the data, do not apply. (The base model is taken to be independent of the data.)",
            InitializationSource.Data => "A depends on the data, which voids every statement that needs A independent of it; and A itself publishes something about the data, before any training.",
            _ => "Whether A depends on the data is unknown.",
        };
        int inconsistent = layers.Count(layer => layer.Check is { IsConsistent: false });
        if (inconsistent > 0)
        {
            yield return $"A is not as initialised in {inconsistent} of {layers.Count} layers: it was trained, or initialised otherwise than declared. S1's identity needs A frozen."
                + (IsContradicted(claim, initialization, layers) ? $" The claim in {TrainingClaim.FileName} that A was frozen contradicts the weights." : string.Empty);
        }
        else if (initialization.Law != FactorLaw.None)
        {
            yield return "A may be as initialised. That does not prove that it was frozen: small changes do not show. PEFT saves neither the seed nor whether A was trained.";
        }

        if (claim is not null && claim.IsOfOtherInitialization(initialization))
        {
            yield return $"{TrainingClaim.FileName} claims another initialisation, '{OneLine.Of(claim.Initialization!)}', than init_lora_weights declares. A was held against the declared one only.";
        }

        if (layers.Count(layer => !layer.IsFinite) is int broken and > 0)
        {
            yield return $"{broken} of {layers.Count} layers hold numbers that are not finite, and were not examined.";
        }

        if (adapter.Configuration.Dropout is double dropout and > 0)
        {
            yield return $"Trained with dropout {Digits.Shortest(dropout)} on A's input: its mask makes the gradient another one than S1's, and no statement about the sketch covers it. S19's does not depend on it.";
        }

        if (layers.Count(layer => layer.LooksLikeShard) is int shards and > 0)
        {
            yield return $"In {shards} of {layers.Count} layers the last half of B's rows or more is exactly 0 and the first is not: B may be one shard of several, of which the others were not saved (FSDP).";
        }

        foreach (string remark in adapter.Remarks)
        {
            yield return $"{OneLine.Of(remark)}.";
        }

        foreach (string extension in adapter.Unsupported.Take(ShownExtensions))
        {
            yield return $"Beyond plain LoRA, and covered by no statement: {OneLine.Of(extension)}.";
        }

        if (adapter.Unsupported.Count > ShownExtensions)
        {
            yield return $"Beyond plain LoRA there are {adapter.Unsupported.Count - ShownExtensions} more tensors or settings.";
        }
    }
}
