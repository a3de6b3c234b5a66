using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>
/// A rational number or an infinity, so that answers are compared without rounding. Infinities have the denominator 0 and a numerator of ±1.
/// </summary>
internal readonly partial record struct ExactNumber : IComparable<ExactNumber>
{
    private const int LongestText = 4096;
    private const int LargestExponent = 20_000;
    private const int SignificandBits = 53;

    private ExactNumber(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    /// <summary>The numerator, with the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, positive, or 0 for an infinity.</summary>
    public BigInteger Denominator { get; }

    /// <summary>0.</summary>
    public static ExactNumber Zero { get; } = new(0, 1);

    /// <summary>Whether it is a number.</summary>
    public bool IsFinite => !Denominator.IsZero;

    /// <summary>Exactly the value of a double; NaN has none.</summary>
    public static ExactNumber Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(value)) : new(double.IsPositive(value) ? 1 : -1, 0);
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long significand = bits & ((1L << 52) - 1);
        BigInteger whole = exponent == 0 ? significand : significand | (1L << 52);
        return Scaled(value < 0 ? -whole : whole, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>Reads an argument: a whole number, p/q, or a hexadecimal floating-point number such as -0x1.8p-3.</summary>
    public static bool TryParseArgument(string text, out ExactNumber number)
    {
        number = default;
        if (text.Length > LongestText)
        {
            return false;
        }

        Match match = Fraction().Match(text);
        if (match.Success)
        {
            BigInteger denominator = match.Groups[2].Success ? Whole(match.Groups[2]) : 1;
            number = new(Whole(match.Groups[1]), denominator);
            return !denominator.IsZero;
        }

        match = Hexadecimal().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[4].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent) || Math.Abs((long)exponent) > LargestExponent)
        {
            return false;
        }

        BigInteger significand = BigInteger.Parse("0" + match.Groups[2].Value + match.Groups[3].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        number = Scaled(match.Groups[1].Length > 0 ? -significand : significand, exponent - (4 * match.Groups[3].Length));
        return true;
    }

    /// <summary>Reads an end of an enclosure: a decimal number such as -1.25e-7, Infinity or -Infinity.</summary>
    public static bool TryParseDecimal(string text, out ExactNumber number)
    {
        number = default;
        if (text is "Infinity" or "-Infinity")
        {
            number = Of(text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
            return true;
        }

        Match match = text.Length <= LongestText ? Decimal().Match(text) : Match.Empty;
        int exponent = 0;
        if (!match.Success
            || (match.Groups[4].Success && !int.TryParse(match.Groups[4].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            || Math.Abs((long)exponent) > LargestExponent)
        {
            return false;
        }

        BigInteger digits = BigInteger.Parse(match.Groups[2].Value + match.Groups[3].Value, CultureInfo.InvariantCulture);
        digits = match.Groups[1].Length > 0 ? -digits : digits;
        exponent -= match.Groups[3].Length;
        number = exponent >= 0 ? new(digits * BigInteger.Pow(10, exponent), 1) : new(digits, BigInteger.Pow(10, -exponent));
        return true;
    }

    /// <summary>|x|.</summary>
    public static ExactNumber Abs(ExactNumber x) => new(BigInteger.Abs(x.Numerator), x.Denominator);

    public static ExactNumber operator -(ExactNumber left, ExactNumber right)
        => !left.IsFinite ? left
            : !right.IsFinite ? new(-right.Numerator, 0)
            : new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static ExactNumber operator +(ExactNumber left, ExactNumber right) => left - new ExactNumber(-right.Numerator, right.Denominator);

    public static ExactNumber operator *(ExactNumber left, ExactNumber right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static bool operator <=(ExactNumber left, ExactNumber right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ExactNumber left, ExactNumber right) => left.CompareTo(right) >= 0;

    public static bool operator <(ExactNumber left, ExactNumber right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactNumber left, ExactNumber right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other)
        => IsFinite || other.IsFinite
            ? (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator)
            : Numerator.CompareTo(other.Numerator);

    /// <summary>The nearest double, but for a second rounding below the normal doubles; exactly the number where that is a double.</summary>
    public double ToDouble()
    {
        if (!IsFinite)
        {
            return Numerator.Sign > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        }

        // A quotient of 55 or 56 bits, whose last says whether anything was left over, rounds as the number itself does.
        BigInteger size = BigInteger.Abs(Numerator);
        int shift = (int)(size.GetBitLength() - Denominator.GetBitLength()) - SignificandBits - 2;
        BigInteger quotient = shift > 0
            ? BigInteger.DivRem(size, Denominator << shift, out BigInteger rest)
            : BigInteger.DivRem(size << -shift, Denominator, out rest);
        double value = Math.ScaleB((ulong)quotient | (rest.IsZero ? 0UL : 1UL), shift);
        return Numerator.Sign < 0 ? -value : value;
    }

    /// <summary>The nearest double as it reads back, or a few digits where the doubles end before.</summary>
    public override string ToString()
    {
        double value = ToDouble();
        bool isBeyond = IsFinite && ((value == 0 && !Numerator.IsZero) || double.IsInfinity(value));
        if (!isBeyond)
        {
            return $"{value:R}";
        }

        double logarithm = BigInteger.Log10(BigInteger.Abs(Numerator)) - BigInteger.Log10(Denominator);
        double exponent = Math.Floor(logarithm);
        return string.Create(CultureInfo.InvariantCulture, $"{(Numerator.Sign < 0 ? "-" : "")}{Math.Pow(10, logarithm - exponent):0.####}E{exponent:+0;-0}");
    }

    private static ExactNumber Scaled(BigInteger significand, int exponent)
        => exponent >= 0 ? new(significand << exponent, 1) : new(significand, BigInteger.One << -exponent);

    private static BigInteger Whole(Group group) => BigInteger.Parse(group.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(-?[0-9]+)(?:/([0-9]+))?\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A(-?)0x([0-9a-fA-F]+)(?:\.([0-9a-fA-F]*))?p([+-]?[0-9]{1,6})\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,6}))?\z")]
    private static partial Regex Decimal();
}
