namespace LoraPrivacy.Protocol.Numbers;

/// <summary>A closed interval that certainly holds an exact value.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end, at least <paramref name="Lower"/>.</param>
public readonly record struct Enclosure(ExactNumber Lower, ExactNumber Upper)
{
    /// <summary>The significant digits of an end that is rounded.</summary>
    private const int Digits = 25;

    /// <summary>Exact results with at most so many digits are written out.</summary>
    private const int MostExactDigits = 40;

    /// <summary>+∞, exactly.</summary>
    public static Enclosure Infinity { get; } = new(ExactNumber.PositiveInfinity, ExactNumber.PositiveInfinity);

    /// <summary>0, exactly.</summary>
    public static Enclosure Zero { get; } = new(0, 0);

    /// <summary>1, exactly.</summary>
    public static Enclosure One { get; } = new(1, 1);

    /// <summary>An exact value: itself where it has few decimal digits, else its neighbours of 25 digits.</summary>
    public static Enclosure Of(ExactNumber value)
        => value.ToDecimal() is string text && text.Count(char.IsAsciiDigit) <= MostExactDigits ? new(value, value) : Outwards(value, value);

    /// <summary>An interval with its ends rounded outwards to decimal numbers.</summary>
    public static Enclosure Outwards(ExactNumber lower, ExactNumber upper, int digits = Digits) => new(lower.Rounded(digits, up: false), upper.Rounded(digits, up: true));

    /// <summary>The end that is nearer to a number; the number itself if it is inside.</summary>
    public ExactNumber Nearest(ExactNumber number) => number < Lower ? Lower : number > Upper ? Upper : number;

    /// <summary>|a − x|/|x| for the point x of the enclosure nearest to a: 0 where it is inside, ∞ where x is 0, or one of two is infinite or no number.</summary>
    public double RelativeDistance(double answered)
    {
        if (double.IsNaN(answered))
        {
            return double.PositiveInfinity;
        }

        ExactNumber number = ExactNumber.Of(answered);
        ExactNumber nearest = Nearest(number);
        if (number == nearest || !number.IsFinite || !nearest.IsFinite || nearest.IsZero)
        {
            return number == nearest ? 0 : double.PositiveInfinity;
        }

        ExactNumber quotient = (number - nearest).Abs() / nearest.Abs();
        return Math.Exp(BigInteger.Log(quotient.Numerator) - BigInteger.Log(quotient.Denominator));
    }

    /// <summary>The value to as many digits as a double has.</summary>
    public override string ToString() => Lower.ToString();
}
