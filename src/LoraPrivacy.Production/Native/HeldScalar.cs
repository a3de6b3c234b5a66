using TorchSharp;

namespace LoraPrivacy.Production.Native;

/// <summary>
/// Numbers for tensor operations that the garbage collector cannot free too early. TorchSharp hands libtorch the address inside a
/// <see cref="Scalar"/> that nothing refers to any more, so a collection during the call can free it and the operation reads freed
/// memory: rare (one in some ten thousand steps), and then an exception or a wrong number.
/// </summary>
internal static class HeldScalar
{
    // A scalar is held until this many others were made, long after its call has returned.
    private const int Count = 1 << 12;

    private static readonly Scalar?[] Held = new Scalar?[Count];
    private static uint next;

    /// <summary>
    /// The α of a sum. TorchSharp's <c>a + b</c> and <c>a.add_(b)</c> make one of their own for every call: write
    /// <c>a.add(b, HeldScalar.One)</c> where a model runs.
    /// </summary>
    internal static readonly Scalar One = 1;

    internal static Scalar Of(double value) => Hold(value);

    internal static Scalar Of(long value) => Hold(value);

    private static Scalar Hold(Scalar scalar) => Held[Interlocked.Increment(ref next) % Count] = scalar;
}
