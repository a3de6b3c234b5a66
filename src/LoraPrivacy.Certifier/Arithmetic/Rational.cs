using System.Globalization;
using System.Numerics;

namespace LoraPrivacy.Certifier.Arithmetic;

/// <summary>A rational number, exactly, in lowest terms with a positive denominator.</summary>
internal readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger _denominatorLessOne;

    /// <summary>The quotient of two integers.</summary>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("a rational number needs a denominator other than 0");
        }

        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominatorLessOne = denominator / divisor - 1;
    }

    /// <summary>The numerator.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, at least 1.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>Whether this is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>An integer.</summary>
    public static implicit operator Rational(long value) => new(value, 1);

    /// <summary>The sum.</summary>
    public static Rational operator +(Rational x, Rational y)
        => new(x.Numerator * y.Denominator + y.Numerator * x.Denominator, x.Denominator * y.Denominator);

    /// <summary>The difference.</summary>
    public static Rational operator -(Rational x, Rational y)
        => new(x.Numerator * y.Denominator - y.Numerator * x.Denominator, x.Denominator * y.Denominator);

    /// <summary>The negative.</summary>
    public static Rational operator -(Rational x) => new(-x.Numerator, x.Denominator);

    /// <summary>The product.</summary>
    public static Rational operator *(Rational x, Rational y) => new(x.Numerator * y.Numerator, x.Denominator * y.Denominator);

    /// <summary>The quotient.</summary>
    public static Rational operator /(Rational x, Rational y) => new(x.Numerator * y.Denominator, x.Denominator * y.Numerator);

    /// <summary>Whether two are equal.</summary>
    public static bool operator ==(Rational x, Rational y) => x.Equals(y);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(Rational x, Rational y) => !x.Equals(y);

    /// <summary>Whether one is below another.</summary>
    public static bool operator <(Rational x, Rational y) => x.CompareTo(y) < 0;

    /// <summary>Whether one is above another.</summary>
    public static bool operator >(Rational x, Rational y) => x.CompareTo(y) > 0;

    /// <summary>Whether one is at most another.</summary>
    public static bool operator <=(Rational x, Rational y) => x.CompareTo(y) <= 0;

    /// <summary>Whether one is at least another.</summary>
    public static bool operator >=(Rational x, Rational y) => x.CompareTo(y) >= 0;

    /// <summary>An integer times a power of 2.</summary>
    public static Rational OfPowerOfTwo(BigInteger mantissa, int exponent)
        => exponent >= 0 ? new(mantissa << exponent, 1) : new(mantissa, BigInteger.One << -exponent);

    /// <summary>A finite double, exactly.</summary>
    public static Rational Of(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentException($"{value:R} is no rational number", nameof(value));
        }

        const int mantissaBits = 52;
        const int bias = 1075;
        long bits = BitConverter.DoubleToInt64Bits(value);
        int biased = (int)(bits >> mantissaBits) & 0x7FF;
        long mantissa = bits & ((1L << mantissaBits) - 1);
        mantissa = biased == 0 ? mantissa : mantissa | (1L << mantissaBits);
        return OfPowerOfTwo(bits < 0 ? -mantissa : mantissa, Math.Max(biased, 1) - bias);
    }

    /// <summary>|x|.</summary>
    public Rational Abs() => new(BigInteger.Abs(Numerator), Denominator);

    /// <inheritdoc/>
    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <inheritdoc/>
    public override string ToString() => Denominator.IsOne
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
