namespace LoraPrivacy.Files;

/// <summary>
/// The number types that the safetensors format defines, in the order of its library, which is that of growing alignment: the
/// writer puts tensors of later types first.
/// </summary>
public enum ElementType
{
    /// <summary>BOOL: one byte, 0 or 1.</summary>
    Bool,

    /// <summary>F4: four bits of floating point.</summary>
    Float4,

    /// <summary>F6_E2M3: six bits of floating point.</summary>
    Float6E2M3,

    /// <summary>F6_E3M2: six bits of floating point.</summary>
    Float6E3M2,

    /// <summary>U8: unsigned byte.</summary>
    UInt8,

    /// <summary>I8: signed byte.</summary>
    Int8,

    /// <summary>F8_E5M2: eight bits of floating point.</summary>
    Float8E5M2,

    /// <summary>F8_E4M3: eight bits of floating point.</summary>
    Float8E4M3,

    /// <summary>F8_E8M0: eight bits of exponent.</summary>
    Float8E8M0,

    /// <summary>F8_E4M3FNUZ: eight bits of floating point without negative zero.</summary>
    Float8E4M3Fnuz,

    /// <summary>F8_E5M2FNUZ: eight bits of floating point without negative zero.</summary>
    Float8E5M2Fnuz,

    /// <summary>I16: 16-bit integer.</summary>
    Int16,

    /// <summary>U16: 16-bit unsigned integer.</summary>
    UInt16,

    /// <summary>F16: IEEE 754 binary16.</summary>
    Float16,

    /// <summary>BF16: bfloat16, the upper half of a binary32.</summary>
    BFloat16,

    /// <summary>I32: 32-bit integer.</summary>
    Int32,

    /// <summary>U32: 32-bit unsigned integer.</summary>
    UInt32,

    /// <summary>F32: IEEE 754 binary32.</summary>
    Float32,

    /// <summary>C64: a complex number of two binary32.</summary>
    Complex64,

    /// <summary>F64: IEEE 754 binary64.</summary>
    Float64,

    /// <summary>I64: 64-bit integer.</summary>
    Int64,

    /// <summary>U64: 64-bit unsigned integer.</summary>
    UInt64,
}
