namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// Bounds of normal tails and of the Gaussian privacy curve that hold in spite of rounding (S27, item 6): Cody's rational approximations are
/// good to 1e-18 by his paper, and their polynomials have positive coefficients, so that counting roundings bounds the rest.
/// </summary>
[Statement("S27")]
internal static class GaussianBounds
{
    private const double Roundoff = 1.0 / (1L << 53);

    // The count for √(π/2) erfcx(x/√2) comes to less than 50 roundings, for x ≥ 0.
    private const double MillsError = 64 * Roundoff;

    /// <summary>1 − Φ(t), for any finite t.</summary>
    public static Bracket Tail(double t)
    {
        double size = Math.Abs(t);
        Bracket beyond = Scaled(Density(size), Mills(size));
        return t >= 0 ? beyond : new Bracket(
            Math.Max(0, 1 - beyond.Upper - 2 * Roundoff), Math.Min(1, 1 - beyond.Lower + 2 * Roundoff));
    }

    /// <summary>e^s (1 − Φ(t)), for any finite s and t ≥ 0.</summary>
    public static Bracket ScaledTail(double exponent, double t)
        => Bracket.Around(
            NormalDistribution.PeakDensity * Math.Exp(exponent - 0.5 * t * t) * (Math.Sqrt(Math.PI / 2) * ErrorFunction.Erfcx(t / Math.Sqrt(2))),
            MillsError + (16 + 2 * t * t + 2 * Math.Abs(exponent)) * Roundoff);

    /// <summary>δ_G(x; μ) for an x and a μ of which bounds are known, x ≥ 0.</summary>
    public static Bracket Delta(Bracket x, Bracket mu) => new(
        Math.Max(0, At(x.Upper, mu.Lower, up: false)), Math.Min(1, At(x.Lower, mu.Upper, up: true)));

    // With a = x/μ − μ/2 ≥ 0, b = a + μ and R Mills' ratio, δ = φ(a)(R(a) − R(b)); else δ = 1 − φ(a)(R(−a) + R(b)). It falls in a.
    private static double At(double x, double mu, bool up)
    {
        double sign = up ? 1 : -1;
        if (double.IsInfinity(x / mu))
        {
            return up ? double.Epsilon : 0;
        }

        double a = x / mu - 0.5 * mu;
        a -= sign * 4 * Roundoff * (x / mu + 0.5 * mu);
        double b = Math.Max(0, a + mu);
        Bracket density = Density(Math.Abs(a));
        Bracket mills = Mills(Math.Abs(a));
        Bracket beyond = Mills(b);
        if (a >= 0)
        {
            double difference = up ? mills.Upper - beyond.Lower : mills.Lower - beyond.Upper;
            double value = (up ? density.Upper : density.Lower) * Math.Max(0, difference);
            return value * (1 + sign * 4 * Roundoff) + sign * double.Epsilon;
        }

        double missing = up ? density.Lower * (mills.Lower + beyond.Lower) : density.Upper * (mills.Upper + beyond.Upper);
        return 1 - missing + sign * 8 * Roundoff;
    }

    private static Bracket Mills(double x)
    {
        double ratio = Math.Sqrt(Math.PI / 2) * ErrorFunction.Erfcx(x / Math.Sqrt(2));
        return Bracket.Around(ratio, MillsError);
    }

    private static Bracket Density(double x)
    {
        // Beyond 37 a double has fewer digits, beyond 38.5 none.
        if (x > 38.5)
        {
            return new Bracket(0, 1e-322);
        }

        Bracket density = Bracket.Around(NormalDistribution.PeakDensity * Math.Exp(-0.5 * x * x), (16 + 2 * x * x) * Roundoff);
        return x < 37 ? density : new Bracket(Math.Max(0, density.Lower - 4 * double.Epsilon), density.Upper + 4 * double.Epsilon);
    }

    private static Bracket Scaled(Bracket density, Bracket mills)
        => new(density.Lower * mills.Lower * (1 - 4 * Roundoff), density.Upper * mills.Upper * (1 + 4 * Roundoff));
}
