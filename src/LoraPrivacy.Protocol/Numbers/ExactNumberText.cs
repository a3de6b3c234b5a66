using System.Text.RegularExpressions;

namespace LoraPrivacy.Protocol.Numbers;

/// <summary>The two notations of the vector files: arguments, which are doubles without any rounding, and decimal numbers, which are the ends of enclosures.</summary>
public readonly partial struct ExactNumber
{
    private const int LongestText = 4096;
    private const int LargestExponent = 20_000;
    private const long LargestInteger = 1L << 53;
    private const int LargestDenominator = 64;
    private const int PlainDigits = 21;

    /// <summary>Reads an argument: a whole number, p/q, or a hexadecimal floating-point number such as -0x1.8p-3.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">Its value, which need not be a double.</param>
    /// <returns>Whether it is one of the three.</returns>
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
            if (!denominator.IsZero)
            {
                number = new(Whole(match.Groups[1]), denominator);
            }

            return !denominator.IsZero;
        }

        match = Hexadecimal().Match(text);
        if (!match.Success || !TryExponent(match.Groups[4], out int exponent))
        {
            return false;
        }

        BigInteger significand = BigInteger.Parse("0" + match.Groups[2].Value + match.Groups[3].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        number = OfPowerOfTwo(match.Groups[1].Length > 0 ? -significand : significand, exponent - (4 * match.Groups[3].Length));
        return true;
    }

    /// <summary>The value of an argument that is a double.</summary>
    /// <exception cref="FormatException">The text is no argument, or no double has its value.</exception>
    public static ExactNumber ParseArgument(string text)
        => !TryParseArgument(text, out ExactNumber number) ? throw new FormatException($"'{text}' is neither an integer, a quotient of two nor a hexadecimal float")
            : number.IsDouble ? number
            : throw new FormatException($"'{text}' is not the value of a double");

    /// <summary>A finite double as an argument: an integer or a quotient with a small denominator where it is one, else a hexadecimal float.</summary>
    public static string ArgumentOf(double value)
    {
        ExactNumber exact = Of(value);
        if (exact.Denominator <= LargestDenominator && BigInteger.Abs(exact.Numerator) <= LargestInteger)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{exact.Numerator}{(exact.Denominator.IsOne ? "" : "/")}{(exact.Denominator.IsOne ? "" : exact.Denominator)}");
        }

        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        int biased = (int)(bits >> 52);
        string digits = (bits & ((1L << 52) - 1)).ToString("x13", CultureInfo.InvariantCulture).TrimEnd('0');
        int exponent = biased == 0 ? -1022 : biased - 1023;
        return string.Create(CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}0x{(biased == 0 ? 0 : 1)}{(digits.Length == 0 ? "" : ".")}{digits}p{exponent}");
    }

    /// <summary>Reads an end of an enclosure: a decimal number such as -1.25e-7, Infinity or -Infinity.</summary>
    public static bool TryParseDecimal(string text, out ExactNumber number)
    {
        number = default;
        if (text is "Infinity" or "-Infinity")
        {
            number = text[0] == '-' ? NegativeInfinity : PositiveInfinity;
            return true;
        }

        Match match = text.Length <= LongestText ? Decimal().Match(text) : Match.Empty;
        int exponent = 0;
        if (!match.Success || (match.Groups[4].Success && !TryExponent(match.Groups[4], out exponent)))
        {
            return false;
        }

        BigInteger digits = BigInteger.Parse(match.Groups[2].Value + match.Groups[3].Value, CultureInfo.InvariantCulture);
        number = OfPowerOfTen(match.Groups[1].Length > 0 ? -digits : digits, exponent - match.Groups[3].Length);
        return true;
    }

    /// <summary>Reads an end of an enclosure that is known to be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ExactNumber ParseDecimal(string text) => TryParseDecimal(text, out ExactNumber number) ? number : throw new FormatException($"'{text}' is no decimal number");

    /// <summary>All digits of a number with a finite decimal expansion, or Infinity or -Infinity; null where there is no such text.</summary>
    public string? ToDecimal()
    {
        if (!IsFinite)
        {
            return Sign > 0 ? "Infinity" : "-Infinity";
        }

        BigInteger rest = Denominator;
        int places = Math.Max(Remove(ref rest, 2), Remove(ref rest, 5));
        return rest.IsOne ? Written(Numerator * BigInteger.Pow(10, places) / Denominator, -places) : null;
    }

    /// <summary>The number rounded up or down to some significant digits.</summary>
    /// <param name="digits">How many, at least 1; one more where the number is close to a power of 10.</param>
    /// <param name="up">Whether up, and not down.</param>
    public ExactNumber Rounded(int digits, bool up)
    {
        if (IsZero || !IsFinite)
        {
            return this;
        }

        // |value| lies between 10^exponent and 10^(exponent + 2).
        int exponent = (int)Math.Floor(BigInteger.Log10(BigInteger.Abs(Numerator)) - BigInteger.Log10(Denominator) - 1e-6);
        int places = digits - 1 - exponent;
        ExactNumber scaled = this / OfPowerOfTen(1, -places);
        BigInteger floor = BigInteger.DivRem(scaled.Numerator, scaled.Denominator, out BigInteger remainder);
        floor -= remainder.Sign < 0 ? 1 : 0;
        return OfPowerOfTen(up && !remainder.IsZero ? floor + 1 : floor, -places);
    }

    /// <summary>Whether a finite double has exactly this value.</summary>
    public bool IsDouble => double.IsFinite(ToDouble()) && Of(ToDouble()) == this;

    private static ExactNumber OfPowerOfTen(BigInteger digits, int exponent)
        => exponent >= 0 ? new(digits * BigInteger.Pow(10, exponent), 1) : new(digits, BigInteger.Pow(10, -exponent));

    private static int Remove(ref BigInteger value, int factor)
    {
        int count = 0;
        while ((value % factor).IsZero)
        {
            value /= factor;
            count++;
        }

        return count;
    }

    // digits·10^exponent: plain where that is short, else in scientific notation.
    private static string Written(BigInteger digits, int exponent)
    {
        if (digits.IsZero)
        {
            return "0";
        }

        exponent += Remove(ref digits, 10);
        string sign = digits.Sign < 0 ? "-" : "";
        string text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture);
        int first = text.Length - 1 + exponent;
        return (exponent, first) switch
        {
            ( >= 0, < PlainDigits) => sign + text + new string('0', exponent),
            (_, >= 0 and < PlainDigits) => $"{sign}{text[..(first + 1)]}.{text[(first + 1)..]}",
            (_, >= -5 and < 0) => $"{sign}0.{new string('0', -first - 1)}{text}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{sign}{text[0]}{(text.Length > 1 ? "." : "")}{text[1..]}e{first}"),
        };
    }

    private static bool TryExponent(Group group, out int exponent)
        => int.TryParse(group.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs((long)exponent) <= LargestExponent;

    private static BigInteger Whole(Group group) => BigInteger.Parse(group.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(-?[0-9]+)(?:/([0-9]+))?\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A(-?)0x([0-9a-fA-F]+)(?:\.([0-9a-fA-F]*))?p([+-]?[0-9]{1,6})\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,6}))?\z")]
    private static partial Regex Decimal();
}
