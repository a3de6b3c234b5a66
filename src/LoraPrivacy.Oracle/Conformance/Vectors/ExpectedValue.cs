namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>What a member of a result has to be: one number, or an array of expected values.</summary>
internal abstract record ExpectedValue
{
    private ExpectedValue()
    {
    }

    /// <summary>One number.</summary>
    internal sealed record Number(Enclosure Enclosure) : ExpectedValue;

    /// <summary>An array.</summary>
    internal sealed record Sequence(IReadOnlyList<ExpectedValue> Items) : ExpectedValue;
}
