namespace LoraPrivacy.Certifier.Interop;

/// <summary>The precision in bits that operators and functions of balls round their midpoints to, on this thread, until it is disposed of.</summary>
/// <remarks>An enclosure is right at every precision; it is only wider at a low one.</remarks>
internal readonly struct WorkingPrecision : IDisposable
{
    private const int Default = 128;

    [ThreadStatic]
    private static int bits;

    private readonly int before;

    private WorkingPrecision(int bits)
    {
        before = WorkingPrecision.bits;
        WorkingPrecision.bits = bits;
    }

    /// <summary>The precision in force.</summary>
    public static int Bits => WorkingPrecision.bits == 0 ? Default : WorkingPrecision.bits;

    /// <summary>Sets the precision for a scope.</summary>
    public static WorkingPrecision Of(int bits) => new(bits);

    /// <summary>Goes back to the precision before.</summary>
    public void Dispose() => WorkingPrecision.bits = before;
}
