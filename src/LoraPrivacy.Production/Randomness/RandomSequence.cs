namespace LoraPrivacy.Production.Randomness;

/// <summary>A stream of random numbers: the key stream of AES-256 in counter mode. Not thread-safe.</summary>
public sealed class RandomSequence : IDisposable
{
    private const int BufferBytes = 8192;

    private readonly Aes cipher = Aes.Create();
    private readonly byte[] counters = new byte[BufferBytes];
    private readonly byte[] buffer = new byte[BufferBytes];
    private ulong counter;
    private int position = BufferBytes;

    internal RandomSequence(byte[] key) => cipher.Key = key;

    /// <summary>A stream that starts with given words, such as those that lead into a tail.</summary>
    internal RandomSequence(byte[] key, ReadOnlySpan<ulong> start)
        : this(key)
    {
        position -= 8 * start.Length;
        start.CopyTo(MemoryMarshal.Cast<byte, ulong>(buffer.AsSpan(position)));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        if (position == BufferBytes)
        {
            Refill();
        }

        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(position));
        position += 8;
        return value;
    }

    /// <summary>Uniform on the 2^53 midpoints (k + ½)/2^53: never 0 and never 1.</summary>
    public double NextUniform() => Uniform(NextUInt64());

    /// <summary>A whole number in [0, bound), each with the same probability exactly.</summary>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is less than 1.</exception>
    public long NextInteger(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong range = (ulong)bound;
        ulong refused = (0 - range) % range;
        while (true)
        {
            ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
            if (low >= refused)
            {
                return (long)high;
            }
        }
    }

    /// <summary>Fills with uniform numbers as <see cref="NextUniform"/> draws them.</summary>
    /// <param name="values">Overwritten.</param>
    public void FillUniform(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = NextUniform();
        }
    }

    /// <summary>Fills with independent standard normal numbers (S29): exact ones, rounded to an odd multiple of 2^-58 and then to a double.</summary>
    /// <param name="values">Overwritten. No value is 0, and none is too large to come up.</param>
    public void FillNormal(Span<double> values) => NormalSampler.Fill(this, values);

    /// <summary>A tensor of independent standard normal numbers.</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>A float64 tensor on the CPU.</returns>
    public Tensor Normal(params long[] shape)
    {
        double[] values = new double[Count(shape)];
        FillNormal(values);
        return tensor(values, shape, ScalarType.Float64);
    }

    /// <summary>A tensor of independent numbers, uniform on (0, 1).</summary>
    /// <param name="shape">Its shape.</param>
    /// <returns>A float64 tensor on the CPU.</returns>
    public Tensor Uniform(params long[] shape)
    {
        double[] values = new double[Count(shape)];
        FillUniform(values);
        return tensor(values, shape, ScalarType.Float64);
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(buffer);
    }

    private static double Uniform(ulong bits) => ((bits >> 11) + 0.5) * (1.0 / (1L << 53));

    private static long Count(long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return shape.Aggregate(1L, (product, size) => checked(product * size));
    }

    private void Refill()
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(counters.AsSpan());
        for (int i = 0; i < words.Length; i += 2)
        {
            words[i] = counter++;
        }

        cipher.EncryptEcb(counters, buffer, PaddingMode.None);
        position = 0;
    }
}
