using System.Buffers.Binary;

namespace LoraPrivacy.Oracle.Input;

/// <summary>
/// Reads one tensor from a .safetensors file (F16, BF16, F32, F64). The header is checked as a whole first: the tensors must
/// cover the data exactly, without gaps or overlaps, each with the size that its shape says.
/// </summary>
internal static class SafetensorsReader
{
    /// <summary>Headers hold about 100 bytes a tensor: this is room for a hundred thousand of them.</summary>
    private const long LongestHeader = 16L << 20;

    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="tensorName">Which tensor to read; null for the only one with two or three dimensions.</param>
    public static Tensor Read(Stream stream, string source, string? tensorName)
    {
        SafetensorsHeader header = SafetensorsHeader.Parse(ReadHeader(stream, source), source);
        long dataStart = stream.Position;
        header.CheckLayout(stream.Length - dataStart);
        SafetensorsEntry entry = header.Choose(tensorName);

        string place = $"{source}, tensor '{entry.Name}'";
        ElementType type = entry.NumberType
            ?? throw new InputException($"{place}: numbers of type {entry.TypeName} are not supported; F16, BF16, F32 and F64 are");
        long count = Tensor.CheckedCount(place, entry.Shape);
        int[] shape = [.. entry.Shape.Select(size => (int)size)];
        stream.Position = dataStart + entry.Begin;
        return new Tensor(place, shape, Tensor.ReadValues(stream, place, type, shape, (int)count, columnsFirst: false));
    }

    private static byte[] ReadHeader(Stream stream, string source)
    {
        Span<byte> sizeField = stackalloc byte[8];
        if (stream.ReadAtLeast(sizeField, 8, throwOnEndOfStream: false) < 8)
        {
            throw new InputException($"{source}: is truncated: a .safetensors file starts with the 8-byte size of its header");
        }

        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(sizeField);
        if (size > (ulong)(stream.Length - stream.Position))
        {
            throw new InputException($"{source}: claims a header of {size} bytes, but has {stream.Length - stream.Position} left");
        }

        if (size > LongestHeader)
        {
            throw new InputException($"{source}: claims a header of {size} bytes; at most {LongestHeader} are read");
        }

        byte[] header = new byte[size];
        stream.ReadExactly(header);
        return header;
    }
}
