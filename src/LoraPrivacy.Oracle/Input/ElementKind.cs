namespace LoraPrivacy.Oracle.Input;

/// <summary>The kinds of number a tensor file may hold.</summary>
internal enum ElementKind
{
    /// <summary>IEEE 754 binary16, binary32 or binary64.</summary>
    Float,

    /// <summary>Two's complement integer.</summary>
    Signed,

    /// <summary>Unsigned integer.</summary>
    Unsigned,
}
