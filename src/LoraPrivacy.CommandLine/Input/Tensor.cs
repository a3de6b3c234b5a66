namespace LoraPrivacy.CommandLine.Input;

/// <summary>Numbers read from a file, in row-major order, all finite.</summary>
/// <param name="Source">The file, and the tensor in it if it has a name; for messages.</param>
/// <param name="Shape">The sizes, one to three of them, each at least 1.</param>
/// <param name="Values">The numbers.</param>
internal sealed record Tensor(string Source, int[] Shape, double[] Values)
{
    /// <summary>The most numbers a tensor may have; as doubles they take one gibibyte.</summary>
    public const long LargestCount = 1L << 27;

    /// <summary>Checks a shape before anything of its size is allocated, and returns the number of elements.</summary>
    public static long CheckedCount(string source, IReadOnlyList<long> shape)
    {
        if (shape.Count is < 1 or > 3)
        {
            throw new InputException($"{source}: has {shape.Count} dimensions, but a gradient has 1, 2 or 3 (examples, rows, columns)");
        }

        long count = 1;
        foreach (long size in shape)
        {
            if (size < 1)
            {
                throw new InputException($"{source}: shape {Describe(shape)} holds no numbers");
            }

            // Both factors are at most 2^27 here, so the product cannot overflow.
            count = size > LargestCount ? long.MaxValue : count * size;
            if (count > LargestCount)
            {
                throw new InputException($"{source}: shape {Describe(shape)} is too large; at most {LargestCount} numbers are read");
            }
        }

        return count;
    }

    /// <summary>A shape as it is written in messages, for example "10×64".</summary>
    public static string Describe(IEnumerable<long> shape) => string.Join("×", shape);

    /// <summary>Reads <paramref name="count"/> numbers from a stream, and refuses what is not finite.</summary>
    public static double[] ReadValues(Stream stream, string source, NpyType type, int[] shape, int count, bool columnsFirst)
    {
        double[] values = new double[count];
        byte[] chunk = new byte[Math.Min(count, 8192) * type.Size];
        for (int start = 0; start < count;)
        {
            int size = Math.Min(chunk.Length / type.Size, count - start);
            stream.ReadExactly(chunk, 0, size * type.Size);
            for (int i = 0; i < size; i++)
            {
                double value = type.Decode(chunk.AsSpan(i * type.Size));
                int index = columnsFirst ? RowMajorIndex(start + i, shape) : start + i;
                values[index] = double.IsFinite(value)
                    ? value
                    : throw NotFinite(source, index, shape, value);
            }

            start += size;
        }

        return values;
    }

    /// <summary>Refuses what is not finite; otherwise the same values.</summary>
    public static double[] CheckedFinite(double[] values, string source, int[] shape)
        => Array.FindIndex(values, value => !double.IsFinite(value)) is int index and >= 0
            ? throw NotFinite(source, index, shape, values[index])
            : values;

    /// <summary>The indices of an element, for example "[3, 17]".</summary>
    public static string Place(int index, int[] shape)
    {
        int[] indices = new int[shape.Length];
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            indices[d] = index % shape[d];
            index /= shape[d];
        }

        return $"[{string.Join(", ", indices)}]";
    }

    private static InputException NotFinite(string source, int index, int[] shape, double value)
        => new($"{source}: entry {Place(index, shape)} is {value}; every entry must be a finite number");

    /// <summary>Where the element that comes <paramref name="position"/>-th in column-major order goes in row-major order.</summary>
    private static int RowMajorIndex(int position, int[] shape)
    {
        int index = 0;
        int stride = shape.Aggregate(1, (product, size) => product * size);
        foreach (int size in shape)
        {
            stride /= size;
            index += position % size * stride;
            position /= size;
        }

        return index;
    }
}
