using System.Numerics;

namespace LoraPrivacy.Oracle.Tests.Certified;

/// <summary>A positive number as a table prints it: 0.01730 or 4.968e-194. The number of its digits counts.</summary>
internal readonly record struct PrintedNumber
{
    private readonly decimal mantissa;
    private readonly int exponent;

    private PrintedNumber(string text, decimal mantissa, int exponent)
    {
        Text = text;
        this.mantissa = mantissa;
        this.exponent = exponent;
    }

    /// <summary>The number as it is printed, which Coq reads as it is.</summary>
    public string Text { get; }

    /// <summary>The place of the leading digit: −1 for 0.1609.</summary>
    public int Magnitude
        => BigInteger.Parse(Text.Split('e')[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            .ToString(CultureInfo.InvariantCulture).Length - 1 - mantissa.Scale + exponent;

    /// <summary>The number that is less by one in the last printed digit, in the same form.</summary>
    public string OneUnitBelow
    {
        get
        {
            decimal below = mantissa - new decimal(1, 0, 0, isNegative: false, mantissa.Scale);
            return below.ToString(CultureInfo.InvariantCulture) + Text[Text.Split('e')[0].Length..];
        }
    }

    /// <exception cref="FormatException">It is not a positive decimal number.</exception>
    public static PrintedNumber Parse(string text)
    {
        string[] parts = text.Split('e');
        decimal mantissa = decimal.Parse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        int exponent = parts.Length == 1 ? 0 : int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return parts.Length <= 2 && mantissa > 0m
            ? new PrintedNumber(text, mantissa, exponent)
            : throw new FormatException($"'{text}' is not a positive number");
    }
}
