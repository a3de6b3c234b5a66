namespace LoraPrivacy.Production.Models;

/// <summary>The tensors that a GPT-2 checkpoint has: their names and shapes.</summary>
internal static class GptCheckpointLayout
{
    /// <summary>What names begin with where the language model was saved, and not its transformer alone.</summary>
    internal const string Prefix = "transformer.";

    /// <summary>The output layer, which GPT-2 ties to <see cref="EmbeddingName"/>; never prefixed.</summary>
    internal const string HeadName = "lm_head.weight";

    internal const string EmbeddingName = "wte.weight";

    /// <summary>The tensors by their names without prefix, less the masks.</summary>
    internal static Dictionary<string, SafetensorsEntry> Weights(SafetensorsReader reader)
    {
        bool prefixed = reader.Tensors.Any(entry => entry.Name.StartsWith(Prefix, StringComparison.Ordinal));
        Dictionary<string, SafetensorsEntry> entries = [];
        foreach (SafetensorsEntry entry in reader.Tensors)
        {
            string name = entry.Name;
            if (prefixed && name != HeadName)
            {
                name = name.StartsWith(Prefix, StringComparison.Ordinal)
                    ? name[Prefix.Length..]
                    : throw new FileFormatException(reader.Source, FileFormatException.Tensor(name), $"lacks the prefix '{Prefix}' that others have");
            }

            if (!name.EndsWith(".attn.bias", StringComparison.Ordinal) && !name.EndsWith(".attn.masked_bias", StringComparison.Ordinal))
            {
                _ = entries.TryAdd(name, entry) ? true : throw new FileFormatException(reader.Source, FileFormatException.Tensor(entry.Name), $"is there twice, with the prefix '{Prefix}' and without");
            }
        }

        return entries;
    }

    /// <summary>Checks that the tensors are those of a model, each of its shape and of a type that can be read.</summary>
    internal static void CheckShapes(GptConfiguration configuration, Dictionary<string, SafetensorsEntry> entries, string source)
    {
        HashSet<string> expected = [HeadName];
        foreach ((string name, long[] shape) in ParameterShapes(configuration))
        {
            expected.Add(name);
            if (!entries.TryGetValue(name, out SafetensorsEntry? entry))
            {
                throw new FileFormatException(source, FileFormatException.Tensor(name), "is missing");
            }

            Check(entry, shape, source);
        }

        foreach (SafetensorsEntry entry in entries.Where(pair => !expected.Contains(pair.Key)).Select(pair => pair.Value))
        {
            throw new FileFormatException(source, FileFormatException.Tensor(entry.Name), "is not one of this GPT-2's");
        }

        if (entries.TryGetValue(HeadName, out SafetensorsEntry? head))
        {
            Check(head, [configuration.Vocabulary, configuration.Width], source);
        }
    }

    /// <summary>The names and shapes of a model's parameters, one after the other: a file with too few ends this early.</summary>
    internal static IEnumerable<(string Name, long[] Shape)> ParameterShapes(GptConfiguration configuration)
    {
        long width = configuration.Width;
        yield return (EmbeddingName, [configuration.Vocabulary, width]);
        yield return ("wpe.weight", [configuration.Context, width]);
        for (int i = 0; i < configuration.Depth; i++)
        {
            foreach ((string name, long[] shape) in new (string, long[])[]
            {
                ("ln_1.weight", [width]), ("ln_1.bias", [width]),
                ("attn.c_attn.weight", [width, 3 * width]), ("attn.c_attn.bias", [3 * width]),
                ("attn.c_proj.weight", [width, width]), ("attn.c_proj.bias", [width]),
                ("ln_2.weight", [width]), ("ln_2.bias", [width]),
                ("mlp.c_fc.weight", [width, 4 * width]), ("mlp.c_fc.bias", [4 * width]),
                ("mlp.c_proj.weight", [4 * width, width]), ("mlp.c_proj.bias", [width]),
            })
            {
                yield return ($"h.{i}.{name}", shape);
            }
        }

        yield return ("ln_f.weight", [width]);
        yield return ("ln_f.bias", [width]);
    }

    private static void Check(SafetensorsEntry entry, long[] shape, string source)
    {
        if (!entry.Shape.SequenceEqual(shape))
        {
            throw new FileFormatException(
                source, FileFormatException.Tensor(entry.Name), $"must be {string.Join("×", shape)} by config.json, but is {FileFormatException.Quote(entry.ShapeText)}");
        }

        if (!ElementFormat.IsFloatingPoint(entry.Type))
        {
            throw new FileFormatException(
                source, FileFormatException.Tensor(entry.Name), $"must be F16, BF16, F32 or F64, but is {ElementFormat.NameOf(entry.Type)}");
        }

        if (entry.ByteCount > int.MaxValue)
        {
            throw new FileFormatException(source, FileFormatException.Tensor(entry.Name), $"must have at most {int.MaxValue} bytes, but has {entry.ByteCount}");
        }
    }
}
