namespace LoraPrivacy.Certifier.Interop;

/// <summary>FLINT's rigorous integration, and the magnitudes that it takes its tolerance as.</summary>
internal static unsafe partial class IntegrationNative
{
    private const string Flint = FlintLibrary.Name;

    /// <summary>∫ f from a to b; the enclosure is right whatever is returned, which only says whether the tolerance was met.</summary>
    [LibraryImport(Flint)]
    public static partial int acb_calc_integrate(
        ComplexBall result, delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, int> integrand, nint parameter,
        ComplexBall a, ComplexBall b, nint goal, ref Magnitude tolerance, ref Options options, nint precision);

    [LibraryImport(Flint)]
    public static partial void mag_set_ui_2exp_si(ref Magnitude x, nuint mantissa, nint exponent);

    /// <summary>mag_struct; an exponent that fits a machine word owns no memory.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Magnitude
    {
        private nint exponent;
        private nuint mantissa;
    }

    /// <summary>acb_calc_integrate_opt_struct; zeros stand for FLINT's defaults.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Options
    {
        public nint DegreeLimit;
        public nint EvaluationLimit;
        public nint DepthLimit;
        public int UseHeap;
        public int Verbose;
    }
}
