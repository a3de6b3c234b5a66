namespace LoraPrivacy.Certifier.Interop;

/// <summary>Special functions of real balls with parameters.</summary>
internal static class SpecialFunctions
{
    /// <summary>Q(a, x) = Γ(a, x)/Γ(a).</summary>
    public static Ball UpperGamma(Ball a, Ball x)
    {
        Ball y = new();
        ArbNative.arb_hypgeom_gamma_upper(y, a, x, 1, WorkingPrecision.Bits);
        return y;
    }

    /// <summary>I_x(a, b), the regularised incomplete beta function.</summary>
    public static Ball IncompleteBeta(Ball a, Ball b, Ball x)
    {
        Ball y = new();
        ArbNative.arb_hypgeom_beta_lower(y, a, b, x, 1, WorkingPrecision.Bits);
        return y;
    }

    /// <summary>K_ν(x), x &gt; 0.</summary>
    /// <remarks>Where an integer order and x of about 50 cost FLINT most of the digits, it is asked for more of them.</remarks>
    public static Ball BesselK(Ball order, Ball x)
    {
        int bits = WorkingPrecision.Bits;
        Ball y = new();
        for (int factor = 1; factor <= 4; factor *= 2)
        {
            ArbNative.arb_hypgeom_bessel_k(y, order, x, factor * bits);
            if (y.AccurateBits >= bits / 2)
            {
                break;
            }
        }

        return y;
    }

    /// <summary>The standard normal distribution function Φ(x).</summary>
    public static Ball NormalCdf(Ball x) => (-x / ((Ball)2).Sqrt()).Erfc().TimesPowerOfTwo(-1);
}
