namespace LoraPrivacy.Production.Data;

/// <summary>
/// Which units are held out: a tenth of them, each by a keyed hash of its own bytes. No unit moves another across the split, and equal
/// units are always on the same side.
/// </summary>
[Statement("S31")]
public sealed class HeldOutSplit
{
    private const double Share = 0.1;

    private readonly byte[] key = new byte[32];

    /// <summary>The split of a run.</summary>
    /// <param name="source">The run's randomness, from which the key of the hash is drawn.</param>
    public HeldOutSplit(RandomSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using RandomSequence sequence = source.Sequence("held out");
        for (int i = 0; i < key.Length; i += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(key.AsSpan(i), sequence.NextUInt64());
        }
    }

    /// <summary>Whether a unit is held out.</summary>
    /// <param name="unit">Its bytes.</param>
    /// <returns>True for a tenth of all units there could be.</returns>
    public bool IsHeldOut(ReadOnlySpan<byte> unit) => Hash(unit) < Share * Math.ScaleB(1, 64);

    /// <summary>The first 64 bits of the HMAC-SHA256 of a unit.</summary>
    /// <param name="unit">Its bytes.</param>
    /// <returns>A number that says nothing about the unit to who has not the run's key.</returns>
    public ulong Hash(ReadOnlySpan<byte> unit) => BinaryPrimitives.ReadUInt64LittleEndian(HMACSHA256.HashData(key, unit));

    /// <summary>
    /// The split of data that are not private: the tenth with the smallest hashes, so that its size is known. One unit more can move another
    /// one here.
    /// </summary>
    /// <param name="units">The bytes of each unit.</param>
    /// <returns>Whether each is held out.</returns>
    public bool[] SmallestTenth(IReadOnlyList<byte[]> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        bool[] heldOut = new bool[units.Count];
        foreach (int i in Enumerable.Range(0, units.Count).OrderBy(i => Hash(units[i])).Take((int)(units.Count * Share)))
        {
            heldOut[i] = true;
        }

        return heldOut;
    }
}
