namespace LoraPrivacy.Production.Models;

/// <summary>
/// GPT-2 checkpoints in the layout of Hugging Face's transformers: a folder with <c>config.json</c> and <c>model.safetensors</c>.
/// </summary>
public static class GptCheckpoint
{
    /// <summary>The name of the file with the weights.</summary>
    public const string WeightsFileName = "model.safetensors";

    /// <summary>Loads a checkpoint.</summary>
    /// <remarks>
    /// Names may have the prefix <c>transformer.</c>, <c>lm_head.weight</c> may repeat the token embedding, and the masks that old versions
    /// stored (<c>h.N.attn.bias</c>, <c>h.N.attn.masked_bias</c>) are passed over. Dropout rates are passed over too: this model has
    /// none. The header is checked as a whole before anything is allocated.
    /// </remarks>
    /// <param name="folder">The folder.</param>
    /// <param name="dtype">The type of the model's parameters; numbers of another type are rounded to it.</param>
    /// <param name="device">Their device; null for the CPU.</param>
    /// <returns>The model.</returns>
    /// <exception cref="FileFormatException">
    /// A file is not what it should be, the configuration asks for something that <see cref="GptModel"/> does not compute, or a tensor is
    /// missing, unexpected, of the wrong shape or type, or has a number that is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of float32, float64, bfloat16 and float16.</exception>
    /// <exception cref="IOException">A file does not exist or cannot be read.</exception>
    public static GptModel Load(string folder, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        GptConfiguration configuration = GptConfigurationFile.Read(Path.Combine(folder, GptConfigurationFile.FileName));
        using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(folder, WeightsFileName));
        Dictionary<string, SafetensorsEntry> entries = GptCheckpointLayout.Weights(reader);
        GptCheckpointLayout.CheckShapes(configuration, entries, reader.Source);
        GptModel model = new(configuration, dtype, device);
        try
        {
            using var frozen = no_grad();
            foreach ((string name, Parameter parameter) in model.named_parameters())
            {
                Fill(parameter, reader, entries[name]);
            }

            if (entries.TryGetValue(GptCheckpointLayout.HeadName, out SafetensorsEntry? head))
            {
                CheckHead(head, model, reader);
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Saves a model so that transformers' <c>GPT2LMHeadModel.from_pretrained</c> loads it.</summary>
    /// <remarks>Where a layer has an adapter, its effective weight W + s B A is saved. Each file appears when it is complete.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="folder">The folder; it is made if it does not exist.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Save(GptModel model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        Dictionary<string, LoraLinear> adapted = model.named_modules()
            .Where(entry => entry.module is LoraLinear)
            .ToDictionary(entry => entry.name + ".", entry => (LoraLinear)entry.module);
        List<SafetensorsTensor> tensors = [];
        foreach ((string name, Parameter parameter) in model.named_parameters())
        {
            (string? path, LoraLinear? layer) = adapted.FirstOrDefault(entry => name.StartsWith(entry.Key, StringComparison.Ordinal));
            if (layer is null)
            {
                tensors.Add(Describe(name, parameter, () => parameter));
            }
            else if (ReferenceEquals(parameter, layer.Weight))
            {
                tensors.Add(Describe(path + "weight", parameter, layer.EffectiveWeight));
            }
            else if (ReferenceEquals(parameter, layer.Bias))
            {
                tensors.Add(Describe(path + "bias", parameter, () => parameter));
            }
        }

        SafetensorsWriter.Write(Path.Combine(folder, WeightsFileName), tensors, SafetensorsWriter.PyTorchMetadata);
        AtomicFile.Write(Path.Combine(folder, GptConfigurationFile.FileName), GptConfigurationFile.Write(model.Configuration, model.DataType));
    }

    private static void Fill(Parameter parameter, SafetensorsReader reader, SafetensorsEntry entry)
    {
        using var scope = NewDisposeScope();
        parameter.copy_(Read(reader, entry));
        if (!parameter.isfinite().all().item<bool>())
        {
            throw new FileFormatException(reader.Source, FileFormatException.Tensor(entry.Name), $"has a number that is not finite as {parameter.dtype}");
        }
    }

    private static void CheckHead(SafetensorsEntry head, GptModel model, SafetensorsReader reader)
    {
        using var scope = NewDisposeScope();
        Parameter embedding = model.get_parameter(GptCheckpointLayout.EmbeddingName)!;
        if (!Read(reader, head).to(embedding.dtype).to(embedding.device).equal(embedding).all().item<bool>())
        {
            throw new FileFormatException(reader.Source, FileFormatException.Tensor(GptCheckpointLayout.HeadName), $"must be equal to {GptCheckpointLayout.EmbeddingName}: only tied weights are supported");
        }
    }

    private static Tensor Read(SafetensorsReader reader, SafetensorsEntry entry)
    {
        Tensor tensor = empty([.. entry.Shape], TorchTensors.TypeOf(entry.Type));
        reader.Read(entry, tensor.bytes);
        return tensor;
    }

    private static SafetensorsTensor Describe(string name, Tensor like, Func<Tensor> weight)
        => TorchTensors.ToFile(GptCheckpointLayout.Prefix + name, like) with
        {
            WriteData = stream =>
            {
                using var scope = NewDisposeScope();
                TorchTensors.Write(weight(), stream);
            },
        };
}
