namespace LoraPrivacy.Files;

/// <summary>
/// A LoRA adapter as PEFT saves it: a folder with <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>. The matrices are read
/// from the file when they are asked for.
/// </summary>
public sealed class PeftAdapter : IDisposable
{
    /// <summary>The name of the file of weights in an adapter's folder.</summary>
    public const string WeightsFileName = "adapter_model.safetensors";

    private const string Prefix = "base_model.model.";
    private const string SuffixA = ".lora_A.weight";
    private const string SuffixB = ".lora_B.weight";

    private readonly SafetensorsReader _reader;

    private PeftAdapter(PeftConfiguration configuration, SafetensorsReader reader)
    {
        _reader = reader;
        Configuration = configuration;
        (Layers, Unsupported) = FindLayers();
    }

    /// <summary>What <c>adapter_config.json</c> says.</summary>
    public PeftConfiguration Configuration { get; }

    /// <summary>The adapted linear layers, in the order of their paths.</summary>
    public IReadOnlyList<PeftLayer> Layers { get; }

    /// <summary>What the adapter has beyond plain LoRA on linear layers, one clause each; empty for a plain one.</summary>
    public IReadOnlyList<string> Unsupported { get; }

    /// <summary>Opens an adapter's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The adapter, to be disposed of.</returns>
    /// <exception cref="FileFormatException">
    /// A file is not what it should be; a layer has only one matrix; its shapes disagree with each other or with the configured rank; its
    /// numbers are no floating-point numbers; or the configuration does not name it.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read, or is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static PeftAdapter Open(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: {(File.Exists(folder) ? "is a file, not an adapter's folder" : "does not exist")}");
        }

        string configurationPath = Path.Combine(folder, PeftConfiguration.FileName);
        string weightsPath = Path.Combine(folder, WeightsFileName);
        foreach (string path in new[] { configurationPath, weightsPath })
        {
            if (!File.Exists(path))
            {
                string hint = path == weightsPath && File.Exists(Path.Combine(folder, "adapter_model.bin"))
                    ? "; adapter_model.bin is a pickle, which runs code when it is read, and is not"
                    : string.Empty;
                throw new FileNotFoundException($"{folder}: is no adapter's folder: {Path.GetFileName(path)} is missing{hint}");
            }
        }

        PeftConfiguration configuration = PeftConfiguration.Load(configurationPath);
        SafetensorsReader reader = SafetensorsReader.Open(weightsPath);
        try
        {
            return new PeftAdapter(configuration, reader);
        }
        catch
        {
            reader.Dispose();
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
            tensors.Add(new(Prefix + layer.Path + SuffixA, layer.Type, [rank, layer.Inputs], layer.WriteA));
            tensors.Add(new(Prefix + layer.Path + SuffixB, layer.Type, [layer.Outputs, rank], layer.WriteB));
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
        if (Unsupported.Count > 0)
        {
            throw new FileFormatException(
                _reader.Source, $"is not supported: {Unsupported[0]}" + (Unsupported.Count > 1 ? $" (and {Unsupported.Count - 1} more)" : string.Empty));
        }
    }

    /// <summary>Closes the file of weights.</summary>
    public void Dispose() => _reader.Dispose();

    private (PeftLayer[] Layers, string[] Unsupported) FindLayers()
    {
        SortedDictionary<string, (SafetensorsEntry? A, SafetensorsEntry? B)> pairs = new(StringComparer.Ordinal);
        List<string> unsupported = [.. Configuration.Extensions];
        foreach (SafetensorsEntry entry in _reader.Tensors)
        {
            string? path = PathOf(entry.Name, SuffixA) ?? PathOf(entry.Name, SuffixB);
            if (path is null)
            {
                unsupported.Add(ReasonOf(entry));
                continue;
            }

            pairs.TryGetValue(path, out (SafetensorsEntry? A, SafetensorsEntry? B) pair);
            pairs[path] = entry.Name.EndsWith(SuffixA, StringComparison.Ordinal) ? (entry, pair.B) : (pair.A, entry);
        }

        List<PeftLayer> layers = [];
        foreach ((string path, (SafetensorsEntry? a, SafetensorsEntry? b)) in pairs)
        {
            if (a is null || b is null)
            {
                throw Wrong((a ?? b)!, $"has no {(a is null ? "lora_A" : "lora_B")} beside it");
            }

            if (a.Shape.Count != 2 && a.Shape.Count == b.Shape.Count)
            {
                unsupported.Add($"{a}: LoRA on a convolution");
                continue;
            }

            layers.Add(LayerOf(path, a, b));
        }

        if (layers.Count == 0)
        {
            throw new FileFormatException(_reader.Source, "has no lora_A and lora_B of a linear layer" + (unsupported.Count > 0 ? $"; it has {unsupported[0]}" : string.Empty));
        }

        return ([.. layers], [.. unsupported]);
    }

    private PeftLayer LayerOf(string path, SafetensorsEntry a, SafetensorsEntry b)
    {
        foreach (SafetensorsEntry entry in new[] { a, b })
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
        if (a.Shape[0] != rank || b.Shape[1] != rank)
        {
            SafetensorsEntry entry = a.Shape[0] != rank ? a : b;
            throw Wrong(entry, $"is {entry.ShapeText}, but the configured rank of this layer is {rank}");
        }

        if (Configuration.TargetModules is not null || Configuration.TargetPattern is not null)
        {
            _ = Configuration.Targets(path) ? true : throw Wrong(a, "belongs to a layer that target_modules does not name");
        }

        return new PeftLayer(path, Configuration.AlphaOf(path), Configuration.ScalingOf(path), _reader, a, b);
    }

    private static string? PathOf(string name, string suffix)
        => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > Prefix.Length + suffix.Length
            ? name[Prefix.Length..^suffix.Length]
            : null;

    private static string ReasonOf(SafetensorsEntry entry)
    {
        string reason = entry.Name switch
        {
            _ when entry.Name.Contains(".lora_magnitude_vector", StringComparison.Ordinal) => "a magnitude of DoRA",
            _ when entry.Name.Contains(".lora_embedding_", StringComparison.Ordinal) => "LoRA on an embedding",
            _ when entry.Name.EndsWith(".lora_B.bias", StringComparison.Ordinal) => "a bias of B (lora_bias)",
            _ when entry.Name.Contains(".lora_", StringComparison.Ordinal) => "a LoRA tensor of an unknown kind",
            _ => "a tensor trained and saved whole (a bias, modules_to_save, or an embedding)",
        };
        return $"{entry}: {reason}";
    }

    private FileFormatException Wrong(SafetensorsEntry entry, string reason) => new(_reader.Source, FileFormatException.Tensor(entry.Name), reason);
}
