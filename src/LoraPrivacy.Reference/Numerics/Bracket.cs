namespace LoraPrivacy.Reference.Numerics;

/// <summary>Two numbers between which an exact value lies: Lower ≤ value ≤ Upper.</summary>
/// <param name="Lower">The lower bound.</param>
/// <param name="Upper">The upper bound, at least <paramref name="Lower"/>; +∞ where no finite one is known.</param>
public readonly record struct Bracket(double Lower, double Upper)
{
    /// <summary>A bracket with one number.</summary>
    /// <param name="value">The exact value.</param>
    /// <returns>[value, value].</returns>
    public static Bracket Exactly(double value) => new(value, value);

    /// <summary>Whether a number lies in the bracket.</summary>
    /// <param name="value">The number.</param>
    /// <returns>True if Lower ≤ value ≤ Upper.</returns>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>The bracket of the larger of two values.</summary>
    /// <param name="other">The bracket of the other value.</param>
    /// <returns>The larger of the lower bounds, and of the upper ones.</returns>
    public Bracket Max(Bracket other) => new(Math.Max(Lower, other.Lower), Math.Max(Upper, other.Upper));

    /// <summary>What is known of a value of which two brackets are known.</summary>
    /// <param name="other">Another bracket of the same value.</param>
    /// <returns>The larger of the lower bounds and the smaller of the upper ones.</returns>
    /// <exception cref="ArithmeticException">The two have no number in common: one of them is wrong.</exception>
    public Bracket Intersect(Bracket other)
    {
        Bracket common = new(Math.Max(Lower, other.Lower), Math.Min(Upper, other.Upper));
        return common.Lower <= common.Upper
            ? common
            : throw new ArithmeticException($"[{Lower:R}, {Upper:R}] and [{other.Lower:R}, {other.Upper:R}] bracket no common value");
    }

    /// <summary>value · (1 ± relative), as a bracket of a non-negative number known to that relative error.</summary>
    internal static Bracket Around(double value, double relative)
        => new(Math.Max(0, value * (1 - relative)), value * (1 + relative));
}
