using System.Buffers.Binary;

namespace LoraPrivacy.CommandLine.Input;

/// <summary>
/// Reads NumPy's .npy format, versions 1 to 3: real floating point and integers, either byte order, either memory order.
/// The sizes the header claims are checked against the file before anything is allocated.
/// </summary>
internal static class NpyReader
{
    /// <summary>NumPy writes headers of about a hundred bytes; a longer one than this is not a plain array's.</summary>
    private const int LongestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static Tensor Read(Stream stream, string source)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual(Magic))
        {
            stream.Position = 0;
            throw new InputException($"{source}: {ForeignFormat.Of(stream) ?? "is not an .npy file (it does not start with \\x93NUMPY)"}");
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw new InputException($"{source}: .npy format version {version}.{start[7]} is not supported; versions 1 to 3 are");
        }

        NpyHeader header = NpyHeader.Parse(ReadHeader(stream, source, version), source);
        NpyType type = TypeOf(header.Descriptor, source);
        long count = Tensor.CheckedCount(source, header.Shape);
        long present = stream.Length - stream.Position;
        if (present != count * type.Size)
        {
            throw new InputException(
                $"{source}: shape {Tensor.Describe(header.Shape)} of {type.Name} needs {count * type.Size} bytes of data, but the file has {present}");
        }

        int[] shape = [.. header.Shape.Select(size => (int)size)];
        return new Tensor(source, shape, Tensor.ReadValues(stream, source, type, shape, (int)count, header.FortranOrder));
    }

    private static string ReadHeader(Stream stream, string source, int version)
    {
        Span<byte> sizeField = stackalloc byte[version == 1 ? 2 : 4];
        bool hasSize = stream.ReadAtLeast(sizeField, sizeField.Length, throwOnEndOfStream: false) == sizeField.Length;
        long size = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(sizeField)
            : BinaryPrimitives.ReadUInt32LittleEndian(sizeField);
        if (!hasSize || size > stream.Length - stream.Position)
        {
            throw new InputException($"{source}: is truncated within its header");
        }

        if (size > LongestHeader)
        {
            throw new InputException($"{source}: claims a header of {size} bytes; at most {LongestHeader} are read");
        }

        byte[] header = new byte[size];
        stream.ReadExactly(header);
        return (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(header);
    }

    private static NpyType TypeOf(string descriptor, string source)
    {
        bool known = descriptor.Length is 3
            && "<>=|".Contains(descriptor[0], StringComparison.Ordinal)
            && int.TryParse(descriptor.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        int size = known ? descriptor[2] - '0' : 0;
        ElementKind? kind = (known ? descriptor[1] : ' ', size) switch
        {
            ('f', 2 or 4 or 8) => ElementKind.Float,
            ('i', 1 or 2 or 4 or 8) => ElementKind.Signed,
            ('u', 1 or 2 or 4 or 8) => ElementKind.Unsigned,
            _ => null,
        };
        if (kind is null || (descriptor[0] == '|' && size > 1))
        {
            throw new InputException($"{source}: numbers of type '{FileFormatException.Quote(descriptor)}' are not supported; f2, f4, f8 and integers are{Cure(descriptor)}");
        }

        bool bigEndian = descriptor[0] == '>' || (descriptor[0] == '=' && !BitConverter.IsLittleEndian);
        return new NpyType(descriptor, kind.Value, size, bigEndian);
    }

    private static string Cure(string descriptor) => descriptor.TrimStart('<', '>', '=', '|') switch
    {
        "V2" => ": NumPy saves bfloat16 as raw V2, without saying so; save array.astype('float32')",
        "V1" => ": NumPy saves the 8-bit types of ml_dtypes as raw V1, without saying so; save array.astype('float32')",
        "O" => ": an array of objects is a pickle, which runs code when it is read; save array.astype('float64')",
        "b1" or "f16" => ": save array.astype('float64')",
        "c8" or "c16" => ": save the real and imaginary parts as arrays of their own",
        _ => string.Empty,
    };
}
