namespace LoraPrivacy.Certifier.Vectors;

/// <summary>How an answer is held against an enclosure.</summary>
/// <param name="Kind">bits, ulp, relative, absolute, contains or upper-bound.</param>
/// <param name="Tolerance">For relative and absolute: the error allowed, a decimal number.</param>
/// <param name="Ulps">For ulp: the distance allowed in units of the last place.</param>
internal sealed record Comparison(string Kind, string? Tolerance = null, int? Ulps = null)
{
    /// <summary>The double nearest to the result.</summary>
    public static Comparison Bits { get; } = new("bits");

    /// <summary>A bracket must contain the result.</summary>
    public static Comparison Contains { get; } = new("contains");

    /// <summary>The answer must not be below the result.</summary>
    public static Comparison UpperBound { get; } = new("upper-bound");

    /// <summary>An absolute error.</summary>
    public static Comparison Absolute(string tolerance) => new("absolute", tolerance);

    /// <summary>A relative error.</summary>
    public static Comparison Relative(string tolerance) => new("relative", tolerance);
}
