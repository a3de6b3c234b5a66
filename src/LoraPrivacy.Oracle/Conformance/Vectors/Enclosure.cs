namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>A closed interval that holds the exact value.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end, at least <paramref name="Lower"/>.</param>
internal readonly record struct Enclosure(ExactNumber Lower, ExactNumber Upper)
{
    /// <summary>The end that is nearer to a number; the number itself if it is inside.</summary>
    public ExactNumber Nearest(ExactNumber number) => number < Lower ? Lower : number > Upper ? Upper : number;

    /// <summary>The value to as many digits as a double has.</summary>
    public override string ToString() => Lower.ToString();
}
