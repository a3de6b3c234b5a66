namespace LoraPrivacy.Certifier.Interop;

/// <summary>FLINT's functions of real balls. An arf_t is the first member of an arb_t, so a ball stands for its midpoint where one is asked for.</summary>
internal static partial class ArbNative
{
    /// <summary>sizeof(arb_struct) on 64-bit platforms: midpoint (exponent, size, two limbs) and radius (exponent, mantissa).</summary>
    public const int Size = 48;

    private const string Flint = FlintLibrary.Name;

    [LibraryImport(Flint)]
    public static partial void arb_init(nint x);

    [LibraryImport(Flint)]
    public static partial void arb_clear(nint x);

    [LibraryImport(Flint)]
    public static partial void arb_set(Ball y, nint x);

    [LibraryImport(Flint)]
    public static partial void arb_set(Ball y, Ball x);

    [LibraryImport(Flint)]
    public static partial void arb_set_si(Ball y, nint x);

    [LibraryImport(Flint)]
    public static partial void arb_set_d(Ball y, double x);

    [LibraryImport(Flint)]
    public static partial void arb_set_fmpz(Ball y, nint x);

    [LibraryImport(Flint)]
    public static partial void arb_set_round(Ball y, Ball x, nint precision);

    [LibraryImport(Flint)]
    public static partial void arb_get_mid_arb(Ball m, Ball x);

    [LibraryImport(Flint)]
    public static partial void arb_get_lbound_arf(Ball lower, Ball x, nint precision);

    [LibraryImport(Flint)]
    public static partial void arb_get_ubound_arf(Ball upper, Ball x, nint precision);

    [LibraryImport(Flint)]
    public static partial void arb_get_interval_fmpz_2exp(nint low, nint high, nint exponent, Ball x);

    [LibraryImport(Flint)]
    public static partial double arf_get_d(Ball x, int rounding);

    [LibraryImport(Flint)]
    public static partial nint arb_rel_accuracy_bits(Ball x);

    [LibraryImport(Flint)]
    public static partial int arb_is_finite(Ball x);

    [LibraryImport(Flint)]
    public static partial int arb_is_exact(Ball x);

    [LibraryImport(Flint)]
    public static partial int arb_is_zero(Ball x);

    [LibraryImport(Flint)]
    public static partial int arb_is_positive(Ball x);

    [LibraryImport(Flint)]
    public static partial int arb_is_negative(Ball x);

    [LibraryImport(Flint)]
    public static partial int arb_contains_zero(Ball x);

    [LibraryImport(Flint)]
    public static partial int arb_overlaps(Ball x, Ball y);

    [LibraryImport(Flint)]
    public static partial int arb_lt(Ball x, Ball y);

    [LibraryImport(Flint)]
    public static partial void arb_add_error(Ball x, Ball error);

    [LibraryImport(Flint)]
    public static partial void arb_neg(Ball y, Ball x);

    [LibraryImport(Flint)]
    public static partial void arb_abs(Ball y, Ball x);

    [LibraryImport(Flint)]
    public static partial void arb_mul_2exp_si(Ball y, Ball x, nint exponent);

    [LibraryImport(Flint)]
    public static partial void arb_const_pi(Ball y, nint precision);

    [LibraryImport(Flint)]
    public static partial void arb_hypgeom_gamma_upper(Ball y, Ball a, Ball x, int regularized, nint precision);

    [LibraryImport(Flint)]
    public static partial void arb_hypgeom_beta_lower(Ball y, Ball a, Ball b, Ball x, int regularized, nint precision);

    [LibraryImport(Flint)]
    public static partial void arb_hypgeom_bessel_k(Ball y, Ball order, Ball x, nint precision);
}
