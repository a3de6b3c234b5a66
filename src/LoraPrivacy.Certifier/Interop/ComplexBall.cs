namespace LoraPrivacy.Certifier.Interop;

/// <summary>A complex number known to lie in a rectangle (acb_t). As <see cref="Ball"/>.</summary>
internal sealed class ComplexBall : SafeHandle
{
    /// <summary>A new ball, 0.</summary>
    public unsafe ComplexBall()
        : base(0, ownsHandle: true)
    {
        nint memory = (nint)NativeMemory.Alloc(AcbNative.Size);
        AcbNative.acb_init(memory);
        SetHandle(memory);
        BallScope.Register(this);
    }

    private delegate void Unary(ComplexBall y, ComplexBall x, nint precision);

    private delegate void Binary(ComplexBall z, ComplexBall x, ComplexBall y, nint precision);

    public override bool IsInvalid => handle == 0;

    /// <summary>No number at all: the value of a function where it is not holomorphic.</summary>
    public static ComplexBall Indeterminate
    {
        get
        {
            ComplexBall ball = new();
            AcbNative.acb_indeterminate(ball);
            return ball;
        }
    }

    public Ball Real
    {
        get
        {
            Ball x = new();
            AcbNative.acb_get_real(x, this);
            return x;
        }
    }

    public Ball Imaginary
    {
        get
        {
            Ball y = new();
            AcbNative.acb_get_imag(y, this);
            return y;
        }
    }

    /// <summary>Whether the imaginary part is exactly 0.</summary>
    public bool IsReal => AcbNative.acb_is_real(this) != 0;

    /// <summary>Whether no part is infinite or undefined.</summary>
    public bool IsFinite => AcbNative.acb_is_finite(this) != 0;

    public bool ContainsZero => AcbNative.acb_contains_zero(this) != 0;

    /// <summary>Whether a number of (−∞, 0] is a member: where logarithms and powers are cut.</summary>
    public bool TouchesCut => Imaginary.ContainsZero && !Real.IsPositive;

    /// <summary>How many bits of the midpoint the radius leaves right.</summary>
    public long AccurateBits => AcbNative.acb_rel_accuracy_bits(this);

    /// <summary>A real number.</summary>
    public static implicit operator ComplexBall(Ball x)
    {
        ComplexBall z = new();
        AcbNative.acb_set_arb(z, x);
        return z;
    }

    /// <summary>An integer, exactly.</summary>
    public static implicit operator ComplexBall(long value) => (Ball)value;

    public static ComplexBall operator +(ComplexBall x, ComplexBall y) => Apply("acb_add", x, y);

    public static ComplexBall operator -(ComplexBall x, ComplexBall y) => Apply("acb_sub", x, y);

    public static ComplexBall operator *(ComplexBall x, ComplexBall y) => Apply("acb_mul", x, y);

    public static ComplexBall operator *(Ball x, ComplexBall y)
    {
        ComplexBall z = new();
        AcbNative.acb_mul_arb(z, y, x, WorkingPrecision.Bits);
        return z;
    }

    /// <summary>The quotient; not finite where the divisor contains 0.</summary>
    public static ComplexBall operator /(ComplexBall x, ComplexBall y) => Apply("acb_div", x, y);

    public static ComplexBall operator -(ComplexBall x)
    {
        ComplexBall y = new();
        AcbNative.acb_neg(y, x);
        return y;
    }

    /// <summary>x + iy.</summary>
    public static ComplexBall Of(Ball x, Ball y)
    {
        ComplexBall z = new();
        AcbNative.acb_set_arb_arb(z, x, y);
        return z;
    }

    /// <summary>A copy of an acb_t that FLINT owns.</summary>
    public static ComplexBall CopyOf(nint pointer)
    {
        ComplexBall z = new();
        AcbNative.acb_set(z, pointer);
        return z;
    }

    /// <summary>The midpoint, exactly.</summary>
    public ComplexBall Midpoint()
    {
        ComplexBall middle = new();
        AcbNative.acb_get_mid(middle, this);
        return middle;
    }

    /// <summary>z·2^e, exactly.</summary>
    public ComplexBall TimesPowerOfTwo(int exponent)
    {
        ComplexBall y = new();
        AcbNative.acb_mul_2exp_si(y, this, exponent);
        return y;
    }

    public ComplexBall Exp() => Apply("acb_exp", this);

    public ComplexBall ExpMinusOne() => Apply("acb_expm1", this);

    public ComplexBall Sinh() => Apply("acb_sinh", this);

    /// <summary>sinh(z)/z, 1 at 0.</summary>
    public ComplexBall SinhOverArgument()
    {
        // sinh(z)/z = sin(iz)/(iz), and the factor i exchanges the parts.
        ComplexBall rotated = Of(-Imaginary, Real);
        return Apply("acb_sinc", rotated);
    }

    /// <summary>The principal logarithm; indeterminate across its cut where it must be holomorphic.</summary>
    public ComplexBall Log(bool analytic)
    {
        ComplexBall y = new();
        AcbNative.acb_log_analytic(y, this, analytic ? 1 : 0, WorkingPrecision.Bits);
        return y;
    }

    /// <summary>The complementary error function, entire.</summary>
    public ComplexBall Erfc() => Apply("acb_hypgeom_erfc", this);

    protected override unsafe bool ReleaseHandle()
    {
        AcbNative.acb_clear(handle);
        NativeMemory.Free((void*)handle);
        return true;
    }

    private static ComplexBall Apply(string function, ComplexBall x)
    {
        ComplexBall y = new();
        FlintLibrary.Function<Unary>(function)(y, x, WorkingPrecision.Bits);
        return y;
    }

    private static ComplexBall Apply(string function, ComplexBall x, ComplexBall y)
    {
        ComplexBall z = new();
        FlintLibrary.Function<Binary>(function)(z, x, y, WorkingPrecision.Bits);
        return z;
    }
}
