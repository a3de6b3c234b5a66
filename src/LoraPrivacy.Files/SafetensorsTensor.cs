namespace LoraPrivacy.Files;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Its name: any text that is not <c>__metadata__</c>.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its sizes, each at least 0; empty for a scalar.</param>
/// <param name="WriteData">
/// Writes its numbers to a stream, little-endian and in row-major order: exactly as many bytes as shape and type say. Called once, when
/// its turn comes, so that tensors need not be in memory together.
/// </param>
public sealed record SafetensorsTensor(string Name, ElementType Type, IReadOnlyList<long> Shape, Action<Stream> WriteData)
{
    private const int ChunkCount = 8192;

    /// <summary>A tensor whose bytes are at hand.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="data">Its bytes; they are read when the tensor is written.</param>
    /// <returns>The tensor.</returns>
    public static SafetensorsTensor Of(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
        => new(name, type, shape, stream => stream.Write(data.Span));

    /// <summary>A tensor of real numbers, rounded to nearest where the type is narrower than a double.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">F16, BF16, F32 or F64.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="values">Its numbers in row-major order; they are read when the tensor is written.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of these.</exception>
    public static SafetensorsTensor Of(string name, ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<double> values)
    {
        // Refuses another type now rather than in the middle of a file.
        ElementFormat.UnitRoundoff(type);
        return new(name, type, shape, stream =>
        {
            int size = ElementFormat.BitsOf(type) / 8;
            byte[] chunk = new byte[Math.Min(ChunkCount, values.Length) * size];
            for (int start = 0; start < values.Length; start += ChunkCount)
            {
                ReadOnlySpan<double> part = values.Span[start..Math.Min(start + ChunkCount, values.Length)];
                ElementFormat.Encode(type, part, chunk);
                stream.Write(chunk, 0, part.Length * size);
            }
        });
    }
}
