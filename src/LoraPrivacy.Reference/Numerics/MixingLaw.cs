namespace LoraPrivacy.Reference.Numerics;

/// <summary>The law of a positive random S, in a variable t that rises with S and in which its density is logarithmically concave, with the peak at t = 0.</summary>
internal interface IMixingLaw
{
    /// <summary>The logarithm of the density of t at 0.</summary>
    double LogPeakDensity { get; }

    /// <summary>E S.</summary>
    double Mean { get; }

    /// <summary>What S never exceeds.</summary>
    double Largest { get; }

    /// <summary>P(S &gt; s) and E[S; S &gt; s].</summary>
    (double Mass, double Part) Above(double value);

    /// <summary>t at a value of S.</summary>
    double At(double value);

    /// <summary>log S at t.</summary>
    double LogValue(double t);

    /// <summary>The logarithm of the density of t less that at 0, at most 0.</summary>
    double LogDensity(double t);

    /// <summary>Minus the second derivative of <see cref="LogDensity"/>.</summary>
    double Curvature(double t);

    /// <summary>About the width of the peak of the density times a rising, logarithmically concave function, where that peak is at t ≥ 0.</summary>
    double Width(double t);
}

/// <summary>S = X/a with X ~ Gamma(a, 1), t = log S; χ²_r/r for a = r/2.</summary>
internal readonly struct GammaLaw(double shape) : IMixingLaw
{
    // a^a e^{−a}/Γ(a), by Stirling: the large terms of the density and of the constant cancel before they are computed.
    public double LogPeakDensity => 0.5 * Math.Log(shape / (2 * Math.PI)) - GammaFunction.LogGammaStar(shape);

    public double Mean => 1;

    public double Largest => double.PositiveInfinity;

    public (double Mass, double Part) Above(double value)
        => (IncompleteGamma.RegularizedQ(shape, shape * value), IncompleteGamma.RegularizedQ(shape + 1, shape * value));

    public double At(double value) => Math.Log(value);

    public double LogValue(double t) => t;

    // a (t − (e^t − 1)) ≤ 0.
    public double LogDensity(double t) => -shape * ElementaryFunctions.ExpMinusOneMinus(t);

    public double Curvature(double t) => shape * Math.Exp(t);

    public double Width(double t) => Math.Exp(-0.5 * t) / Math.Sqrt(shape);
}

/// <summary>S ~ Beta(a, b), t = logit S less its value at the mean.</summary>
internal readonly struct BetaLaw(double a, double b) : IMixingLaw
{
    private readonly double total = a + b;
    private readonly double logit = Math.Log(a / b);

    public double LogPeakDensity => 0.5 * Math.Log(a * (b / total) / (2 * Math.PI))
        + GammaFunction.LogGammaStar(total) - GammaFunction.LogGammaStar(a) - GammaFunction.LogGammaStar(b);

    public double Mean => a / total;

    public double Largest => 1;

    public (double Mass, double Part) Above(double value)
        => (IncompleteBeta.Regularized(b, a, 1 - value, value), Mean * IncompleteBeta.Regularized(b, a + 1, 1 - value, value));

    public double At(double value) => Math.Log(value / (1 - value)) - logit;

    public double LogValue(double t)
    {
        double u = t + logit;
        return Math.Min(u, 0) - ElementaryFunctions.LogOnePlus(Math.Exp(-Math.Abs(u)));
    }

    // The smaller of S and 1 − S, so that what cancels is not large.
    public double LogDensity(double t) => a <= b ? LogDensity(a, b, t) : LogDensity(b, a, -t);

    public double Curvature(double t)
    {
        double value = Math.Exp(LogValue(t));
        return total * value * Math.Exp(LogValue(t) - t - logit);
    }

    // The function's own bend is at least about its slope, which is minus the density's.
    public double Width(double t) => 1 / Math.Sqrt(Curvature(t) + Math.Max(0, total * Math.Exp(LogValue(t)) - a));

    // a t − (a + b) log(1 + x) with x = p(e^t − 1), p = a/(a + b); near 0 without the terms that cancel.
    private double LogDensity(double first, double second, double t)
    {
        const double largestExponent = 700;
        double mean = first / total;
        if (t > largestExponent)
        {
            return -second * t - total * Math.Log(mean);
        }

        double x = mean * ElementaryFunctions.ExpMinusOne(t);
        return t < 1
            ? -total * ElementaryFunctions.LogOnePlusMinus(x) - first * ElementaryFunctions.ExpMinusOneMinus(t)
            : first * t - total * ElementaryFunctions.LogOnePlus(x);
    }
}
