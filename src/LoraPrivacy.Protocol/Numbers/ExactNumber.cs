namespace LoraPrivacy.Protocol.Numbers;

/// <summary>
/// A rational number in lowest terms, or an infinity, so that results are made and compared without rounding. Infinities can be compared, and are refused
/// by all arithmetic with a <see cref="DivideByZeroException"/>. The default value is 0.
/// </summary>
public readonly partial struct ExactNumber : IEquatable<ExactNumber>, IComparable<ExactNumber>
{
    private const int SignificandBits = 53;

    private readonly BigInteger denominatorLessOne;

    /// <summary>The quotient of two integers.</summary>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public ExactNumber(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("a rational number needs a denominator other than 0");
        }

        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        denominatorLessOne = (denominator / divisor) - 1;
    }

    private ExactNumber(int infiniteSign) => (Numerator, denominatorLessOne) = (infiniteSign, -1);

    /// <summary>+∞.</summary>
    public static ExactNumber PositiveInfinity { get; } = new(1);

    /// <summary>−∞.</summary>
    public static ExactNumber NegativeInfinity { get; } = new(-1);

    /// <summary>The numerator, with the sign; ±1 for an infinity.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, at least 1; 0 for an infinity.</summary>
    public BigInteger Denominator => denominatorLessOne + 1;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>Whether it is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>Whether it is a number and no infinity.</summary>
    public bool IsFinite => denominatorLessOne.Sign >= 0;

    /// <summary>An integer.</summary>
    public static implicit operator ExactNumber(long value) => new(value, 1);

    /// <summary>The sum.</summary>
    public static ExactNumber operator +(ExactNumber x, ExactNumber y)
        => new((x.Numerator * y.Denominator) + (y.Numerator * x.Denominator), x.Denominator * y.Denominator);

    /// <summary>The difference.</summary>
    public static ExactNumber operator -(ExactNumber x, ExactNumber y) => x + -y;

    /// <summary>The negative, also of an infinity.</summary>
    public static ExactNumber operator -(ExactNumber x) => x.IsFinite ? new(-x.Numerator, x.Denominator) : new(-x.Sign);

    /// <summary>The product.</summary>
    public static ExactNumber operator *(ExactNumber x, ExactNumber y) => new(x.Numerator * y.Numerator, x.Denominator * y.Denominator);

    /// <summary>The quotient.</summary>
    public static ExactNumber operator /(ExactNumber x, ExactNumber y) => new(x.Numerator * y.Denominator, x.Denominator * y.Numerator);

    /// <summary>Whether two are equal.</summary>
    public static bool operator ==(ExactNumber x, ExactNumber y) => x.Equals(y);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(ExactNumber x, ExactNumber y) => !x.Equals(y);

    /// <summary>Whether one is below another.</summary>
    public static bool operator <(ExactNumber x, ExactNumber y) => x.CompareTo(y) < 0;

    /// <summary>Whether one is above another.</summary>
    public static bool operator >(ExactNumber x, ExactNumber y) => x.CompareTo(y) > 0;

    /// <summary>Whether one is at most another.</summary>
    public static bool operator <=(ExactNumber x, ExactNumber y) => x.CompareTo(y) <= 0;

    /// <summary>Whether one is at least another.</summary>
    public static bool operator >=(ExactNumber x, ExactNumber y) => x.CompareTo(y) >= 0;

    /// <summary>An integer times a power of 2.</summary>
    public static ExactNumber OfPowerOfTwo(BigInteger mantissa, int exponent)
        => exponent >= 0 ? new(mantissa << exponent, 1) : new(mantissa, BigInteger.One << -exponent);

    /// <summary>Exactly the value of a double, infinities included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is NaN, which has none.</exception>
    public static ExactNumber Of(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? throw new ArgumentOutOfRangeException(nameof(value), "NaN has no value") : value > 0 ? PositiveInfinity : NegativeInfinity;
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long significand = bits & ((1L << 52) - 1);
        BigInteger whole = exponent == 0 ? significand : significand | (1L << 52);
        return OfPowerOfTwo(bits < 0 ? -whole : whole, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>|x|.</summary>
    public ExactNumber Abs() => Sign < 0 ? -this : this;

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other)
        => IsFinite || other.IsFinite
            ? (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator)
            : Numerator.CompareTo(other.Numerator);

    /// <inheritdoc/>
    public bool Equals(ExactNumber other) => Numerator == other.Numerator && denominatorLessOne == other.denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExactNumber other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, denominatorLessOne);

    /// <summary>The nearest double, but for a second rounding below the normal doubles; exactly the number where that is a double.</summary>
    public double ToDouble()
    {
        if (!IsFinite)
        {
            return Sign > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        }

        // A quotient of 55 or 56 bits, whose last says whether anything was left over, rounds as the number itself does.
        BigInteger size = BigInteger.Abs(Numerator);
        int shift = (int)(size.GetBitLength() - Denominator.GetBitLength()) - SignificandBits - 2;
        BigInteger quotient = shift > 0
            ? BigInteger.DivRem(size, Denominator << shift, out BigInteger rest)
            : BigInteger.DivRem(size << -shift, Denominator, out rest);
        double value = Math.ScaleB((ulong)quotient | (rest.IsZero ? 0UL : 1UL), shift);
        return Sign < 0 ? -value : value;
    }

    /// <summary>The nearest double as it reads back, or a few digits where the doubles end before.</summary>
    public override string ToString()
    {
        double value = ToDouble();
        bool isBeyond = IsFinite && ((value == 0 && !IsZero) || double.IsInfinity(value));
        if (!isBeyond)
        {
            return $"{value:R}";
        }

        double logarithm = BigInteger.Log10(BigInteger.Abs(Numerator)) - BigInteger.Log10(Denominator);
        double exponent = Math.Floor(logarithm);
        return string.Create(CultureInfo.InvariantCulture, $"{(Sign < 0 ? "-" : "")}{Math.Pow(10, logarithm - exponent):0.####}E{exponent:+0;-0}");
    }
}
