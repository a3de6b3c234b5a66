using System.Buffers;
using System.Text.Unicode;

namespace LoraPrivacy.Files;

/// <summary>
/// The JSON header of a safetensors file. It is read token by token: what is kept is in proportion to the tensors, and nothing is
/// allocated on the word of the file. Of the metadata only the bytes are kept until somebody asks for them.
/// </summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    private const int MostDimensions = 64;
    private const int Depth = 3;

    private readonly string source;
    private readonly List<SafetensorsEntry> entries = [];
    private ReadOnlyMemory<byte> metadata;

    private SafetensorsHeader(string source) => this.source = source;

    /// <summary>The texts of the metadata, read anew at each call.</summary>
    public IReadOnlyDictionary<string, string> ReadMetadata()
    {
        Dictionary<string, string> metadata = [];
        Utf8JsonReader reader = new(this.metadata.IsEmpty ? "{}"u8 : this.metadata.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw RepeatedKey(key);
            }
        }

        return metadata;
    }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => entries;

    /// <summary>Reads the header and checks that its tensors cover <paramref name="dataSize"/> bytes exactly.</summary>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> bytes, long dataSize, string source)
    {
        ReadOnlySpan<byte> json = bytes.Span;
        if (!Utf8.IsValid(json))
        {
            throw new FileFormatException(source, "the header is not UTF-8");
        }

        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new FileFormatException(source, "the header is not a JSON object: it does not begin with '{'");
        }

        SafetensorsHeader header = new(source);
        try
        {
            // Objects of objects with arrays: three levels, and one more for what is refused with its name.
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = Depth + 1 });
            header.ParseAll(ref reader, bytes);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text holds half of a surrogate pair.
            throw new FileFormatException(source, $"the header is not valid JSON: {JsonProblem.Of(failure)}", failure);
        }

        header.entries.Sort((x, y) => (x.Begin, x.End).CompareTo((y.Begin, y.End)));
        header.CheckCover(dataSize);
        return header;
    }

    private void ParseAll(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        HashSet<string> names = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name))
            {
                throw new FileFormatException(source, FileFormatException.Tensor(name), "is named twice in the header");
            }

            reader.Read();
            if (name == MetadataKey)
            {
                ParseMetadata(ref reader, json);
            }
            else
            {
                ParseEntry(ref reader, name);
            }
        }

        // Reads to the end, so that anything after the object is an error.
        reader.Read();
    }

    private void ParseMetadata(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FileFormatException(source, $"{MetadataKey} is not a JSON object");
        }

        int begin = (int)reader.TokenStartIndex;
        List<ulong> keys = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            keys.Add(Fingerprint(ref reader));
            ReadOnlySpan<byte> key = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                throw new FileFormatException(source, $"{MetadataKey} '{FileFormatException.Quote(Encoding.UTF8.GetString(key))}'", "its value is not a string");
            }

            Fingerprint(ref reader);
        }

        metadata = json[begin..(int)reader.BytesConsumed];
        keys.Sort();
        if (Enumerable.Range(1, Math.Max(keys.Count, 1) - 1).Any(i => keys[i - 1] == keys[i]))
        {
            // Two keys are the same, or as good as never only their fingerprints.
            ReadMetadata();
        }
    }

    private FileFormatException RepeatedKey(string key) => new(source, $"{MetadataKey} '{FileFormatException.Quote(key)}'", "is given twice");

    /// <summary>A hash of a text by FNV-1a; throws where it holds half of a surrogate pair.</summary>
    private static ulong Fingerprint(ref Utf8JsonReader reader)
    {
        byte[]? rented = reader.ValueIsEscaped ? ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length) : null;
        try
        {
            ulong hash = 14695981039346656037;
            foreach (byte letter in rented is null ? reader.ValueSpan : rented.AsSpan(0, reader.CopyString(rented)))
            {
                hash = (hash ^ letter) * 1099511628211;
            }

            return hash;
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private void ParseEntry(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(name, "its description is not a JSON object");
        }

        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string field = reader.GetString()!;
            reader.Read();
            bool isFirst = field switch { "dtype" => type is null, "shape" => shape is null, "data_offsets" => offsets is null, _ => true };
            if (!isFirst)
            {
                throw Wrong(name, $"'{field}' is given twice");
            }

            switch (field)
            {
                case "dtype":
                    type = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw Wrong(name, "its dtype is not a string");
                    break;
                case "shape":
                    shape = ParseSizes(ref reader, name, field, MostDimensions);
                    break;
                case "data_offsets":
                    offsets = ParseSizes(ref reader, name, field, 2);
                    break;
                default:
                    throw Wrong(name, $"its description has an unknown field '{FileFormatException.Quote(field)}'");
            }
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
        {
            throw Wrong(name, "its description lacks " + (type is null ? "a dtype" : shape is null ? "a shape" : "two data_offsets"));
        }

        if (begin > end)
        {
            throw Wrong(name, $"its data_offsets [{begin}, {end}] are in the wrong order");
        }

        if (!ElementFormat.TryParse(type, out ElementType elementType))
        {
            throw Wrong(name, $"its dtype '{FileFormatException.Quote(type)}' is unknown");
        }

        SafetensorsEntry entry = new(name, elementType, shape, begin, end);
        CheckSize(entry);
        entries.Add(entry);
    }

    private long[] ParseSizes(ref Utf8JsonReader reader, string name, string field, int most)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(name, $"its {field} is not an array");
        }

        List<long> sizes = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long size) || size < 0)
            {
                throw Wrong(name, $"its {field} has an entry that is not an integer in [0, {long.MaxValue}]");
            }

            if (sizes.Count == most)
            {
                throw Wrong(name, $"its {field} has more than {most} entries");
            }

            sizes.Add(size);
        }

        return [.. sizes];
    }

    private void CheckSize(SafetensorsEntry entry)
    {
        UInt128 bits = (uint)ElementFormat.BitsOf(entry.Type);
        foreach (long size in entry.Shape)
        {
            // Both factors are below 2^63, so the product fits.
            bits *= (ulong)size;
            if (bits > long.MaxValue)
            {
                throw Wrong(entry.Name, $"its shape {FileFormatException.Quote(entry.ShapeText)} is too large for any file");
            }
        }

        if (bits % 8 != 0)
        {
            throw Wrong(entry.Name, $"its shape {FileFormatException.Quote(entry.ShapeText)} of {ElementFormat.NameOf(entry.Type)} does not fill whole bytes");
        }

        if (bits / 8 != (UInt128)entry.ByteCount)
        {
            throw Wrong(
                entry.Name,
                $"shape {FileFormatException.Quote(entry.ShapeText)} of {ElementFormat.NameOf(entry.Type)} needs {bits / 8} bytes, but its data [{entry.Begin}, {entry.End}) has {entry.ByteCount}");
        }
    }

    private void CheckCover(long dataSize)
    {
        long covered = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Begin != covered)
            {
                string problem = entry.Begin < covered ? "overlaps the tensor before it" : "leaves a gap before it";
                throw Wrong(entry.Name, $"its data [{entry.Begin}, {entry.End}) {problem}");
            }

            if (entry.End > dataSize)
            {
                throw Wrong(entry.Name, $"its data [{entry.Begin}, {entry.End}) lies outside the file's {dataSize} bytes of data");
            }

            covered = entry.End;
        }

        if (covered != dataSize)
        {
            throw new FileFormatException(source, $"the header describes {covered} bytes of data, but the file has {dataSize}");
        }
    }

    private FileFormatException Wrong(string name, string reason) => new(source, FileFormatException.Tensor(name), reason);
}
