namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The two tails of X = a S₁ − b S₂ beyond a point x ≥ 0, S₁ and S₂ independent χ²_r/r: conditional on S₂ = e^t they
/// are incomplete gamma functions of (x + b e^t)/a, so each tail is one integral over t of a positive analytic
/// function, at every ratio a : b and however thin the tail.
/// </summary>
/// <remarks>
/// The usual route, conditioning on the mixing variable of the normal law, needs a normal distribution function that
/// degenerates to a step as b → 0; here the limit b = 0 is nothing special.
/// </remarks>
internal readonly struct VarianceGammaTails
{
    // In units of ‖q‖: no tail beyond this is a positive double, and the arithmetic below would overflow.
    private const double BeyondEverything = 1e100;

    // Shapes up to this take the substitution that shortens the left tail of the integrand.
    private const double SlowDecay = 3;

    private readonly IncompleteGammaShape gamma;
    private readonly double a;
    private readonly double b;
    private readonly double nu;

    public VarianceGammaTails(IncompleteGammaShape gamma, double a, double b)
    {
        this.gamma = gamma;
        this.a = a;
        this.b = b;
        nu = gamma.A;
    }

    /// <summary>P(X &gt; x), x ≥ 0.</summary>
    public double Upper(double x) => Tail(x, upper: true);

    /// <summary>P(X ≤ x), x ≥ 0, to full relative accuracy also where it is small.</summary>
    public double Lower(double x) => Tail(x, upper: false);

    private double Tail(double x, bool upper)
    {
        if (a == 0 || x > BeyondEverything)
        {
            return upper ? 0 : 1;
        }

        if (b == 0)
        {
            GammaTails tails = gamma.At(nu * x / a, nu * ((x - a) / a));
            return upper ? tails.Upper : tails.Lower;
        }

        var integrand = new Mixed(gamma, a, b, x, upper);
        double peak = integrand.Peak(out double curvature);
        double constant = Math.Sqrt(nu / (2 * Math.PI)) * Math.Exp(-GammaFunction.LogGammaStar(nu));
        double step = Math.Min(0.35, 0.6 / Math.Sqrt(curvature));
        if (nu > SlowDecay)
        {
            return Math.Min(1, constant * TrapezoidalRule.Integrate(ref integrand, peak, step));
        }

        var folded = new Folded(integrand, peak);
        return Math.Min(1, constant * TrapezoidalRule.Integrate(ref folded, 0, 0.5 * step));
    }

    // t = peak + v + 1 − e^{−v}: for small ranks the integrand falls only like e^{νt} on the left, in v much faster.
    private readonly struct Folded(Mixed integrand, double peak) : IPeakedIntegrand
    {
        public double At(double v)
        {
            double fold = Math.Exp(-v);
            double value = integrand.At(peak + v + 1 - fold);
            return value == 0 ? 0 : value * (1 + fold);
        }
    }

    // The density of log S₂, short of its constant, times the tail of a S₁ beyond x + b S₂.
    private readonly struct Mixed(IncompleteGammaShape gamma, double a, double b, double x, bool upper) : IPeakedIntegrand
    {
        public double At(double t)
        {
            double density = Math.Exp(-gamma.A * ElementaryFunctions.ExpMinusOneMinus(t));
            if (density == 0)
            {
                return 0;
            }

            GammaTails tails = TailsAt(Math.Exp(t));
            return density * (upper ? tails.Upper : tails.Lower);
        }

        /// <summary>A point near the maximum, and minus the second derivative of the logarithm there.</summary>
        public double Peak(out double curvature)
        {
            // Far out the maximum tends to the positive root of this quadratic in e^t.
            double half = 0.5 * (2 * b - x / a);
            double product = x * (b / a);
            double root = Math.Sqrt(half * half + product);
            double u = half >= 0 ? (half + root) * (a / b) : x / (root - half);
            double low = double.NegativeInfinity;
            double high = double.PositiveInfinity;
            double t = Math.Log(Math.Clamp(u, 1e-300, 4));
            double stride = 1 / Math.Sqrt(gamma.A);
            curvature = gamma.A;
            for (int i = 0; i < 60; i++)
            {
                double slope = Slope(t);
                if (slope > 0)
                {
                    low = t;
                }
                else
                {
                    high = t;
                }

                const double h = 1e-4;
                curvature = Math.Max((slope - Slope(t + h)) / h, 1e-3);
                double move = slope / curvature;
                if (Math.Abs(move) < 0.3 / Math.Sqrt(curvature))
                {
                    return t + move;
                }

                double next = t + Math.Clamp(move, -8 * stride, 8 * stride);
                t = next > low && next < high ? next : 0.5 * (low + high);
                stride *= 1.5;
            }

            return t;
        }

        private double Slope(double t)
        {
            double u = Math.Exp(t);
            GammaTails tails = TailsAt(u);
            double share = x == 0 ? 1 : b * u / (x + b * u);
            bool scaledIsUpper = x + b * u >= a;
            double hazard = scaledIsUpper == upper
                ? 1 / tails.SmallerRatio
                : tails.Prefactor / (upper ? tails.Upper : tails.Lower);
            return gamma.A * (1 - u) + (upper ? -hazard : hazard) * share;
        }

        private GammaTails TailsAt(double u)
        {
            double nu = gamma.A;
            double y = x + b * u;
            return gamma.At(nu * (y / a), nu * (((x - a) + b * u) / a));
        }
    }
}
