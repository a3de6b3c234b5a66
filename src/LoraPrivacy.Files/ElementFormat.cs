namespace LoraPrivacy.Files;

/// <summary>How the numbers of each <see cref="ElementType"/> are named and stored: little-endian, as safetensors demands.</summary>
public static class ElementFormat
{
    private static readonly (string Name, int Bits)[] Formats =
    [
        ("BOOL", 8), ("F4", 4), ("F6_E2M3", 6), ("F6_E3M2", 6), ("U8", 8), ("I8", 8), ("F8_E5M2", 8), ("F8_E4M3", 8), ("F8_E8M0", 8),
        ("F8_E4M3FNUZ", 8), ("F8_E5M2FNUZ", 8), ("I16", 16), ("U16", 16), ("F16", 16), ("BF16", 16), ("I32", 32), ("U32", 32),
        ("F32", 32), ("C64", 64), ("F64", 64), ("I64", 64), ("U64", 64),
    ];

    /// <summary>The name that the format gives a type.</summary>
    /// <param name="type">A type.</param>
    /// <returns>For example <c>BF16</c>.</returns>
    public static string NameOf(ElementType type) => Formats[(int)type].Name;

    /// <summary>The size of one number.</summary>
    /// <param name="type">A type.</param>
    /// <returns>The size in bits: 4, 6, or a multiple of 8.</returns>
    public static int BitsOf(ElementType type) => Formats[(int)type].Bits;

    /// <summary>Finds a type by its name.</summary>
    /// <param name="name">The name, in capitals as the format has it.</param>
    /// <param name="type">The type, where there is one.</param>
    /// <returns>Whether the format defines a type of this name.</returns>
    public static bool TryParse(string name, out ElementType type)
    {
        int index = Array.FindIndex(Formats, format => format.Name == name);
        type = (ElementType)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Whether the numbers are real floating-point numbers of 16, 32 or 64 bits, as weights are.</summary>
    /// <param name="type">A type.</param>
    /// <returns>True for F16, BF16, F32 and F64.</returns>
    public static bool IsFloatingPoint(ElementType type)
        => type is ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 or ElementType.Float64;

    /// <summary>The unit roundoff: half the gap between 1 and the next number.</summary>
    /// <param name="type">F16, BF16, F32 or F64.</param>
    /// <returns>2⁻¹¹, 2⁻⁸, 2⁻²⁴ or 2⁻⁵³: the largest relative error of rounding to nearest, outside the subnormal range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of these.</exception>
    public static double UnitRoundoff(ElementType type) => type switch
    {
        ElementType.Float16 => 1.0 / (1 << 11),
        ElementType.BFloat16 => 1.0 / (1 << 8),
        ElementType.Float32 => 1.0 / (1 << 24),
        ElementType.Float64 => 1.0 / (1L << 53),
        _ => throw Unsupported(type),
    };

    /// <summary>Reads numbers of 16, 32 or 64 bits of floating point; exact.</summary>
    /// <param name="type">F16, BF16, F32 or F64.</param>
    /// <param name="source">The stored numbers: as many bytes as <paramref name="values"/> needs, or more.</param>
    /// <param name="values">Where they go.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of these.</exception>
    public static void Decode(ElementType type, ReadOnlySpan<byte> source, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = type switch
            {
                ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(source[(2 * i)..]),
                ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(source[(2 * i)..]) << 16),
                ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(source[(4 * i)..]),
                ElementType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(source[(8 * i)..]),
                _ => throw Unsupported(type),
            };
        }
    }

    /// <summary>Writes numbers as floating point of 16, 32 or 64 bits, rounded to nearest with ties to even.</summary>
    /// <param name="type">F16, BF16, F32 or F64.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="destination">Where they go: as many bytes as they need, or more.</param>
    /// <remarks>To BF16 the rounding is in two steps, over binary32, as in PyTorch.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of these.</exception>
    public static void Encode(ElementType type, ReadOnlySpan<double> values, Span<byte> destination)
    {
        for (int i = 0; i < values.Length; i++)
        {
            switch (type)
            {
                case ElementType.Float16:
                    BinaryPrimitives.WriteHalfLittleEndian(destination[(2 * i)..], (Half)values[i]);
                    break;
                case ElementType.BFloat16:
                    BinaryPrimitives.WriteUInt16LittleEndian(destination[(2 * i)..], ToBFloat16((float)values[i]));
                    break;
                case ElementType.Float32:
                    BinaryPrimitives.WriteSingleLittleEndian(destination[(4 * i)..], (float)values[i]);
                    break;
                case ElementType.Float64:
                    BinaryPrimitives.WriteDoubleLittleEndian(destination[(8 * i)..], values[i]);
                    break;
                default:
                    throw Unsupported(type);
            }
        }
    }

    private static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        if (float.IsNaN(value))
        {
            // Rounding could carry a NaN's payload away.
            return (ushort)((bits >> 16) | 0x40);
        }

        uint roundToEven = 0x7FFF + ((bits >> 16) & 1);
        return (ushort)((bits + roundToEven) >> 16);
    }

    private static ArgumentOutOfRangeException Unsupported(ElementType type)
        => new(nameof(type), $"type must be F16, BF16, F32 or F64, but is {NameOf(type)}");
}
