using System.Numerics;

namespace LoraPrivacy.Certifier.Interop;

/// <summary>
/// A real number known to lie within a radius of a midpoint (arb_t). Every operation gives a ball that contains the exact result for all members of its
/// operands. Immutable; operators round to <see cref="WorkingPrecision"/>.
/// </summary>
internal sealed class Ball : SafeHandle
{
    /// <summary>A new ball, 0.</summary>
    public unsafe Ball()
        : base(0, ownsHandle: true)
    {
        nint memory = (nint)NativeMemory.Alloc(ArbNative.Size);
        ArbNative.arb_init(memory);
        SetHandle(memory);
        BallScope.Register(this);
    }

    private delegate void Unary(Ball y, Ball x, nint precision);

    private delegate void Binary(Ball z, Ball x, Ball y, nint precision);

    public override bool IsInvalid => handle == 0;

    public static Ball Pi
    {
        get
        {
            Ball pi = new();
            ArbNative.arb_const_pi(pi, WorkingPrecision.Bits);
            return pi;
        }
    }

    /// <summary>Whether neither midpoint nor radius is infinite or undefined.</summary>
    public bool IsFinite => ArbNative.arb_is_finite(this) != 0;

    /// <summary>Whether the radius is 0.</summary>
    public bool IsExact => ArbNative.arb_is_exact(this) != 0;

    public bool IsZero => ArbNative.arb_is_zero(this) != 0;

    public bool IsPositive => ArbNative.arb_is_positive(this) != 0;

    public bool IsNegative => ArbNative.arb_is_negative(this) != 0;

    public bool ContainsZero => ArbNative.arb_contains_zero(this) != 0;

    /// <summary>How many bits of the midpoint the radius leaves right.</summary>
    public long AccurateBits => ArbNative.arb_rel_accuracy_bits(this);

    /// <summary>An integer, exactly.</summary>
    public static implicit operator Ball(long value)
    {
        Ball ball = new();
        ArbNative.arb_set_si(ball, (nint)value);
        return ball;
    }

    public static Ball operator +(Ball x, Ball y) => Apply("arb_add", x, y);

    public static Ball operator -(Ball x, Ball y) => Apply("arb_sub", x, y);

    public static Ball operator *(Ball x, Ball y) => Apply("arb_mul", x, y);

    /// <summary>The quotient; not finite where the divisor contains 0.</summary>
    public static Ball operator /(Ball x, Ball y) => Apply("arb_div", x, y);

    public static Ball operator -(Ball x)
    {
        Ball y = new();
        ArbNative.arb_neg(y, x);
        return y;
    }

    /// <summary>Whether every member of the one is below every member of the other.</summary>
    public static bool operator <(Ball x, Ball y) => ArbNative.arb_lt(x, y) != 0;

    /// <summary>Whether every member of the one is above every member of the other.</summary>
    public static bool operator >(Ball x, Ball y) => ArbNative.arb_lt(y, x) != 0;

    /// <summary>A double, exactly.</summary>
    public static Ball Of(double value)
    {
        Ball ball = new();
        ArbNative.arb_set_d(ball, value);
        return ball;
    }

    /// <summary>An integer, exactly.</summary>
    public static Ball OfInteger(BigInteger value)
    {
        Ball ball = new();
        BigIntegerNative.With(value, pointer => ArbNative.arb_set_fmpz(ball, pointer));
        return ball;
    }

    /// <summary>A rational: exactly where the denominator is a power of 2.</summary>
    public static Ball Of(ExactNumber value)
        => value.Denominator.IsPowerOfTwo
            ? OfInteger(value.Numerator).TimesPowerOfTwo(-(int)(value.Denominator.GetBitLength() - 1))
            : OfInteger(value.Numerator) / OfInteger(value.Denominator);

    /// <summary>The smallest ball that contains two.</summary>
    public static Ball Union(Ball x, Ball y) => Apply("arb_union", x, y);

    /// <summary>A ball about the same midpoint that contains every member changed by at most the error.</summary>
    public Ball WithError(Ball error)
    {
        Ball y = new();
        ArbNative.arb_set(y, this);
        ArbNative.arb_add_error(y, error);
        return y;
    }

    /// <summary>The ball from 0 to this one: any member of [0, x] for any x of this one.</summary>
    public Ball OrAnythingFromZero() => Union(0, this);

    /// <summary>The midpoint, exactly.</summary>
    public Ball Midpoint()
    {
        Ball middle = new();
        ArbNative.arb_get_mid_arb(middle, this);
        return middle;
    }

    /// <summary>The midpoint rounded to some bits, exactly that number.</summary>
    public Ball MidpointOf(int bits)
    {
        Ball rounded = new();
        ArbNative.arb_set_round(rounded, this, bits);
        return rounded.Midpoint();
    }

    /// <summary>Whether some number is a member of both.</summary>
    public bool Overlaps(Ball other) => ArbNative.arb_overlaps(this, other) != 0;

    /// <summary>A number that is no more than any member.</summary>
    public Ball Lower()
    {
        Ball lower = new();
        ArbNative.arb_get_lbound_arf(lower, this, WorkingPrecision.Bits);
        return lower;
    }

    /// <summary>A number that is no less than any member.</summary>
    public Ball Upper()
    {
        Ball upper = new();
        ArbNative.arb_get_ubound_arf(upper, this, WorkingPrecision.Bits);
        return upper;
    }

    /// <summary>An interval of two integers over a power of 2 that contains the ball, exactly the ball's own where it is exact.</summary>
    public (BigInteger Low, BigInteger High, int Exponent) Interval()
    {
        BigInteger low = 0;
        BigInteger high = 0;
        BigInteger exponent = 0;
        BigIntegerNative.With(3, pointers =>
        {
            ArbNative.arb_get_interval_fmpz_2exp(pointers[0], pointers[1], pointers[2], this);
            low = BigIntegerNative.Read(pointers[0]);
            high = BigIntegerNative.Read(pointers[1]);
            exponent = BigIntegerNative.Read(pointers[2]);
        });
        return (low, high, (int)exponent);
    }

    /// <summary>The midpoint as a double, for choices that need not be right.</summary>
    public double Approximate()
    {
        const int nearest = 4;
        return ArbNative.arf_get_d(this, nearest);
    }

    /// <summary>x·2^e, exactly.</summary>
    public Ball TimesPowerOfTwo(int exponent)
    {
        Ball y = new();
        ArbNative.arb_mul_2exp_si(y, this, exponent);
        return y;
    }

    public Ball Abs()
    {
        Ball y = new();
        ArbNative.arb_abs(y, this);
        return y;
    }

    public Ball Square() => Apply("arb_sqr", this);

    public Ball Sqrt() => Apply("arb_sqrt", this);

    public Ball Exp() => Apply("arb_exp", this);

    public Ball ExpMinusOne() => Apply("arb_expm1", this);

    public Ball Log() => Apply("arb_log", this);

    public Ball LogOnePlus() => Apply("arb_log1p", this);

    public Ball Sin() => Apply("arb_sin", this);

    public Ball Cos() => Apply("arb_cos", this);

    public Ball Sinh() => Apply("arb_sinh", this);

    public Ball Pow(Ball y) => Apply("arb_pow", this, y);

    /// <summary>log Γ(x), x &gt; 0.</summary>
    public Ball LogGamma() => Apply("arb_lgamma", this);

    public Ball Erfc() => Apply("arb_hypgeom_erfc", this);

    public override string ToString() => IsInvalid || IsClosed ? "no ball" : $"{Approximate():R} ({AccurateBits} bits)";

    protected override unsafe bool ReleaseHandle()
    {
        ArbNative.arb_clear(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }

    private static Ball Apply(string function, Ball x)
    {
        Ball y = new();
        FlintLibrary.Function<Unary>(function)(y, x, WorkingPrecision.Bits);
        return y;
    }

    private static Ball Apply(string function, Ball x, Ball y)
    {
        Ball z = new();
        FlintLibrary.Function<Binary>(function)(z, x, y, WorkingPrecision.Bits);
        return z;
    }
}
