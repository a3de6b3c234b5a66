using System.Buffers.Binary;

namespace LoraPrivacy.CommandLine.Input;

/// <summary>How one number is stored in a tensor file: its size, kind and byte order.</summary>
/// <param name="Name">The name the file format gives it, for error messages.</param>
/// <param name="Kind">Floating point, signed or unsigned integer.</param>
/// <param name="Size">The size in bytes.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct NpyType(string Name, ElementKind Kind, int Size, bool BigEndian = false)
{
    /// <summary>Reads the number at the start of a span of at least <see cref="Size"/> bytes.</summary>
    public double Decode(ReadOnlySpan<byte> source) => Kind switch
    {
        ElementKind.Float => DecodeFloat(source),
        ElementKind.Unsigned => Unsigned(source),
        _ => Signed(source),
    };

    private double DecodeFloat(ReadOnlySpan<byte> source) => Size switch
    {
        2 => (double)BitConverter.UInt16BitsToHalf((ushort)Unsigned(source)),
        4 => BitConverter.UInt32BitsToSingle((uint)Unsigned(source)),
        _ => BitConverter.UInt64BitsToDouble(Unsigned(source)),
    };

    private ulong Unsigned(ReadOnlySpan<byte> source) => (Size, BigEndian) switch
    {
        (1, _) => source[0],
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(source),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(source),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(source),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(source),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(source),
        (_, true) => BinaryPrimitives.ReadUInt64BigEndian(source),
    };

    private long Signed(ReadOnlySpan<byte> source)
    {
        int unused = 64 - (8 * Size);
        return (long)(Unsigned(source) << unused) >> unused;
    }
}

/// <summary>The kinds of number a tensor file may hold.</summary>
internal enum ElementKind
{
    /// <summary>IEEE 754 binary16, binary32 or binary64.</summary>
    Float,

    /// <summary>Two's complement integer.</summary>
    Signed,

    /// <summary>Unsigned integer.</summary>
    Unsigned,
}
