namespace LoraPrivacy.Files;

/// <summary>
/// A LoRA adapter as PEFT saves it: a folder with <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>, or its shards with their
/// index. The matrices are read from the files when they are asked for.
/// </summary>
public sealed class PeftAdapter : IDisposable
{
    /// <summary>The name of the file of weights in an adapter's folder.</summary>
    public const string WeightsFileName = "adapter_model.safetensors";

    private const string BaseLayer = "base_layer";
    private const string NotGathered = ": the weights were never gathered from a sharded trainer (DeepSpeed ZeRO-3: stage3_gather_16bit_weights_on_model_save) when it was saved";

    private readonly AdapterWeights weights;

    private PeftAdapter(PeftConfiguration configuration, AdapterWeights weights)
    {
        this.weights = weights;
        Configuration = configuration;
        (Layers, Unsupported, Remarks) = FindLayers();
    }

    /// <summary>What <c>adapter_config.json</c> says.</summary>
    public PeftConfiguration Configuration { get; }

    /// <summary>The adapted linear layers, in the order of their paths.</summary>
    public IReadOnlyList<PeftLayer> Layers { get; }

    /// <summary>What the adapter has beyond plain LoRA on linear layers, one clause each; empty for a plain one.</summary>
    public IReadOnlyList<string> Unsupported { get; }

    /// <summary>What the files have that PEFT would not have written so, one sentence each; it changes nothing about the layers.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Opens an adapter's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The adapter, to be disposed of.</returns>
    /// <exception cref="FileFormatException">
    /// A file is missing, cannot be read or is not what it should be; a layer has only one matrix; its shapes disagree with each other or with
    /// the configured rank; its numbers are no floating-point numbers; or the configuration does not name it.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read to its end.</exception>
    public static PeftAdapter Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new FileFormatException(folder, File.Exists(folder) ? "is a file, not an adapter's folder" : "does not exist");
        }

        AdapterWeights weights = AdapterWeights.Open(folder);
        try
        {
            return new PeftAdapter(PeftConfiguration.Load(Path.Combine(folder, PeftConfiguration.FileName)), weights);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Saves an adapter with the bytes that PEFT writes. Both files are written beside their destinations and renamed, the configuration
    /// last; an interrupted first save is no adapter's folder.
    /// </summary>
    /// <param name="folder">The folder, created where it is missing.</param>
    /// <param name="configuration">The configuration; it must target every layer, and say its rank.</param>
    /// <param name="layers">The layers, at least one, in any order.</param>
    /// <exception cref="ArgumentException">
    /// There is no layer, two have one path, one is not targeted, a matrix does not have its size, or the patterns say another rank or α of
    /// a layer once they are sorted.
    /// </exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void Save(string folder, PeftConfiguration configuration, IEnumerable<PeftLayerWeights> layers)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(layers);
        List<SafetensorsTensor> tensors = [];
        PeftConfiguration read = configuration.AsRead();
        foreach (PeftLayerWeights layer in layers)
        {
            if (read.RankOf(layer.Path) != configuration.RankOf(layer.Path) || read.AlphaOf(layer.Path) != configuration.AlphaOf(layer.Path))
            {
                throw new ArgumentException(
                    $"rank_pattern and alpha_pattern must say the same for the layer '{layer.Path}' when they are sorted, as they are written", nameof(configuration));
            }

            if (!configuration.Targets(layer.Path))
            {
                throw new ArgumentException($"the layer '{layer.Path}' must be one that target_modules names", nameof(layers));
            }

            int rank = configuration.RankOf(layer.Path);
            tensors.Add(new(PeftTensorName.Prefix + layer.Path + PeftTensorName.SuffixA, layer.Type, [rank, layer.Inputs], layer.WriteA));
            tensors.Add(new(PeftTensorName.Prefix + layer.Path + PeftTensorName.SuffixB, layer.Type, [layer.Outputs, rank], layer.WriteB));
        }

        if (tensors.Count == 0)
        {
            throw new ArgumentException("an adapter must have at least one layer", nameof(layers));
        }

        Directory.CreateDirectory(folder);
        using AtomicFile weights = new(Path.Combine(folder, WeightsFileName));
        SafetensorsWriter.Write(weights.Stream, tensors, SafetensorsWriter.PyTorchMetadata);
        using AtomicFile config = new(Path.Combine(folder, PeftConfiguration.FileName));
        config.Stream.Write(System.Text.Encoding.ASCII.GetBytes(configuration.ToJson()));
        weights.Commit();
        config.Commit();
    }

    /// <summary>Refuses an adapter that is more than plain LoRA on linear layers, and so cannot be used as such.</summary>
    /// <exception cref="FileFormatException">It is one; the message names the first thing that is not supported.</exception>
    public void RequirePlain()
    {
        string[] reasons = [.. Unsupported, .. Layers.Where(layer => layer.IsParameter).Take(1).Select(_ => "target_parameters: adapted parameters that are not modules")];
        if (reasons.Length > 0)
        {
            throw new FileFormatException(
                weights.Source, $"is not supported: {reasons[0]}" + (reasons.Length > 1 ? $" (and {reasons.Length - 1} more)" : string.Empty));
        }
    }

    /// <summary>Closes the files of weights.</summary>
    public void Dispose() => weights.Dispose();

    private (PeftLayer[] Layers, string[] Unsupported, string[] Remarks) FindLayers()
    {
        SortedDictionary<string, (Matrix? A, Matrix? B)> pairs = new(StringComparer.Ordinal);
        List<string> unsupported = [.. Configuration.Extensions];
        SortedSet<string> adapters = new(StringComparer.Ordinal);
        SortedDictionary<string, int> surplus = new(StringComparer.Ordinal);
        List<SafetensorsEntry> ofBase = [];
        int count = 0;
        foreach ((SafetensorsEntry entry, SafetensorsReader file) in weights.Tensors)
        {
            count++;
            if (PeftTensorName.Read(entry.Name) is not { } name)
            {
                if (entry.Name.Contains($".{BaseLayer}.", StringComparison.Ordinal) && !entry.Name.Contains(".lora_", StringComparison.Ordinal))
                {
                    ofBase.Add(entry);
                }
                else
                {
                    unsupported.Add($"{entry}: {ReasonOf(entry)}");
                }

                continue;
            }

            (Matrix? a, Matrix? b) = pairs.GetValueOrDefault(name.Path);
            if ((name.IsA ? a : b) is { } other && other.Name.Adapter == name.Adapter)
            {
                throw Wrong(entry, $"is the same matrix as {FileFormatException.Tensor(other.Entry.Name)}");
            }

            pairs[name.Path] = name.IsA ? (new(entry, file, name), b) : (a, new(entry, file, name));
            adapters.Add(name.Adapter ?? "(no name)");
            foreach (string part in name.Surplus)
            {
                surplus[part] = surplus.GetValueOrDefault(part) + 1;
            }
        }

        if (count == 0)
        {
            throw new FileFormatException(weights.Source, $"holds no tensor at all{NotGathered}");
        }

        if (adapters.Count > 1)
        {
            throw new FileFormatException(weights.Source, $"holds the matrices of several adapters, {string.Join(", ", adapters.Take(5).Select(FileFormatException.Quote))}: save each into a folder of its own");
        }

        List<PeftLayer> layers = [];
        foreach ((string path, (Matrix? a, Matrix? b)) in pairs)
        {
            if ((a is null ? b : b is null ? a : null) is { } single)
            {
                throw Wrong(single.Entry, $"has no {(single.Name.IsA ? "lora_B" : "lora_A")} beside it");
            }

            if (new[] { a!.Entry, b!.Entry }.FirstOrDefault(entry => entry.Shape is [0]) is { } empty)
            {
                throw Wrong(empty, $"has shape 0{NotGathered}");
            }

            if (a.Entry.Shape.Count != 2 && a.Entry.Shape.Count == b.Entry.Shape.Count)
            {
                unsupported.Add($"{a.Entry}: LoRA on a convolution");
                continue;
            }

            layers.Add(LayerOf(path, a, b));
        }

        if (layers.Count == 0)
        {
            throw new FileFormatException(
                weights.Source, "has no lora_A and lora_B of a linear layer" + (unsupported.Count > 0 ? $"; it has {unsupported[0]}" : ofBase.Count > 0 ? $"; it has {ofBase[0]}" : string.Empty));
        }

        return ([.. layers], [.. unsupported], [.. Remarked()]);

        IEnumerable<string> Remarked()
        {
            foreach ((string part, int times) in surplus)
            {
                yield return $"In the names of {times} of {count} tensors {part}, beside what PEFT writes";
            }

            if (ofBase.Count > 0)
            {
                yield return $"{ofBase[0]}{(ofBase.Count > 1 ? $" and {ofBase.Count - 1} more tensors are weights" : " is a weight")} of the frozen base model saved beside the adapter, and nothing that LoRA trains";
            }

            foreach (IGrouping<int, PeftLayer> stack in layers.Where(layer => layer.IsParameter).GroupBy(layer => layer.Experts))
            {
                yield return $"target_parameters: {stack.Count()} stacks of {stack.Key} experts, each of which is an adapter by itself";
            }
        }
    }

    private PeftLayer LayerOf(string path, Matrix a, Matrix b)
    {
        foreach (SafetensorsEntry entry in new[] { a.Entry, b.Entry })
        {
            if (entry.Shape.Count != 2 || entry.Shape.Any(size => size < 1))
            {
                throw Wrong(entry, $"must be a matrix of at least one number, but is {entry.ShapeText}");
            }

            if (!ElementFormat.IsFloatingPoint(entry.Type))
            {
                throw Wrong(entry, $"must be of type F16, BF16, F32 or F64, but is {ElementFormat.NameOf(entry.Type)}");
            }
        }

        int rank = Configuration.RankOf(path);
        bool isParameter = Configuration.TargetsParameterOf(path);
        long experts = isParameter ? a.Entry.Shape[0] / rank : 1;
        if (experts is < 1 or > int.MaxValue || a.Entry.Shape[0] != experts * rank || b.Entry.Shape[1] != experts * rank)
        {
            SafetensorsEntry entry = a.Entry.Shape[0] != Math.Max(experts, 1) * rank ? a.Entry : b.Entry;
            throw Wrong(entry, $"is {entry.ShapeText}, but the configured rank of this layer is {rank}" + (isParameter ? $", of which {a.Entry.ShapeText} must hold a whole number for the experts" : string.Empty));
        }

        if (!isParameter && (Configuration.TargetModules is not null || Configuration.TargetPattern is not null) && !Configuration.Targets(path))
        {
            throw Wrong(a.Entry, "belongs to a layer that target_modules does not name");
        }

        return new PeftLayer(path, Configuration.AlphaOf(path), Configuration.ScalingOf(path), (int)experts, isParameter, (a.Entry, a.File), (b.Entry, b.File));
    }

    private static string ReasonOf(SafetensorsEntry entry) => entry.Name switch
    {
        _ when entry.Name.Contains(".lora_magnitude_vector", StringComparison.Ordinal) => "a magnitude of DoRA",
        _ when entry.Name.Contains(".lora_embedding_", StringComparison.Ordinal) => "LoRA on an embedding",
        _ when entry.Name.EndsWith(".bias", StringComparison.Ordinal) && entry.Name.Contains(".lora_B.", StringComparison.Ordinal) => "a bias of B (lora_bias)",
        _ when entry.Name.Contains(".lora_", StringComparison.Ordinal) => "a LoRA tensor of an unknown kind",
        _ when entry.Name.Contains(".lora.", StringComparison.Ordinal) || entry.Name.StartsWith("lora_", StringComparison.Ordinal) => "a LoRA tensor named as other programs than PEFT do",
        _ => "a tensor trained and saved whole (a bias, modules_to_save, or an embedding)",
    };

    private FileFormatException Wrong(SafetensorsEntry entry, string reason) => new(weights.Source, FileFormatException.Tensor(entry.Name), reason);

    private sealed record Matrix(SafetensorsEntry Entry, SafetensorsReader File, PeftTensorName Name);
}
