namespace LoraPrivacy.Production.Training;

/// <summary>What must be the same where a training goes on from a checkpoint, as texts by name.</summary>
internal static class TrainingIdentity
{
    /// <summary>The name of where the key of the randomness is from.</summary>
    public const string Randomness = "Randomness";

    /// <summary>What stands there for a key made from a seed.</summary>
    public const string Seeded = "a seed";

    /// <summary>The texts of a trainer, of which the digests take a pass over model and data.</summary>
    public static SortedDictionary<string, string> Of(Trainer trainer)
    {
        TrainingOptions options = trainer.Options;
        SortedDictionary<string, string> texts = new(StringComparer.Ordinal)
        {
            ["Steps"] = Text(options.Steps),
            ["BatchSize"] = Text(options.BatchSize),
            ["MicroBatchSize"] = Text(options.MicroBatchSize),
            ["Optimizer"] = Text(options.Optimizer),
            ["Schedule"] = Text(options.Schedule),
            ["MaxGradientNorm"] = Text(options.MaxGradientNorm),
            ["FreshA"] = Text(options.FreshA),
            ["Privacy"] = Text(options.Privacy),
            [Randomness] = trainer.Source.IsFromSeed ? Seeded : "a secret key",
            ["Precision"] = Text(trainer.Buffer.Gradient.dtype),
            ["Device"] = Text(trainer.Buffer.Gradient.device),
            ["Adapters"] = trainer.Adapters is null ? "none" : string.Join("; ", trainer.Adapters.Layers.Select(Describe)),
            ["data (SHA-256)"] = trainer.Problem.DataDigest(),
            ["frozen weights (SHA-256)"] = TensorDigest.Of(Frozen(trainer)),
        };
        return texts;
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "none";

    private static string Describe(LoraLinear layer)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{layer.Path} rank {layer.Rank} scale {layer.Scale:R} dropout {layer.Dropout:R} {layer.Initialization}{(layer.TrainsA ? " trained A" : "")}");

    // A checkpoint holds the adapters, and with fresh A the weights that they are merged into: these change.
    private static IEnumerable<(string, Tensor)> Frozen(Trainer trainer)
    {
        HashSet<object> changing = new(trainer.Buffer.Parameters, ReferenceEqualityComparer.Instance);
        foreach (LoraLinear layer in trainer.Adapters?.Layers ?? [])
        {
            changing.Add(layer.A);
            if (trainer.Options.FreshA)
            {
                changing.Add(layer.Weight);
            }
        }

        return trainer.Problem.Model.named_parameters()
            .Where(entry => !changing.Contains(entry.parameter))
            .Select(entry => (entry.name, (Tensor)entry.parameter));
    }
}
