namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// Bounds of the largest δ(ε) over all differences D with ‖D‖_F ≤ Δ, of any rank (S34). The share W of the squared norm that a sketch leaves is below that of a rank-one
/// difference, S, in convex order, and δ = E f(W) with f(s) = δ_G(ε; ρ√s), which is convex up to 2(√(1 + ε²) − 1)/ρ² and concave beyond.
/// </summary>
/// <param name="ratio">ρ = Δ/σ &gt; 0.</param>
/// <param name="epsilon">ε ≥ 0.</param>
/// <param name="law">The law of S.</param>
internal sealed class SpectrumBound<TLaw>(double ratio, double epsilon, TLaw law)
    where TLaw : struct, IMixingLaw
{
    private const double GoldenSection = 0.61803398874989484820;
    private const double Convergence = 1e-15;
    private const int Halvings = 100;
    private const int Shares = 12;

    private readonly double inflection = epsilon / ratio * (2 * (epsilon / (1 + double.Hypot(1, epsilon))) / ratio);

    /// <summary>
    /// The logarithm of the mean of a convex function above f, which is above E f(W): f itself up to where a tangent of its concave part crosses it, the tangent beyond. Every
    /// tangent gives a bound; the best is that at the mean of S beyond its crossing.
    /// </summary>
    public double LogUpper()
    {
        // f is convex on all that S can be, and a difference of rank one the worst.
        if (!(inflection < law.Largest))
        {
            return LogMixed(1);
        }

        double low = Math.Max(law.Mean, inflection);
        if (low == law.Mean && Crossing(low) == 0)
        {
            return LogShift(low);
        }

        double high = Math.Min(law.Largest, 2 * low);
        while (high < law.Largest && MeanBeyondExceeds(high))
        {
            (low, high) = (high, Math.Min(law.Largest, 2 * high));
        }

        for (int i = 0; i < Halvings && high - low > Convergence * high; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = MeanBeyondExceeds(middle) ? (middle, high) : (low, middle);
        }

        double crossing = Crossing(high);
        (double mass, double part) = law.Above(crossing);
        double beyond = LogShift(high) + Math.Log(Math.Max(mass + Elasticity(high) * (part / high - mass), double.Epsilon));

        // Far out, where what is above the crossing is below the doubles, all of S is below it.
        double below = mass > 0 ? LogBelow(crossing) : LogMixed(1);
        double larger = Math.Max(beyond, below);
        return larger + ElementaryFunctions.LogOnePlus(Math.Exp(Math.Min(beyond, below) - larger));
    }

    /// <summary>The largest log E f over the spectra that are tried: one singular value beside many equal ones, W = (1 − v)·E S + vS, down to v = 0.</summary>
    public double LogLower()
    {
        double best = Math.Max(LogMixed(1), LogShift(law.Mean));
        (double low, double high) = (0, 1);
        for (int i = 0; i < Shares; i++)
        {
            double left = high - GoldenSection * (high - low);
            double right = low + GoldenSection * (high - low);
            (double atLeft, double atRight) = (LogMixed(left), LogMixed(right));
            best = Math.Max(best, Math.Max(atLeft, atRight));
            (low, high) = atLeft < atRight ? (left, high) : (low, right);
        }

        return best;
    }

    private double LogShift(double share) => new SketchedGaussianMechanism.ConditionalLogDelta(ratio, epsilon).At(Math.Log(share));

    private double LogMixed(double share)
    {
        MixedLogDelta function = new(new(ratio, epsilon), share, (1 - share) * law.Mean);
        return MixtureMean.Log(ref function, law);
    }

    // b f′(b)/f(b) = μφ(μ/2 − ε/μ)/(2f), μ = ρ√b.
    private double Elasticity(double b)
    {
        double mu = ratio * Math.Sqrt(b);
        double offset = 0.5 * mu - epsilon / mu;
        return 0.5 * Math.Exp(Math.Log(mu * NormalDistribution.PeakDensity) - 0.5 * offset * offset - LogShift(b));
    }

    // Where the tangent at b crosses f on its convex part; 0 where it is above f on all of it.
    private double Crossing(double b)
    {
        double elasticity = Elasticity(b);
        if (elasticity <= 1)
        {
            return 0;
        }

        double logValue = LogShift(b);
        (double low, double high) = (b * (1 - 1 / elasticity), Math.Min(b, inflection));
        for (int i = 0; i < Halvings && high - low > Convergence * high; i++)
        {
            double middle = 0.5 * (low + high);
            bool isAbove = Math.Exp(LogShift(middle) - logValue) > 1 + elasticity * (middle / b - 1);
            (low, high) = isAbove ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }

    private bool MeanBeyondExceeds(double b)
    {
        (double mass, double part) = law.Above(Crossing(b));
        return mass > 0 && part > b * mass;
    }

    /// <summary>log E f(S) over S &lt; c: the trapezoidal rule in y, t = t_c − e^y.</summary>
    private double LogBelow(double crossing)
    {
        if (crossing == 0)
        {
            return double.NegativeInfinity;
        }

        BelowIntegrand logs = new(new(ratio, epsilon), law, law.At(crossing), 0);
        (double low, double high) = (-45, 8);
        double left = high - GoldenSection * (high - low);
        double right = low + GoldenSection * (high - low);
        while (high - low > 1e-4)
        {
            (low, high) = logs.LogAt(left) < logs.LogAt(right) ? (left, high) : (low, right);
            left = high - GoldenSection * (high - low);
            right = low + GoldenSection * (high - low);
        }

        double peak = 0.5 * (low + high);
        double top = logs.LogAt(peak);
        if (double.IsNegativeInfinity(top))
        {
            return top;
        }

        const double h = 1e-3;
        double bend = (2 * top - logs.LogAt(peak - h) - logs.LogAt(peak + h)) / (h * h);
        double step = double.IsFinite(bend) ? 0.7 / Math.Sqrt(Math.Max(bend, 1)) : h;
        BelowIntegrand scaled = new(new(ratio, epsilon), law, law.At(crossing), top);
        return top + law.LogPeakDensity + Math.Log(TrapezoidalRule.Integrate(ref scaled, peak, step));
    }

    /// <summary>log f(v s + c) as a function of log s.</summary>
    private readonly struct MixedLogDelta(SketchedGaussianMechanism.ConditionalLogDelta conditional, double share, double rest) : ILogFunction
    {
        public double At(double logX) => conditional.At(share == 1 ? logX : Math.Log(rest + share * Math.Exp(logX)));
    }

    private readonly struct BelowIntegrand(SketchedGaussianMechanism.ConditionalLogDelta conditional, TLaw law, double end, double top) : IPeakedIntegrand
    {
        public double At(double y) => Math.Exp(LogAt(y) - top);

        public double LogAt(double y)
        {
            double t = end - Math.Exp(y);
            return conditional.At(law.LogValue(t)) + law.LogDensity(t) + y;
        }
    }
}
