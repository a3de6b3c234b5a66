namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>What it means for an answered number to agree with an enclosure (spec/conformance.md).</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Tolerance">For relative and absolute: the tolerance, in [0, 1).</param>
/// <param name="UnitsInTheLastPlace">For ulp: how many.</param>
/// <param name="Width">For contains: the widest bracket, relative to its upper end; null where any will do.</param>
internal sealed record Agreement(AgreementKind Kind, ExactNumber Tolerance = default, int UnitsInTheLastPlace = 0, ExactNumber? Width = null)
{
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

        ExactNumber distance = ExactNumber.Abs(number - nearest);
        return Kind switch
        {
            AgreementKind.Bits => IsNearestDouble(answered, exact),
            AgreementKind.Ulp => distance <= ExactNumber.Of(UnitsInTheLastPlace) * ExactNumber.Of(Unit(nearest.ToDouble())),
            // Below the normal doubles no double may be nearer than their spacing.
            AgreementKind.Relative => distance <= (Tolerance * ExactNumber.Abs(nearest)) + ExactNumber.Of(double.Epsilon),
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
                && ExactNumber.Of(upper) - ExactNumber.Of(lower) <= width * ExactNumber.Abs(ExactNumber.Of(upper)));
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

    /// <summary>The distance to the next double away from 0; at the largest double, to the one before.</summary>
    private static double Unit(double value)
    {
        double size = Math.Min(Math.Abs(value), double.MaxValue);
        return size < double.MaxValue ? Math.BitIncrement(size) - size : size - Math.BitDecrement(size);
    }

    /// <summary>Whether both ends lie between the midpoints to the next doubles below and above.</summary>
    private static bool IsNearestDouble(double answered, Enclosure exact)
    {
        ExactNumber half = ExactNumber.Of(0.5);
        ExactNumber number = ExactNumber.Of(answered);
        ExactNumber above = (ExactNumber.Of(Math.Min(Math.BitIncrement(answered), double.MaxValue)) - number) * half;
        ExactNumber below = (number - ExactNumber.Of(Math.Max(Math.BitDecrement(answered), double.MinValue))) * half;
        return number - exact.Lower <= below && exact.Upper - number <= above;
    }
}
