namespace LoraPrivacy.Files;

/// <summary>
/// Reads a safetensors file, one tensor at a time. The header is checked as a whole first: at most 100,000,000 bytes, no longer than
/// the file, strict JSON without duplicate names, and tensors that cover the data exactly, each with the size that its shape says.
/// </summary>
/// <remarks>
/// A hostile file costs at most the memory of its own header (a small multiple of its bytes) and is refused with a
/// <see cref="FileFormatException"/>. Not thread-safe: tensors are read through one stream.
/// </remarks>
public sealed class SafetensorsReader : IDisposable
{
    /// <summary>The longest header that the format allows, in bytes.</summary>
    public const int LongestHeader = 100_000_000;

    private const int ChunkSize = 1 << 16;

    private readonly Stream stream;
    private readonly long dataStart;
    private readonly SafetensorsHeader header;
    private readonly Dictionary<string, SafetensorsEntry> byName;

    /// <summary>Reads the header from a stream.</summary>
    /// <param name="stream">A seekable stream at the start of the file; it is disposed of with the reader.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="FileFormatException">The file is not a whole safetensors file.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public SafetensorsReader(Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(source);
        this.stream = stream;
        Source = source;
        byte[] json = ReadHeader(stream, source);
        dataStart = stream.Position;
        header = SafetensorsHeader.Parse(json, stream.Length - dataStart, source);
        byName = Tensors.ToDictionary(entry => entry.Name);
    }

    /// <summary>The file's name, for messages.</summary>
    public string Source { get; }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsEntry> Tensors => header.Entries;

    /// <summary>The texts under <c>__metadata__</c>; empty where there are none. They are read anew at each call.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.ReadMetadata();

    /// <summary>Opens a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>A reader, to be disposed of.</returns>
    /// <exception cref="FileFormatException">The file is not a whole safetensors file, is no regular file, does not exist or cannot be read.</exception>
    public static SafetensorsReader Open(string path)
    {
        FileStream stream = RegularFile.Open(path);
        try
        {
            return new SafetensorsReader(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Finds a tensor by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tensor, or null if there is none of this name.</returns>
    public SafetensorsEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads the bytes of a tensor.</summary>
    /// <param name="entry">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">Where they go: exactly as many bytes as the tensor has.</param>
    /// <exception cref="ArgumentException">The destination has another size.</exception>
    /// <exception cref="FileFormatException">The file has become shorter.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(SafetensorsEntry entry, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (destination.Length != entry.ByteCount)
        {
            throw new ArgumentException($"destination must have {entry.ByteCount} bytes, but has {destination.Length}", nameof(destination));
        }

        stream.Position = dataStart + entry.Begin;
        ReadFully(destination);
    }

    /// <summary>Reads the numbers of a floating-point tensor as doubles, exactly, in row-major order.</summary>
    /// <param name="entry">One of <see cref="Tensors"/>, of type F16, BF16, F32 or F64.</param>
    /// <param name="destination">Where they go: exactly as many as the tensor has.</param>
    /// <exception cref="ArgumentException">The destination has another size, or the type is another.</exception>
    /// <exception cref="FileFormatException">The file has become shorter.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(SafetensorsEntry entry, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (destination.Length != entry.Count)
        {
            throw new ArgumentException($"destination must have {entry.Count} numbers, but has {destination.Length}", nameof(destination));
        }

        if (!ElementFormat.IsFloatingPoint(entry.Type))
        {
            throw new ArgumentException($"{FileFormatException.Tensor(entry.Name)} must be F16, BF16, F32 or F64, but is {ElementFormat.NameOf(entry.Type)}", nameof(entry));
        }

        int size = ElementFormat.BitsOf(entry.Type) / 8;
        byte[] chunk = new byte[(int)Math.Min(ChunkSize, entry.ByteCount)];
        stream.Position = dataStart + entry.Begin;
        while (destination.Length > 0)
        {
            int count = Math.Min(chunk.Length / size, destination.Length);
            ReadFully(chunk.AsSpan(0, count * size));
            ElementFormat.Decode(entry.Type, chunk, destination[..count]);
            destination = destination[count..];
        }
    }

    /// <summary>Copies the bytes of a tensor, a chunk at a time.</summary>
    /// <param name="entry">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">Where they go.</param>
    /// <exception cref="FileFormatException">The file has become shorter.</exception>
    /// <exception cref="IOException">The file cannot be read or the stream not written.</exception>
    public void CopyTo(SafetensorsEntry entry, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(destination);
        byte[] chunk = new byte[(int)Math.Min(ChunkSize, entry.ByteCount)];
        stream.Position = dataStart + entry.Begin;
        for (long left = entry.ByteCount; left > 0; left -= chunk.Length)
        {
            int count = (int)Math.Min(chunk.Length, left);
            ReadFully(chunk.AsSpan(0, count));
            destination.Write(chunk, 0, count);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => stream.Dispose();

    private static byte[] ReadHeader(Stream stream, string source)
    {
        string? foreign = ForeignFormat.Of(stream);
        Span<byte> sizeField = stackalloc byte[8];
        if (stream.ReadAtLeast(sizeField, 8, throwOnEndOfStream: false) < 8)
        {
            throw new FileFormatException(source, foreign ?? "is truncated: a safetensors file starts with the 8-byte size of its header");
        }

        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(sizeField);
        long left = stream.Length - stream.Position;
        if (size > (ulong)left)
        {
            throw new FileFormatException(source, foreign ?? $"claims a header of {size} bytes, but has {left} left");
        }

        if (size > LongestHeader)
        {
            throw new FileFormatException(source, foreign ?? $"claims a header of {size} bytes; the format allows {LongestHeader}");
        }

        byte[] header = new byte[size];
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            ? header
            : throw new FileFormatException(source, "became shorter while it was read");
    }

    private void ReadFully(Span<byte> destination)
    {
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw new FileFormatException(Source, "became shorter while it was read");
        }
    }
}
