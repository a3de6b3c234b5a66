namespace LoraPrivacy.Files;

/// <summary>What the header of a safetensors file says about one tensor, checked.</summary>
/// <param name="Name">Its name, any text.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its sizes, each at least 0; empty for a scalar. The numbers are in row-major order.</param>
/// <param name="Begin">Where its data begins, in bytes from the end of the header.</param>
/// <param name="End">Where its data ends.</param>
public sealed record SafetensorsEntry(string Name, ElementType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>The size of its data in bytes.</summary>
    public long ByteCount => End - Begin;

    /// <summary>How many numbers it has: the product of its sizes, 1 for a scalar.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The shape as it is written in messages, for example <c>10×64</c>.</summary>
    public string ShapeText => Shape.Count == 0 ? "scalar" : string.Join("×", Shape);

    /// <summary>The name, shape and type as listed in messages.</summary>
    /// <returns>For example <c>lora_B.weight (10×8, F32)</c>.</returns>
    public override string ToString() => $"{FileFormatException.Quote(Name)} ({ShapeText}, {ElementFormat.NameOf(Type)})";
}
