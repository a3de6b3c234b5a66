namespace LoraPrivacy.Production.Randomness;

/// <summary>
/// The one seed of a run. Every use of chance draws from a stream of its own, named by purpose and number (such as a step), so that
/// a run that is resumed at a step draws what the uninterrupted run would have drawn, on any device.
/// </summary>
/// <remarks>
/// The key of a stream is HMAC-SHA-256 of its name under the seed's hash, and the stream is AES-256 in counter mode: streams are
/// independent and unpredictable as far as these are. Whoever knows the seed knows every A and every noise drawn: where privacy
/// rests on them, take <see cref="Fresh"/> and keep it secret. libtorch's own CPU generator would not do: it takes 32 bits of its
/// seed.
/// </remarks>
public sealed class RandomSource
{
    private readonly byte[] key;

    private RandomSource(byte[] key, bool isFromSeed)
    {
        this.key = key;
        IsFromSeed = isFromSeed;
    }

    /// <summary>Whether the key is made from a seed, which can be guessed, rather than from the operating system's randomness.</summary>
    public bool IsFromSeed { get; }

    /// <summary>A reproducible source. A number that can be guessed gives no privacy.</summary>
    /// <param name="seed">Any number.</param>
    public static RandomSource FromSeed(long seed)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, seed);
        return new RandomSource(SHA256.HashData([.. "LoraPrivacy seed"u8, .. bytes]), isFromSeed: true);
    }

    /// <summary>A source keyed by 256 bits of the operating system.</summary>
    public static RandomSource Fresh() => new(RandomNumberGenerator.GetBytes(32), isFromSeed: false);

    /// <summary>The source of an exported key.</summary>
    /// <param name="hexadecimalKey">64 hexadecimal digits, from <see cref="ExportKey"/>.</param>
    /// <param name="isFromSeed">Whether that source was <see cref="IsFromSeed"/>.</param>
    /// <exception cref="ArgumentException">The text is not 64 hexadecimal digits.</exception>
    public static RandomSource FromKey(string hexadecimalKey, bool isFromSeed = false)
    {
        ArgumentNullException.ThrowIfNull(hexadecimalKey);
        return hexadecimalKey.Length == 64 && hexadecimalKey.All(char.IsAsciiHexDigit)
            ? new RandomSource(Convert.FromHexString(hexadecimalKey), isFromSeed)
            : throw new ArgumentException("key must be 64 hexadecimal digits", nameof(hexadecimalKey));
    }

    /// <summary>The key, for a checkpoint. It reveals every draw, past and future.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public string ExportKey() => Convert.ToHexStringLower(key);

    /// <summary>The stream of a purpose.</summary>
    /// <param name="purpose">What the draws are for, such as <c>noise</c> or a layer's path.</param>
    /// <param name="number">Which one, such as the step.</param>
    /// <returns>A stream at its start; the same every time.</returns>
    public RandomSequence Sequence(string purpose, long number = 0)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        byte[] name = Encoding.UTF8.GetBytes(purpose);
        byte[] message = new byte[8 + name.Length];
        BinaryPrimitives.WriteInt64LittleEndian(message, number);
        name.CopyTo(message, 8);
        return new RandomSequence(HMACSHA256.HashData(key, message));
    }
}
