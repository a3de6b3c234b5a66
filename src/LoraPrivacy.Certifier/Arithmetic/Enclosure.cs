using System.Globalization;
using System.Numerics;
using LoraPrivacy.Certifier.Interop;

namespace LoraPrivacy.Certifier.Arithmetic;

/// <summary>An interval that certainly contains a result, its ends as decimal numbers rounded outwards.</summary>
/// <param name="Lower">The lower end: a decimal number, Infinity or -Infinity.</param>
/// <param name="Upper">The upper end, the same text for an exact result.</param>
internal sealed record Enclosure(string Lower, string Upper)
{
    /// <summary>The significant digits of an end that is rounded.</summary>
    private const int Digits = 25;

    /// <summary>Exact results with at most so many digits are written out.</summary>
    private const int MostExactDigits = 40;

    /// <summary>+∞, exactly.</summary>
    public static Enclosure Infinity { get; } = new("Infinity", "Infinity");

    /// <summary>0, exactly.</summary>
    public static Enclosure Zero { get; } = new("0", "0");

    /// <summary>1, exactly.</summary>
    public static Enclosure One { get; } = new("1", "1");

    /// <summary>An exact result.</summary>
    public static Enclosure Of(Rational value)
        => ExactDecimal(value) is string text
            ? new Enclosure(text, text)
            : new Enclosure(Rounded(value, Digits, up: false), Rounded(value, Digits, up: true));

    /// <summary>A ball.</summary>
    public static Enclosure Of(Ball ball)
    {
        if (!ball.IsFinite)
        {
            throw new ArithmeticException("a ball that is not finite encloses no result");
        }

        (BigInteger low, BigInteger high, int exponent) = ball.Interval();
        Rational lower = Rational.OfPowerOfTwo(low, exponent);
        return low == high
            ? Of(lower)
            : new Enclosure(Rounded(lower, Digits, up: false), Rounded(Rational.OfPowerOfTwo(high, exponent), Digits, up: true));
    }

    /// <summary>A lower bound with few digits, and the upper end of the ball, for results of which only a bound is compared.</summary>
    public static Enclosure BoundedBelow(Ball ball, int digits)
    {
        (BigInteger low, BigInteger high, int exponent) = ball.Interval();
        return new Enclosure(
            Rounded(Rational.OfPowerOfTwo(low, exponent), digits, up: false), Rounded(Rational.OfPowerOfTwo(high, exponent), digits, up: true));
    }

    private static string? ExactDecimal(Rational value)
    {
        BigInteger rest = value.Denominator;
        int twos = Remove(ref rest, 2);
        int fives = Remove(ref rest, 5);
        if (!rest.IsOne)
        {
            return null;
        }

        int places = Math.Max(twos, fives);
        BigInteger scaled = value.Numerator * BigInteger.Pow(10, places) / value.Denominator;
        string text = Written(scaled, -places);
        return text.Count(char.IsAsciiDigit) <= MostExactDigits ? text : null;
    }

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

    private static string Rounded(Rational value, int digits, bool up)
    {
        if (value.IsZero)
        {
            return "0";
        }

        // |value| lies between 10^exponent and 10^(exponent + 2).
        int exponent = (int)Math.Floor(BigInteger.Log10(BigInteger.Abs(value.Numerator)) - BigInteger.Log10(value.Denominator) - 1e-6);
        int places = digits - 1 - exponent;
        BigInteger power = BigInteger.Pow(10, Math.Abs(places));
        BigInteger numerator = places >= 0 ? value.Numerator * power : value.Numerator;
        BigInteger denominator = places >= 0 ? value.Denominator : value.Denominator * power;
        BigInteger floor = BigInteger.DivRem(numerator, denominator, out BigInteger remainder);
        floor -= remainder.Sign < 0 ? 1 : 0;
        return Written(up && !remainder.IsZero ? floor + 1 : floor, -places);
    }

    // digits·10^exponent: plain where that is short, else in scientific notation.
    private static string Written(BigInteger digits, int exponent)
    {
        if (digits.IsZero)
        {
            return "0";
        }

        while ((digits % 10).IsZero)
        {
            digits /= 10;
            exponent++;
        }

        string sign = digits.Sign < 0 ? "-" : "";
        string text = BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture);
        int first = text.Length - 1 + exponent;
        if (exponent >= 0 && first < 21)
        {
            return sign + text + new string('0', exponent);
        }

        if (first is >= -5 and < 21)
        {
            return first >= 0 ? $"{sign}{text[..(first + 1)]}.{text[(first + 1)..]}" : $"{sign}0.{new string('0', -first - 1)}{text}";
        }

        string fraction = text.Length > 1 ? "." + text[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{text[0]}{fraction}e{first}");
    }
}
