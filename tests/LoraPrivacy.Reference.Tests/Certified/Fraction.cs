using System.Numerics;

namespace LoraPrivacy.Reference.Tests.Certified;

/// <summary>A nonnegative rational number as the table of certified values states its arguments: 5/4 or 2.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The double nearest to it.</summary>
    public double Value => (double)Numerator / (double)Denominator;

    public bool IsZero => Numerator.IsZero;

    /// <summary>Lowest terms.</summary>
    public static Fraction Of(BigInteger numerator, BigInteger denominator)
    {
        BigInteger common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new(numerator / common, denominator / common);
    }

    /// <exception cref="FormatException">It is not a fraction of whole numbers.</exception>
    public static Fraction Parse(string text)
    {
        string[] parts = text.Split('/');
        BigInteger[] numbers = [.. parts.Select(part => BigInteger.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))];
        return numbers.Length switch
        {
            1 => new(numbers[0], 1),
            2 when numbers[1] > 0 => new(numbers[0], numbers[1]),
            _ => throw new FormatException($"'{text}' is not a fraction"),
        };
    }

    public override string ToString() => Denominator.IsOne ? $"{Numerator}" : $"{Numerator}/{Denominator}";
}
