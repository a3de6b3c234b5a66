using System.Globalization;
using System.Numerics;

namespace LoraPrivacy.Certifier.Arithmetic;

/// <summary>
/// The numbers of the vector files, which are doubles written without any rounding: integers, quotients p/q and hexadecimal floats such as 0x1.8p-3.
/// </summary>
internal static class ExactNumber
{
    private const long LargestInteger = 1L << 53;
    private const int LargestDenominator = 64;

    /// <summary>The exact value of a number's text.</summary>
    /// <exception cref="FormatException">The text is none of the three, or no double has its value.</exception>
    public static Rational Parse(string text)
    {
        Rational value = text.Contains("0x", StringComparison.Ordinal) ? ParseHexadecimal(text)
            : text.Contains('/', StringComparison.Ordinal) ? ParseQuotient(text)
            : new Rational(ParseInteger(text, text), 1);
        return Rational.Of(ToDouble(value)) == value ? value : throw new FormatException($"'{text}' is not the value of a double");
    }

    /// <summary>The double that a rational is, or is nearest to.</summary>
    public static double ToDouble(Rational value)
    {
        // Exact for every double: the numerator has at most 53 significant bits, and the denominator is a power of 2.
        if (!value.Denominator.IsPowerOfTwo)
        {
            return (double)value.Numerator / (double)value.Denominator;
        }

        int zeros = value.IsZero ? 0 : (int)BigInteger.TrailingZeroCount(BigInteger.Abs(value.Numerator));
        return Math.ScaleB((double)(value.Numerator >> zeros), zeros - (int)(value.Denominator.GetBitLength() - 1));
    }

    /// <summary>A double's text: an integer or a quotient with a small denominator where it is one, else a hexadecimal float.</summary>
    public static string Format(double value)
    {
        Rational exact = Rational.Of(value);
        if (exact.Denominator <= LargestDenominator && BigInteger.Abs(exact.Numerator) <= LargestInteger)
        {
            return exact.ToString();
        }

        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        int biased = (int)(bits >> 52);
        string digits = (bits & ((1L << 52) - 1)).ToString("x13", CultureInfo.InvariantCulture).TrimEnd('0');
        int exponent = biased == 0 ? -1022 : biased - 1023;
        string point = digits.Length == 0 ? "" : ".";
        return string.Create(CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}0x{(biased == 0 ? 0 : 1)}{point}{digits}p{exponent}");
    }

    private static Rational ParseQuotient(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2
            ? new Rational(ParseInteger(parts[0], text), ParseInteger(parts[1], text))
            : throw new FormatException($"'{text}' is no quotient of two integers");
    }

    private static Rational ParseHexadecimal(string text)
    {
        bool isNegative = text.StartsWith('-');
        string rest = isNegative ? text[1..] : text;
        int p = rest.IndexOf('p', StringComparison.Ordinal);
        if (!rest.StartsWith("0x", StringComparison.Ordinal) || p < 0)
        {
            throw new FormatException($"'{text}' is no hexadecimal float");
        }

        string[] digits = rest[2..p].Split('.');
        string fraction = digits.Length > 1 ? digits[1] : "";
        if (digits.Length > 2 || !BigInteger.TryParse("0" + digits[0] + fraction, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger mantissa)
            || !int.TryParse(rest[(p + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent))
        {
            throw new FormatException($"'{text}' is no hexadecimal float");
        }

        return Rational.OfPowerOfTwo(isNegative ? -mantissa : mantissa, exponent - 4 * fraction.Length);
    }

    private static BigInteger ParseInteger(string text, string whole)
        => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)
            ? value
            : throw new FormatException($"'{whole}' is neither an integer, a quotient of two nor a hexadecimal float");
}
