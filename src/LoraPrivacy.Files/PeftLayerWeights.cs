namespace LoraPrivacy.Files;

/// <summary>The matrices of one adapted layer, to be saved.</summary>
/// <param name="Path">The module's path in the base model.</param>
/// <param name="Inputs">The number of inputs m, at least 1.</param>
/// <param name="Outputs">The number of outputs n, at least 1.</param>
/// <param name="Type">F16, BF16, F32 or F64.</param>
/// <param name="WriteA">Writes A, r × m, as bytes: little-endian, row-major.</param>
/// <param name="WriteB">Writes B, n × r, likewise.</param>
public sealed record PeftLayerWeights(string Path, long Inputs, long Outputs, ElementType Type, Action<Stream> WriteA, Action<Stream> WriteB)
{
    /// <summary>Matrices at hand as doubles.</summary>
    /// <param name="path">The module's path in the base model.</param>
    /// <param name="inputs">The number of inputs m.</param>
    /// <param name="outputs">The number of outputs n.</param>
    /// <param name="type">F16, BF16, F32 or F64; the numbers are rounded to it.</param>
    /// <param name="a">A, r × m, in row-major order.</param>
    /// <param name="b">B, n × r, in row-major order.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The type is none of these.</exception>
    public static PeftLayerWeights Of(string path, long inputs, long outputs, ElementType type, ReadOnlyMemory<double> a, ReadOnlyMemory<double> b)
        => new(
            path, inputs, outputs, type,
            SafetensorsTensor.Of("A", type, [a.Length], a).WriteData,
            SafetensorsTensor.Of("B", type, [b.Length], b).WriteData);
}
