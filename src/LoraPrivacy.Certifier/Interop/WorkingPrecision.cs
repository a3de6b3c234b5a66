namespace LoraPrivacy.Certifier.Interop;

/// <summary>The precision in bits that operators and functions of balls round their midpoints to, on this thread, until it is disposed of.</summary>
/// <remarks>An enclosure is right at every precision; it is only wider at a low one.</remarks>
internal readonly struct WorkingPrecision : IDisposable
{
    private const int Default = 128;

    [ThreadStatic]
    private static int s_bits;

    private readonly int _before;

    private WorkingPrecision(int bits)
    {
        _before = s_bits;
        s_bits = bits;
    }

    /// <summary>The precision in force.</summary>
    public static int Bits => s_bits == 0 ? Default : s_bits;

    /// <summary>Sets the precision for a scope.</summary>
    public static WorkingPrecision Of(int bits) => new(bits);

    /// <summary>Goes back to the precision before.</summary>
    public void Dispose() => s_bits = _before;
}
