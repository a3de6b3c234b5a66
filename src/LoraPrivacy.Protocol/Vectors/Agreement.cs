namespace LoraPrivacy.Protocol.Vectors;

/// <summary>The kinds of agreement.</summary>
public enum AgreementKind
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

/// <summary>What it means for an answered number to agree with an enclosure (spec/conformance.md): the only code that decides it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Tolerance">For relative and absolute: the tolerance, in [0, 1).</param>
/// <param name="UnitsInTheLastPlace">For ulp: how many.</param>
/// <param name="Width">For contains: the widest bracket, relative to its upper end; null where any will do.</param>
public sealed record Agreement(AgreementKind Kind, ExactNumber Tolerance = default, int UnitsInTheLastPlace = 0, ExactNumber? Width = null)
{
    /// <summary>The kinds as the vector files spell them, in the order of the enumeration.</summary>
    private static readonly string[] Words = ["bits", "ulp", "relative", "absolute", "contains", "upper-bound"];

    /// <summary>The double nearest to the value.</summary>
    public static Agreement Bits { get; } = new(AgreementKind.Bits);

    /// <summary>A bracket of the value.</summary>
    public static Agreement Contains { get; } = new(AgreementKind.Contains);

    /// <summary>At least the value.</summary>
    public static Agreement UpperBound { get; } = new(AgreementKind.UpperBound);

    /// <summary>Within a relative distance, a decimal number.</summary>
    public static Agreement Relative(string tolerance) => new(AgreementKind.Relative, ExactNumber.ParseDecimal(tolerance));

    /// <summary>Within an absolute distance, a decimal number.</summary>
    public static Agreement Absolute(string tolerance) => new(AgreementKind.Absolute, ExactNumber.ParseDecimal(tolerance));

    /// <summary>Whether an answered number agrees. Brackets are not numbers: see <see cref="Holds(double, double, Enclosure)"/>.</summary>
    public bool Holds(double answered, Enclosure exact)
    {
        if (double.IsNaN(answered))
        {
            return false;
        }

        ExactNumber number = ExactNumber.Of(answered);
        ExactNumber nearest = exact.Nearest(number);
        if (Kind == AgreementKind.UpperBound)
        {
            return number >= exact.Lower;
        }

        if (!number.IsFinite || !nearest.IsFinite)
        {
            return number == nearest;
        }

        ExactNumber distance = (number - nearest).Abs();
        return Kind switch
        {
            AgreementKind.Bits => IsNearestDouble(answered, exact),
            AgreementKind.Ulp => distance <= UnitsInTheLastPlace * ExactNumber.Of(Unit(nearest.ToDouble())),
            // Below the normal doubles no double may be nearer than their spacing.
            AgreementKind.Relative => distance <= (Tolerance * nearest.Abs()) + ExactNumber.Of(double.Epsilon),
            _ => distance <= Tolerance,
        };
    }

    /// <summary>Whether an answered bracket contains the value and is no wider than it may be.</summary>
    public bool Holds(double lower, double upper, Enclosure exact)
    {
        if (double.IsNaN(lower) || double.IsNaN(upper) || lower > upper
            || ExactNumber.Of(lower) > exact.Upper || ExactNumber.Of(upper) < exact.Lower)
        {
            return false;
        }

        return Width is not ExactNumber width || lower == upper
            || (double.IsFinite(lower) && double.IsFinite(upper)
                && ExactNumber.Of(upper) - ExactNumber.Of(lower) <= width * ExactNumber.Of(upper).Abs());
    }

    /// <summary>What is allowed, for people.</summary>
    public override string ToString() => Kind switch
    {
        AgreementKind.Bits => "the nearest double",
        AgreementKind.Ulp => $"within {UnitsInTheLastPlace} units in the last place",
        AgreementKind.Relative => $"within {Tolerance.ToDouble():R} relative",
        AgreementKind.Absolute => $"within {Tolerance.ToDouble():R} absolute",
        AgreementKind.Contains => Width is ExactNumber width ? $"a bracket of the value, at most {width.ToDouble():R} wide" : "a bracket of the value",
        _ => "at least the value",
    };

    internal JsonObject ToJson()
    {
        JsonObject json = new() { ["kind"] = Words[(int)Kind] };
        switch (Kind)
        {
            case AgreementKind.Relative or AgreementKind.Absolute:
                json["tolerance"] = Tolerance.ToDecimal();
                break;
            case AgreementKind.Ulp:
                json["ulps"] = UnitsInTheLastPlace;
                break;
            case AgreementKind.Contains when Width is ExactNumber width:
                json["width"] = width.ToDecimal();
                break;
        }

        return json;
    }

    /// <summary>Reads a comparison of a vector file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static Agreement Read(Node comparison)
    {
        AgreementKind kind = (AgreementKind)Array.IndexOf(Words, comparison.Word("kind", Words));
        comparison.AllowOnly("kind", kind switch
        {
            AgreementKind.Ulp => "ulps",
            AgreementKind.Relative or AgreementKind.Absolute => "tolerance",
            AgreementKind.Contains => "width",
            _ => "kind",
        });
        return kind switch
        {
            AgreementKind.Ulp => new(kind, UnitsInTheLastPlace: comparison.Integer("ulps")),
            AgreementKind.Relative or AgreementKind.Absolute => new(kind, ToleranceOf(comparison, "tolerance")),
            AgreementKind.Contains => new(kind, Width: comparison.Has("width") ? ToleranceOf(comparison, "width") : null),
            _ => new(kind),
        };
    }

    private static ExactNumber ToleranceOf(Node comparison, string name)
        => ExactNumber.TryParseDecimal(comparison.Text(name), out ExactNumber tolerance) && tolerance >= 0 && tolerance < 1
            ? tolerance
            : throw comparison.Bad(name, "a decimal number in [0, 1), as a string");

    /// <summary>The distance to the next double away from 0; at the largest double, to the one before.</summary>
    private static double Unit(double value)
    {
        double size = Math.Min(Math.Abs(value), double.MaxValue);
        return size < double.MaxValue ? Math.BitIncrement(size) - size : size - Math.BitDecrement(size);
    }

    /// <summary>Whether both ends lie between the midpoints to the next doubles below and above.</summary>
    private static bool IsNearestDouble(double answered, Enclosure exact)
    {
        ExactNumber number = ExactNumber.Of(answered);
        ExactNumber above = (ExactNumber.Of(Math.Min(Math.BitIncrement(answered), double.MaxValue)) - number) / 2;
        ExactNumber below = (number - ExactNumber.Of(Math.Max(Math.BitDecrement(answered), double.MinValue))) / 2;
        return exact.Lower.IsFinite && exact.Upper.IsFinite && number - exact.Lower <= below && exact.Upper - number <= above;
    }
}
