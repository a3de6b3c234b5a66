namespace LoraPrivacy.Reference.Releases.Product;

/// <summary>
/// The law of the direction of the release that S10 depends on, in a variable t in which it has the same shape at
/// every angle: h = cos(θ − ψ)/cos ψ = e^u with sinh(u/2) = sin(θ/2) sinh t, given h &gt; 0.
/// </summary>
/// <remarks>
/// The density of ψ, C_r cos^{r−1}ψ, becomes C_r cos^r(θ/2) e^{−(r−1)u/2} cosh^{−r}t / √(1 + sin²(θ/2) sinh²t) in t:
/// analytic on the whole line, with exponential tails and no cancellation at small angles.
/// </remarks>
[Statement("S10")]
internal readonly struct SketchDirection
{
    // Below e^{−745} everything underflows; h < e^{−44}/(r + 1) holds less than 1e-18 of the mass of h < 0.
    private const double LogUnderflow = -745;
    private const double LeftTail = 44;

    // Beyond this sinh overflows, though not its product with the sine of a tiny angle.
    private const double LargestSinh = 700;

    private readonly double sinHalf;
    private readonly double logNormaliser;
    private readonly double rank;

    public SketchDirection(int rank, double angle)
    {
        this.rank = rank;
        sinHalf = Math.Sin(angle / 2);
        double cosHalf = Math.Cos(angle / 2);
        logNormaliser = rank * (angle < 1
                ? 0.5 * ElementaryFunctions.LogOnePlus(-sinHalf * sinHalf)
                : Math.Log(cosHalf))
            + Math.Log(GammaFunction.HalfStepRatio(rank / 2.0) / Math.Sqrt(Math.PI));
        (double sine, double cosine) = Math.SinCos(angle);
        Centre = ModeOf(sine, cosine);
        Low = FindLow();
        High = FindHigh();
    }

    /// <summary>The mode in u, carried to t: where panels are centred.</summary>
    public double Centre { get; }

    /// <summary>The range of t outside which the mass is negligible or underflows.</summary>
    public double Low { get; }

    /// <inheritdoc cref="Low"/>
    public double High { get; }

    /// <summary>The width of the bulk, in t.</summary>
    public double Scale => 1 / Math.Sqrt(rank);

    /// <summary>u = log h at t.</summary>
    public double LogRatio(double t) => 2 * Math.Asinh(Scaled(t));

    /// <summary>t where log h = u.</summary>
    public double AtLogRatio(double u)
    {
        double sinh = Math.Sinh(u / 2) / sinHalf;
        return double.IsInfinity(sinh)
            ? Math.CopySign(Math.Log(2) + Math.Log(Math.Abs(Math.Sinh(u / 2))) - Math.Log(sinHalf), u)
            : Math.Asinh(sinh);
    }

    /// <summary>The density of t, with u = log h there.</summary>
    public double Density(double t, out double u)
    {
        double scaled = Scaled(t);
        u = 2 * Math.Asinh(scaled);
        double exponent = logNormaliser - 0.5 * (rank - 1) * u - 0.5 * rank * LogCoshSquared(t);
        return Math.Exp(exponent) / Math.Sqrt(1 + scaled * scaled);
    }

    // sin(θ/2) sinh t.
    private double Scaled(double t) => Math.Abs(t) < LargestSinh
        ? sinHalf * Math.Sinh(t)
        : Math.CopySign(Math.Exp(Math.Abs(t) - Math.Log(2) + Math.Log(sinHalf)), t);

    private static double LogCoshSquared(double t)
    {
        double sinh = Math.Sinh(t);
        return Math.Abs(t) < 300 ? ElementaryFunctions.LogOnePlus(sinh * sinh) : 2 * (Math.Abs(t) - Math.Log(2));
    }

    // The density in u has one mode, where r h² − (r − 1) cos θ h − 1 = 0.
    private double ModeOf(double sine, double cosine)
    {
        double b = (rank - 1) * cosine;
        double root = Math.Sqrt(b * b + 4 * rank);
        double h = b >= 0 ? (b + root) / (2 * rank) : 2 / (root - b);
        return sine == 0 && cosine > 0 ? 0 : Math.Asinh(Math.Sinh(Math.Log(h) / 2) / sinHalf);
    }

    private double FindLow()
    {
        double limit = -(LeftTail + Math.Log(rank + 1));
        double step = Scale;
        double t = Math.Min(Centre, 0);
        while (LogRatio(t) > limit && LogDensity(t) > LogUnderflow)
        {
            t -= step;
            step *= 1.5;
        }

        return t;
    }

    private double FindHigh()
    {
        double step = Scale;
        double t = Math.Max(Centre, 0);
        while (LogDensity(t) > LogUnderflow)
        {
            t += step;
            step *= 1.5;
        }

        return t;
    }

    private double LogDensity(double t)
        => logNormaliser - 0.5 * (rank - 1) * LogRatio(t) - 0.5 * rank * LogCoshSquared(t);
}
