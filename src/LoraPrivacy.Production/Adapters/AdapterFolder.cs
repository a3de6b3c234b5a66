using System.Text.RegularExpressions;

namespace LoraPrivacy.Production.Adapters;

/// <summary>Saves the adapters of a model as PEFT does, loads what PEFT saved, and saves models with their adapters merged.</summary>
/// <remarks>
/// Paths in files are those of the Hugging Face model that PEFT wraps. Where they are longer than those of our model, the difference is the
/// path prefix: <c>transformer.</c> for GPT-2 with its language-model head.
/// </remarks>
public static class AdapterFolder
{
    /// <summary>The initialisations that change the base weights when PEFT loads such an adapter.</summary>
    private static readonly string[] ChangingBaseWeights = ["pissa", "olora", "corda", "lora_ga", "loftq"];

    /// <summary>The initialisations that leave the base weights alone.</summary>
    private static readonly string[] KeepingBaseWeights = ["true", "false", "gaussian", "orthogonal", "eva"];

    /// <summary>What PEFT would record of a model's adapters.</summary>
    /// <param name="adapters">The adapters.</param>
    /// <param name="pathPrefix">What paths in files have before ours.</param>
    /// <returns>
    /// The configuration. Base model and task are not recorded yet: set them with <c>with</c>. An initialisation of A that PEFT does not
    /// know is recorded as its default, <c>true</c>, for PEFT refuses names it does not know; one that <see cref="Load"/> read is
    /// recorded again. Ranks and α are recorded layer by layer where PEFT, which sorts the patterns as it writes them, would read other ones.
    /// </returns>
    public static PeftConfiguration ConfigurationOf(LoraAdapters adapters, string pathPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(adapters);
        LoraConfiguration source = adapters.Configuration;
        PeftConfiguration configuration = new()
        {
            Rank = source.Rank,
            Alpha = source.Alpha,
            Dropout = source.Dropout,
            UseRankStabilizedScaling = source.RankStabilized,
            FanInFanOut = adapters.Layers.Any(layer => layer.FanInFanOut),
            Initialization = adapters.LoadedInitialization ?? (source.Initialization == AInitialization.PeftGaussian ? "gaussian" : "true"),
            RankPattern = [.. source.RankPattern],
            AlphaPattern = [.. source.AlphaPattern],
        };
        configuration = source.Targets.Pattern is string pattern
            ? configuration with { TargetPattern = pathPrefix.Length == 0 ? pattern : $"{Regex.Escape(pathPrefix)}(?:{pattern})" }
            : configuration with { TargetModules = source.Targets.Names };
        PeftConfiguration read = configuration.AsRead();
        return adapters.Layers.All(layer => Agrees(read, pathPrefix + layer.Path, layer)) ? configuration : configuration with
        {
            RankPattern = [.. adapters.Layers.Select(layer => KeyValuePair.Create(ModulePattern.Exactly(pathPrefix + layer.Path), layer.Rank))],
            AlphaPattern = [.. adapters.Layers.Select(layer => KeyValuePair.Create(ModulePattern.Exactly(pathPrefix + layer.Path), layer.Alpha))],
        };
    }

    /// <summary>Saves the adapters of a model, bit for bit, in the files that PEFT writes.</summary>
    /// <param name="folder">The folder, created where it is missing.</param>
    /// <param name="adapters">The adapters.</param>
    /// <param name="configuration">What to record; null for <see cref="ConfigurationOf"/>.</param>
    /// <param name="pathPrefix">What paths in files have before ours.</param>
    /// <exception cref="ArgumentException">The configuration does not name every layer, or disagrees with its rank or scale.</exception>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public static void Save(string folder, LoraAdapters adapters, PeftConfiguration? configuration = null, string pathPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(adapters);
        configuration ??= ConfigurationOf(adapters, pathPrefix);
        foreach (LoraLinear layer in adapters.Layers)
        {
            string path = pathPrefix + layer.Path;
            if (!Agrees(configuration, path, layer))
            {
                throw new ArgumentException(
                    $"the configuration must say rank {layer.Rank} and scale {layer.Scale} for the layer '{path}', but says {configuration.RankOf(path)} and {configuration.ScalingOf(path)}", nameof(configuration));
            }
        }

        PeftAdapter.Save(folder, configuration, adapters.Layers.Select(layer => new PeftLayerWeights(
            pathPrefix + layer.Path, layer.InputFeatures, layer.OutputFeatures, TorchTensors.TypeOf(layer.A.dtype),
            stream => TorchTensors.Write(layer.A, stream), stream => TorchTensors.Write(layer.B, stream))));
    }

    /// <summary>Gives a model the adapters of a folder: wraps the layers that its configuration names, and copies A and B.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="model">A model without adapters; see <see cref="LoraAdapters.Wrap"/>.</param>
    /// <param name="trainsA">Whether A is trained from here on; PEFT does not record it.</param>
    /// <param name="pathPrefix">What paths in files have before ours.</param>
    /// <returns>The adapters. A matrix stored in another type than the layer's is rounded to it, as PEFT does.</returns>
    /// <remarks>
    /// A redraw (<see cref="LoraAdapters.MergeAndRedraw"/>) takes PEFT's Gaussian A if the folder says <c>gaussian</c>, else Kaiming-uniform.
    /// </remarks>
    /// <exception cref="FileFormatException">
    /// The folder is not a plain LoRA adapter of this model, or its initialisation changed the base weights (PiSSA and others).
    /// </exception>
    /// <exception cref="ArgumentException">A layer of the model cannot be replaced.</exception>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public static LoraAdapters Load(string folder, nn.Module model, bool trainsA = false, string pathPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(model);
        using PeftAdapter adapter = PeftAdapter.Open(folder);
        adapter.RequirePlain();
        CheckInitialization(folder, adapter.Configuration);
        Dictionary<string, PeftLayer> layers = LayersIn(folder, adapter, model, pathPrefix);

        // Every A is overwritten, so that it does not matter what it was drawn from.
        LoraAdapters adapters = LoraAdapters.Wrap(model, ConfigurationFor(adapter.Configuration, model, layers, trainsA, pathPrefix), RandomSource.FromSeed(0));
        foreach (LoraLinear layer in adapters.Layers)
        {
            PeftLayer stored = layers[layer.Path];
            TorchTensors.CopyTo(stored.FileOf(stored.A), stored.A, layer.A);
            TorchTensors.CopyTo(stored.FileOf(stored.B), stored.B, layer.B);
        }

        adapters.LoadedInitialization = adapter.Configuration.Initialization;
        return adapters;
    }

    /// <summary>
    /// Saves a whole model with its adapters merged, W + s·B·A, under the names that it has without adapters. The model is left as it is.
    /// </summary>
    /// <param name="path">The safetensors file.</param>
    /// <param name="adapters">The adapters of the model.</param>
    /// <param name="pathPrefix">What names in the file have before ours.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter's type cannot be written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SaveMerged(string path, LoraAdapters adapters, string pathPrefix = "")
    {
        ArgumentNullException.ThrowIfNull(adapters);
        List<SafetensorsTensor> tensors = [];
        foreach (LoraLinear layer in adapters.Layers)
        {
            tensors.Add(TorchTensors.ToFile($"{pathPrefix}{layer.Path}.weight", layer.Weight) with { WriteData = stream => WriteMerged(layer, stream) });
            if (layer.Bias is Parameter bias)
            {
                tensors.Add(TorchTensors.ToFile($"{pathPrefix}{layer.Path}.bias", bias));
            }
        }

        foreach ((string name, Parameter parameter) in adapters.Model.named_parameters())
        {
            if (!adapters.Layers.Any(layer => name.StartsWith(layer.Path + ".", StringComparison.Ordinal)))
            {
                tensors.Add(TorchTensors.ToFile(pathPrefix + name, parameter));
            }
        }

        SafetensorsWriter.Write(path, tensors, SafetensorsWriter.PyTorchMetadata);
    }

    private static bool Agrees(PeftConfiguration configuration, string path, LoraLinear layer)
        => configuration.RankOf(path) == layer.Rank && Math.Abs(configuration.ScalingOf(path) - layer.Scale) <= 1e-12 * layer.Scale;

    private static void WriteMerged(LoraLinear layer, Stream stream)
    {
        using Tensor merged = layer.EffectiveWeight();
        TorchTensors.Write(merged, stream);
    }

    private static void CheckInitialization(string folder, PeftConfiguration configuration)
    {
        string name = configuration.Initialization;
        if (Array.Exists(ChangingBaseWeights, changing => name.StartsWith(changing, StringComparison.Ordinal)))
        {
            throw new FileFormatException(folder, $"its initialisation '{FileFormatException.Quote(name)}' changed the base weights, which this model has unchanged");
        }

        if (!KeepingBaseWeights.Contains(name))
        {
            throw new FileFormatException(folder, $"its initialisation '{FileFormatException.Quote(name)}' is not supported; {string.Join(", ", KeepingBaseWeights)} are");
        }
    }

    private static Dictionary<string, PeftLayer> LayersIn(string folder, PeftAdapter adapter, nn.Module model, string pathPrefix)
    {
        Dictionary<string, nn.Module> modules = model.named_modules().ToDictionary(entry => pathPrefix + entry.name, entry => entry.module);
        Dictionary<string, PeftLayer> layers = [];
        foreach (PeftLayer layer in adapter.Layers)
        {
            (long inputs, long outputs) = modules.GetValueOrDefault(layer.Path) switch
            {
                Linear linear => (linear.weight!.shape[1], linear.weight.shape[0]),
                Conv1D convolution => (convolution.Weight.shape[0], convolution.Weight.shape[1]),
                _ => throw new FileFormatException(folder, $"adapts '{FileFormatException.Quote(layer.Path)}', which is no linear layer of this model"),
            };
            if (inputs != layer.Inputs || outputs != layer.Outputs)
            {
                throw new FileFormatException(
                    folder, $"adapts '{FileFormatException.Quote(layer.Path)}' with {layer.Inputs} inputs and {layer.Outputs} outputs, but in this model it has {inputs} and {outputs}");
            }

            layers.Add(layer.Path[pathPrefix.Length..], layer);
        }

        string? missing = modules.Where(entry => entry.Value is Linear or Conv1D).Select(entry => entry.Key)
            .FirstOrDefault(path => adapter.Configuration.TargetPattern != PeftConfiguration.AllLinear && adapter.Configuration.Targets(path) && !layers.ContainsKey(path[pathPrefix.Length..]));
        return missing is null ? layers : throw new FileFormatException(folder, $"has no matrices for '{missing}', which its target_modules names");
    }

    private static LoraConfiguration ConfigurationFor(
        PeftConfiguration configuration, nn.Module model, Dictionary<string, PeftLayer> layers, bool trainsA, string pathPrefix)
    {
        LoraConfiguration result = new()
        {
            Rank = configuration.Rank,
            Alpha = configuration.Alpha,
            RankStabilized = configuration.UseRankStabilizedScaling,
            Dropout = configuration.Dropout,
            Initialization = configuration.Initialization == "gaussian" ? AInitialization.PeftGaussian : AInitialization.KaimingUniform,
            TrainsA = trainsA,
            Targets = TargetModules.Matching(string.Join('|', layers.Keys.Select(Regex.Escape))),
            RankPattern = configuration.RankPattern.ToDictionary(),
            AlphaPattern = configuration.AlphaPattern.ToDictionary(),
        };

        // The configuration's own names are kept where they mean the same layers here, so that a folder is saved again as it was.
        if (configuration.TargetModules is { Count: > 0 } names && names.All(name => name.Length > 0)
            && model.named_modules().Where(entry => entry.module is Linear or Conv1D)
                .All(entry => TargetModules.Named([.. names]).Takes(entry.name) == layers.ContainsKey(entry.name)))
        {
            result = result with { Targets = TargetModules.Named([.. names]) };
        }
        else if (pathPrefix.Length == 0 && configuration.TargetPattern is string pattern and not PeftConfiguration.AllLinear)
        {
            result = result with { Targets = TargetModules.Matching(pattern) };
        }

        bool agrees = layers.All(entry => result.RankOf(entry.Key) == entry.Value.Rank && result.AlphaOf(entry.Key) == entry.Value.Alpha);
        return agrees ? result : result with
        {
            RankPattern = layers.ToDictionary(entry => ModulePattern.Exactly(entry.Key), entry => entry.Value.Rank),
            AlphaPattern = layers.ToDictionary(entry => ModulePattern.Exactly(entry.Key), entry => entry.Value.Alpha),
        };
    }
}
