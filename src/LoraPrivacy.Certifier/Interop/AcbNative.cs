namespace LoraPrivacy.Certifier.Interop;

/// <summary>FLINT's functions of complex balls.</summary>
internal static partial class AcbNative
{
    /// <summary>sizeof(acb_struct) on 64-bit platforms: two real balls.</summary>
    public const int Size = 2 * ArbNative.Size;

    private const string Flint = FlintLibrary.Name;

    [LibraryImport(Flint)]
    public static partial void acb_init(nint x);

    [LibraryImport(Flint)]
    public static partial void acb_clear(nint x);

    [LibraryImport(Flint)]
    public static partial void acb_set(ComplexBall y, nint x);

    [LibraryImport(Flint)]
    public static partial void acb_set(nint y, ComplexBall x);

    [LibraryImport(Flint)]
    public static partial void acb_indeterminate(nint y);

    [LibraryImport(Flint)]
    public static partial void acb_indeterminate(ComplexBall y);

    [LibraryImport(Flint)]
    public static partial void acb_set_arb(ComplexBall y, Ball x);

    [LibraryImport(Flint)]
    public static partial void acb_set_arb_arb(ComplexBall z, Ball x, Ball y);

    [LibraryImport(Flint)]
    public static partial void acb_get_real(Ball x, ComplexBall z);

    [LibraryImport(Flint)]
    public static partial void acb_get_imag(Ball y, ComplexBall z);

    [LibraryImport(Flint)]
    public static partial void acb_get_mid(ComplexBall m, ComplexBall x);

    [LibraryImport(Flint)]
    public static partial int acb_is_finite(ComplexBall x);

    [LibraryImport(Flint)]
    public static partial int acb_is_real(ComplexBall x);

    [LibraryImport(Flint)]
    public static partial int acb_contains_zero(ComplexBall x);

    [LibraryImport(Flint)]
    public static partial nint acb_rel_accuracy_bits(ComplexBall x);

    [LibraryImport(Flint)]
    public static partial void acb_neg(ComplexBall y, ComplexBall x);

    [LibraryImport(Flint)]
    public static partial void acb_mul_arb(ComplexBall z, ComplexBall x, Ball y, nint precision);

    [LibraryImport(Flint)]
    public static partial void acb_mul_2exp_si(ComplexBall y, ComplexBall x, nint exponent);

    [LibraryImport(Flint)]
    public static partial void acb_log_analytic(ComplexBall y, ComplexBall x, int analytic, nint precision);
}
