namespace LoraPrivacy.Oracle.Input;

/// <summary>What the header of a .safetensors file says about one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TypeName">The type of its numbers, for example BF16.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Begin">Where its data begins, in bytes from the end of the header.</param>
/// <param name="End">Where its data ends.</param>
internal sealed record SafetensorsEntry(string Name, string TypeName, long[] Shape, long Begin, long End)
{
    /// <summary>How its numbers are read, or null if this command does not read them.</summary>
    public ElementType? NumberType => TypeName switch
    {
        "F16" => new ElementType(TypeName, ElementKind.Float, 2),
        "BF16" => new ElementType(TypeName, ElementKind.BrainFloat, 2),
        "F32" => new ElementType(TypeName, ElementKind.Float, 4),
        "F64" => new ElementType(TypeName, ElementKind.Float, 8),
        _ => null,
    };

    /// <summary>The size of one of its numbers in bytes, or null for a type the format does not define.</summary>
    public int? ElementSize => TypeName switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" or "C64" => 8,
        _ => null,
    };

    /// <summary>The name and shape as listed in messages, for example "lora_B.weight (10×8, F32)".</summary>
    public override string ToString() => $"{Name} ({Tensor.Describe(Shape)}, {TypeName})";
}
