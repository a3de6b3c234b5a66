namespace LoraPrivacy.Files;

/// <summary>
/// Writes safetensors files with the bytes that the format's own library (0.4 and later) writes: tensors in falling order of
/// <see cref="ElementType"/> and then by name (its UTF-8 bytes), data in the same order without gaps, the header compact with
/// <c>__metadata__</c> first, then <c>dtype</c>, <c>shape</c> and <c>data_offsets</c> of each tensor, and padded with blanks to a
/// multiple of 8 bytes.
/// </summary>
/// <remarks>
/// The library keeps its metadata in a hash map and so writes several texts in any order; here they are sorted by name. With one text,
/// such as the <c>{"format":"pt"}</c> of PyTorch and PEFT, there is only one order.
/// </remarks>
public static class SafetensorsWriter
{
    /// <summary>The metadata that PyTorch and PEFT write: <c>format</c> is <c>pt</c>.</summary>
    public static IReadOnlyDictionary<string, string> PyTorchMetadata { get; } = new Dictionary<string, string> { ["format"] = "pt" };

    /// <summary>Writes a file, which appears under its name only when it is complete.</summary>
    /// <param name="path">The path.</param>
    /// <param name="tensors">The tensors, in any order.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; null for none.</param>
    /// <exception cref="ArgumentException">A tensor or a text is unusable; see <see cref="Write(Stream, IEnumerable{SafetensorsTensor}, IReadOnlyDictionary{string, string}?)"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using AtomicFile file = new(path);
        Write(file.Stream, tensors, metadata);
        file.Commit();
    }

    /// <summary>Writes to a stream, from where it stands.</summary>
    /// <param name="stream">A stream that knows its position.</param>
    /// <param name="tensors">The tensors, in any order.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; null for none.</param>
    /// <exception cref="ArgumentException">
    /// Two tensors have one name, a name is <c>__metadata__</c> or not a whole text (half of a surrogate pair), a size is negative, a tensor
    /// does not fill whole bytes or is larger than a file can be, or its data is not as long as its shape and type say.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        (SafetensorsTensor Tensor, byte[] Key, long Size)[] sorted = [.. tensors.Select(tensor => (tensor, KeyOf(tensor.Name), SizeOf(tensor)))];
        Array.Sort(sorted, (x, y) => x.Tensor.Type != y.Tensor.Type ? y.Tensor.Type.CompareTo(x.Tensor.Type) : x.Key.AsSpan().SequenceCompareTo(y.Key));
        CheckNames(sorted.Select(item => item.Tensor.Name));

        byte[] header = Encoding.UTF8.GetBytes(Header(sorted, metadata));
        int padded = (header.Length + 7) / 8 * 8;
        if (padded > SafetensorsReader.LongestHeader)
        {
            throw new ArgumentException($"the header of {sorted.Length} tensors needs {padded} bytes; the format allows {SafetensorsReader.LongestHeader}", nameof(tensors));
        }

        Span<byte> sizeField = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(sizeField, padded);
        stream.Write(sizeField);
        stream.Write(header);
        stream.Write("       "u8[..(padded - header.Length)]);
        foreach ((SafetensorsTensor tensor, _, long size) in sorted)
        {
            long start = stream.Position;
            tensor.WriteData(stream);
            if (stream.Position - start != size)
            {
                throw new ArgumentException(
                    $"{FileFormatException.Tensor(tensor.Name)} of shape {Describe(tensor.Shape)} and type {ElementFormat.NameOf(tensor.Type)} must write {size} bytes, but wrote {stream.Position - start}",
                    nameof(tensors));
            }
        }
    }

    private static string Header((SafetensorsTensor Tensor, byte[] Key, long Size)[] sorted, IReadOnlyDictionary<string, string>? metadata)
    {
        StringBuilder json = new("{");
        if (metadata is not null)
        {
            AppendText(json, SafetensorsHeader.MetadataKey);
            json.Append(":{");
            bool isFirst = true;
            foreach ((string key, string value) in metadata.OrderBy(text => text.Key, StringComparer.Ordinal))
            {
                KeyOf(key);
                KeyOf(value);
                AppendText(isFirst ? json : json.Append(','), key);
                AppendText(json.Append(':'), value);
                isFirst = false;
            }

            json.Append(sorted.Length > 0 ? "}," : "}");
        }

        long offset = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            SafetensorsTensor tensor = sorted[i].Tensor;
            AppendText(i == 0 ? json : json.Append(','), tensor.Name);
            json.Append(CultureInfo.InvariantCulture, $$""":{"dtype":"{{ElementFormat.NameOf(tensor.Type)}}","shape":[{{string.Join(',', tensor.Shape)}}],"data_offsets":[{{offset}},{{offset + sorted[i].Size}}]}""");
            offset = checked(offset + sorted[i].Size);
        }

        return json.Append('}').ToString();
    }

    /// <summary>A JSON text as serde_json writes it: only quotes, backslashes and control characters below U+0020 are escaped.</summary>
    private static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char c in text)
        {
            string? escape = c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\b' => @"\b",
                '\f' => @"\f",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => null,
            };
            _ = escape is null ? json.Append(c) : json.Append(escape);
        }

        json.Append('"');
    }

    private static byte[] KeyOf(string text)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(text);
        }
        catch (EncoderFallbackException failure)
        {
            throw new ArgumentException($"'{FileFormatException.Quote(text)}' must be whole Unicode text, but has half of a surrogate pair", failure);
        }
    }

    private static long SizeOf(SafetensorsTensor tensor)
    {
        UInt128 bits = (uint)ElementFormat.BitsOf(tensor.Type);
        foreach (long size in tensor.Shape)
        {
            bits = size < 0 ? UInt128.MaxValue : bits * (ulong)size;
            if (bits > long.MaxValue)
            {
                throw new ArgumentException($"{FileFormatException.Tensor(tensor.Name)} must have a shape of sizes of at least 0 that fits into a file, but it is {Describe(tensor.Shape)}");
            }
        }

        return bits % 8 == 0
            ? (long)(bits / 8)
            : throw new ArgumentException($"{FileFormatException.Tensor(tensor.Name)} must fill whole bytes, but {Describe(tensor.Shape)} of {ElementFormat.NameOf(tensor.Type)} does not");
    }

    private static void CheckNames(IEnumerable<string> names)
    {
        HashSet<string> seen = [];
        foreach (string name in names)
        {
            if (name == SafetensorsHeader.MetadataKey || !seen.Add(name))
            {
                throw new ArgumentException($"{FileFormatException.Tensor(name)} must have a name of its own that is not {SafetensorsHeader.MetadataKey}");
            }
        }
    }

    private static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
