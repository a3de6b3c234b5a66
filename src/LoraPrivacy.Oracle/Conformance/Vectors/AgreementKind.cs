namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>The kinds of agreement.</summary>
internal enum AgreementKind
{
    /// <summary>The double nearest to the value.</summary>
    Bits,

    /// <summary>Within some units in the last place.</summary>
    Ulp,

    /// <summary>Within a relative distance.</summary>
    Relative,

    /// <summary>Within an absolute distance.</summary>
    Absolute,

    /// <summary>A bracket that contains the value.</summary>
    Contains,

    /// <summary>A bound that is not below the value.</summary>
    UpperBound,
}
