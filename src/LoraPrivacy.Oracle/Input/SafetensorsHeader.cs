using System.Text.Json;
using System.Text.Unicode;

namespace LoraPrivacy.Oracle.Input;

/// <summary>The JSON header of a .safetensors file, checked.</summary>
internal sealed class SafetensorsHeader
{
    private const int MostNamesListed = 20;

    private readonly string _source;
    private readonly List<SafetensorsEntry> _entries;

    private SafetensorsHeader(string source, List<SafetensorsEntry> entries)
    {
        _source = source;
        _entries = entries;
    }

    public static SafetensorsHeader Parse(byte[] json, string source)
    {
        if (!Utf8.IsValid(json))
        {
            throw new InputException($"{source}: the header is not UTF-8");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InputException($"{source}: the header is not a JSON object");
            }

            List<SafetensorsEntry> entries = [];
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name != "__metadata__")
                {
                    entries.Add(ParseEntry(property, source));
                }
            }

            return new SafetensorsHeader(source, entries);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name holds half of a surrogate pair.
            throw new InputException($"{source}: the header is not valid JSON: {failure.Message}", failure);
        }
    }

    /// <summary>Checks that the tensors cover <paramref name="dataSize"/> bytes exactly, each as large as its shape says.</summary>
    public void CheckLayout(long dataSize)
    {
        long covered = 0;
        foreach (SafetensorsEntry entry in _entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != covered)
            {
                string problem = entry.Begin < covered ? "overlaps the tensor before it" : "leaves a gap before it";
                throw new InputException($"{_source}, tensor '{entry.Name}': its data [{entry.Begin}, {entry.End}) {problem}");
            }

            CheckSize(entry);
            covered = entry.End;
        }

        if (covered != dataSize)
        {
            throw new InputException($"{_source}: the header describes {covered} bytes of data, but the file has {dataSize}");
        }
    }

    /// <summary>The named tensor, or the only one with two or three dimensions.</summary>
    public SafetensorsEntry Choose(string? name)
    {
        List<SafetensorsEntry> candidates = name is null
            ? [.. _entries.Where(entry => entry.Shape.Length is 2 or 3)]
            : [.. _entries.Where(entry => entry.Name == name)];
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        string listed = _entries.Count == 0
            ? "it has none"
            : "it has " + string.Join(", ", _entries.Take(MostNamesListed))
                + (_entries.Count > MostNamesListed ? $" and {_entries.Count - MostNamesListed} more" : string.Empty);
        throw new InputException(
            name is not null ? $"{_source}: has no tensor '{name}'; {listed}"
            : candidates.Count == 0 ? $"{_source}: has no tensor with two or three dimensions; {listed}"
            : $"{_source}: has several tensors; choose one with --tensor NAME; {listed}");
    }

    private static SafetensorsEntry ParseEntry(JsonProperty property, string source)
    {
        string place = $"{source}, tensor '{property.Name}'";
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            throw new InputException($"{place}: its description is not a JSON object");
        }

        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (JsonProperty field in property.Value.EnumerateObject())
        {
            switch (field.Name)
            {
                case "dtype" when field.Value.ValueKind == JsonValueKind.String:
                    type = field.Value.GetString();
                    break;
                case "shape":
                    shape = Sizes(field.Value);
                    break;
                case "data_offsets":
                    offsets = Sizes(field.Value);
                    break;
                default:
                    throw new InputException($"{place}: its description has an unusable field '{field.Name}'");
            }
        }

        return type is null || shape is null || offsets is not [long begin, long end] || begin > end
            ? throw new InputException($"{place}: its description lacks a usable dtype, shape or data_offsets")
            : new SafetensorsEntry(property.Name, type, shape, begin, end);
    }

    private static long[]? Sizes(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > 32)
        {
            return null;
        }

        long[] sizes = new long[element.GetArrayLength()];
        int i = 0;
        foreach (JsonElement size in element.EnumerateArray())
        {
            if (size.ValueKind != JsonValueKind.Number || !size.TryGetInt64(out sizes[i]) || sizes[i++] < 0)
            {
                return null;
            }
        }

        return sizes;
    }

    private void CheckSize(SafetensorsEntry entry)
    {
        string place = $"{_source}, tensor '{entry.Name}'";
        if (entry.ElementSize is not int size)
        {
            // A type that later versions of the format may define: only its place is known, and it is not read.
            return;
        }

        UInt128 expected = (uint)size;
        foreach (long length in entry.Shape)
        {
            expected *= (ulong)length;
            if (expected > long.MaxValue)
            {
                throw new InputException($"{place}: shape {Tensor.Describe(entry.Shape)} is too large for any file");
            }
        }

        if (expected != (UInt128)(entry.End - entry.Begin))
        {
            throw new InputException(
                $"{place}: shape {Tensor.Describe(entry.Shape)} of {entry.TypeName} needs {expected} bytes, but its data [{entry.Begin}, {entry.End}) has {entry.End - entry.Begin}");
        }
    }
}
