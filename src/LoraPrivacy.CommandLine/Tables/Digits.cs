using System.Numerics;

namespace LoraPrivacy.CommandLine.Tables;

/// <summary>
/// Writes numbers that are known to a relative error with a chosen number of significant digits, such that every printed digit
/// is correct. .NET converts doubles to decimals exactly at any number of digits, which the directed rounding relies on.
/// </summary>
internal static class Digits
{
    /// <summary>More digits than the decimal expansion of any double has.</summary>
    private const int Exact = 770;

    /// <summary>The shortest form that reads back as the same double.</summary>
    public static string Shortest(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : $"{text[..e]}e{int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}";
    }

    /// <summary>
    /// Rounds to the nearest. Where the error leaves open which way the last digit rounds, fewer digits are printed.
    /// </summary>
    public static string Nearest(double value, int digits, double relativeError)
    {
        for (int count = digits; count > 1; count--)
        {
            string low = Format(value * (1 - relativeError), count);
            if (low == Format(value * (1 + relativeError), count))
            {
                return low;
            }
        }

        return Format(value, 1);
    }

    /// <summary>Rounds a bound that is at least 0 up: what is printed is never below the true value.</summary>
    public static string Up(double value, int digits, double relativeError) => Cut(Expansion(value * (1 + relativeError)), digits, up: true);

    /// <summary>Rounds an exact number that is at least 0 up: one that needs no more digits stays as it is.</summary>
    public static string Up(decimal value, int digits) => Cut(value.ToString("E" + (Exact - 1), CultureInfo.InvariantCulture), digits, up: true);

    /// <summary>Rounds a bound that is at least 0 down: what is printed is never above the true value.</summary>
    public static string Down(double value, int digits, double relativeError) => Cut(Expansion(value * (1 - relativeError)), digits, up: false);

    private static string Expansion(double value) => value.ToString("E" + (Exact - 1), CultureInfo.InvariantCulture);

    private static string Cut(string exact, int digits, bool up)
    {
        (string significand, int exponent) = Split(exact);
        BigInteger kept = BigInteger.Parse(significand[..digits], CultureInfo.InvariantCulture);
        bool isExact = significand.AsSpan(digits).TrimStart('0').IsEmpty;
        string rounded = (isExact || !up ? kept : kept + 1).ToString(CultureInfo.InvariantCulture);

        // 9.99 becomes 10.00: one digit more, one power of ten up.
        bool carried = rounded.Length > digits;
        return Place(carried ? rounded[..digits] : rounded.PadLeft(digits, '0'), carried ? exponent + 1 : exponent, isNegative: false);
    }

    private static string Format(double value, int digits)
    {
        (string significand, int exponent) = Split(value.ToString("E" + (digits - 1), CultureInfo.InvariantCulture));
        return Place(significand, exponent, value < 0);
    }

    /// <summary>Splits "-1.234E-005" into "1234" and -5.</summary>
    private static (string Significand, int Exponent) Split(string scientific)
    {
        int e = scientific.IndexOf('E', StringComparison.Ordinal);
        string significand = scientific[..e].TrimStart('-').Replace(".", string.Empty, StringComparison.Ordinal);
        return (significand, int.Parse(scientific.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>Writes d.ddd·10^e as a plain decimal where that needs few zeros, otherwise with an exponent.</summary>
    private static string Place(string significand, int exponent, bool isNegative)
    {
        string sign = isNegative ? "-" : string.Empty;
        if (significand.AsSpan().TrimStart('0').IsEmpty)
        {
            return "0";
        }

        // A plain decimal must not show zeros in place of digits that are not known.
        if (exponent < -4 || exponent >= significand.Length)
        {
            string fraction = significand.Length > 1 ? "." + significand[1..] : string.Empty;
            return $"{sign}{significand[0]}{fraction}e{exponent}";
        }

        return exponent < 0 ? $"{sign}0.{new string('0', -exponent - 1)}{significand}"
            : exponent == significand.Length - 1 ? sign + significand
            : $"{sign}{significand[..(exponent + 1)]}.{significand[(exponent + 1)..]}";
    }
}
