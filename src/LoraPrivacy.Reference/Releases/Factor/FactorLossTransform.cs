using System.Numerics;

namespace LoraPrivacy.Reference.Releases.Factor;

/// <summary>What is integrated against the exponential moments of the loss.</summary>
internal enum FactorLossKernel
{
    /// <summary>1/(z(z + 1)): E(1 − e^{ε − L})⁺, the hockey-stick divergence δ(ε).</summary>
    HockeyStick,

    /// <summary>1/(z + 1): −δ′(ε) = e^ε P′(L &gt; ε).</summary>
    Slope,
}

/// <summary>
/// The privacy loss L = Σ_j (−s_j log μ_j + c_j Γ(s_j, 1)) through its exponential moments
/// M(z) = E e^{zL} = e^{−z Σ s_j log μ_j} Π_j (1 − c_j z)^{−s_j}, and the inversion
///     δ(ε) = (1/2πi) ∫ M(z) e^{−zε} / (z(z + 1)) dz
/// over a path from −i∞ to i∞ that crosses the real axis between 0 and the first singularity 1/c_j.
/// </summary>
/// <remarks>
/// The path goes through the real saddle point, where the integrand is as large as the result: tails of any size keep
/// their relative accuracy. From there it is a hyperbola that bends towards the side on which e^{−z(ε + Σ s log μ)}
/// decays, so that few degrees of freedom, whose moments decay slowly, need no long oscillating tail; the trapezoidal
/// rule on it converges exponentially. All exponents are written relative to the saddle and to the mean of L, so that
/// large shapes do not cancel.
/// </remarks>
internal readonly struct FactorLossTransform
{
    private const double Agreement = 2e-14;
    private const double Noise = 1e-12;
    private const double Negligible = 1e-18;
    private const double LargestCancellation = 30;
    private const double LargestGrowth = 1.5;
    private const double SmallestBend = 1e-4;
    private const int MostNodes = 100_000;

    private readonly FactorLossTerm[] terms;

    public FactorLossTransform(FactorLossTerm[] terms)
    {
        this.terms = terms;
        LastMoment = double.PositiveInfinity;
        foreach (FactorLossTerm term in terms)
        {
            Mean += term.Shape * MeanShare(term);
            Variance += term.Shape * term.Excess * term.Excess;
            LogProduct += term.Shape * LogEigenvalue(term);
            LastMoment = term.Excess > 0 ? Math.Min(LastMoment, 1 / term.Excess) : LastMoment;
        }
    }

    /// <summary>E L, the Kullback–Leibler divergence.</summary>
    public double Mean { get; }

    /// <summary>Var L.</summary>
    public double Variance { get; }

    /// <summary>Σ s_j log μ_j.</summary>
    public double LogProduct { get; }

    /// <summary>min 1/c_j over c_j &gt; 0, the order at which exponential moments of L end; +∞ if L is bounded above.</summary>
    public double LastMoment { get; }

    /// <summary>The integral of a kernel at ε, below the least upper bound of L.</summary>
    public double Invert(double epsilon, FactorLossKernel kernel)
    {
        double distance = epsilon - Mean;

        // Deep inside, where δ is near 1, the saddle moves to the other side of the pole at 0: δ = 1 − (small).
        bool atZero = kernel == FactorLossKernel.HockeyStick;
        bool crossed = atZero && distance < -Math.Max(1, Math.Sqrt(Variance));
        double low = atZero && !crossed ? 0 : -1;
        double high = crossed ? 0 : LastMoment;
        double saddle = Saddle(distance, low, high, atZero);
        double curvature = (atZero ? 1 / (saddle * saddle) : 0) + 1 / ((1 + saddle) * (1 + saddle));

        // Written relative to the mean of each term; far out towards its least upper bound, relative to that bound.
        double gap = -Distance(epsilon, saddle);
        double slope = -gap;
        double exponent = -saddle * gap;
        foreach (FactorLossTerm term in terms)
        {
            double c = term.Excess;
            double ratio = c / (1 - c * saddle);
            bool bounded = IsFar(term, saddle);
            exponent -= term.Shape * (bounded ? ElementaryFunctions.LogOnePlus(-c * saddle) : ElementaryFunctions.LogOnePlusMinus(-c * saddle));
            slope += term.Shape * ratio * (bounded ? 1 : c * saddle);
            curvature += term.Shape * ratio * ratio;
        }

        double peak = (atZero ? 1 / saddle : 1) / (1 + saddle);
        bool bendRight = epsilon + LogProduct > 0 && double.IsFinite(LastMoment);
        double near = bendRight && double.IsFinite(high) ? high - saddle : saddle - low;
        double sum = double.NaN;
        for (double bend = 0.5; bend > 0; bend = bend > SmallestBend ? 0.25 * bend : 0)
        {
            var path = new Path(terms, saddle, slope, bendRight ? bend : -bend, near, kernel);
            if (path.TryIntegrate(Math.Min(0.25, 0.5 / (near * Math.Sqrt(curvature))), out sum))
            {
                break;
            }
        }

        if (double.IsNaN(sum))
        {
            throw new ArithmeticException($"the inversion of the factor release's loss did not converge at epsilon {epsilon:R}");
        }

        double value = peak * Math.Exp(exponent) * sum;
        return crossed ? 1 + value : value;
    }

    /// <summary>−Σ s_j log μ_j − ε: how far ε is below the least upper bound of the loss, to full relative accuracy.</summary>
    public double DistanceToBound(double epsilon) => Distance(epsilon, double.PositiveInfinity);

    // −Σ s_j log μ_j − ε, and for the terms that are not far out the mean s_j c_j as well: without cancellation where a term is all but constant.
    private double Distance(double epsilon, double saddle)
    {
        CompensatedSum sum = default;
        sum.AddProduct(-1, epsilon);
        foreach (FactorLossTerm term in terms)
        {
            ExtendedLogarithm log = new(term.Eigenvalue);
            sum.AddProduct(-term.Shape, log.High);
            sum.AddProduct(-term.Shape, log.Low);
            if (!double.IsInfinity(saddle) && !IsFar(term, saddle))
            {
                sum.AddProduct(term.Shape, term.Eigenvalue);
                sum.AddProduct(-term.Shape, 1);
            }
        }

        return sum.Value;
    }

    private static bool IsFar(FactorLossTerm term, double saddle) => -saddle * term.Excess > 1;

    // log μ, from μ itself where μ − 1 has lost the digits of a small μ.
    private static double LogEigenvalue(FactorLossTerm term)
        => term.Excess < -0.5 ? Math.Log(term.Eigenvalue) : ElementaryFunctions.LogOnePlus(term.Excess);

    private static double MeanShare(FactorLossTerm term)
        => term.Excess < -0.5
            ? term.Excess - Math.Log(term.Eigenvalue)
            : -ElementaryFunctions.LogOnePlusMinus(term.Excess);

    // The minimum over (low, high) of the logarithm of the integrand's modulus on the real axis, a convex function.
    private double Saddle(double distance, double low, double high, bool atZero)
    {
        double pole = low;
        double z = double.IsFinite(high) ? 0.5 * (low + high) : low + 1;
        for (int i = 0; i < 400; i++)
        {
            double slope = -distance - (atZero ? 1 / z : 0) - 1 / (1 + z);
            double curvature = (atZero ? 1 / (z * z) : 0) + 1 / ((1 + z) * (1 + z));
            foreach (FactorLossTerm term in terms)
            {
                double ratio = term.Excess / (1 - term.Excess * z);
                slope += term.Shape * term.Excess * z * ratio;
                curvature += term.Shape * ratio * ratio;
            }

            if (slope < 0)
            {
                low = z;
            }
            else
            {
                high = z;
            }

            double next = z - slope / curvature;
            if (!(next > low && next < high))
            {
                // By ratio towards the pole and ∞, where the saddle may be many orders of magnitude away.
                next = low == pole ? pole + (z - pole) / 16
                    : double.IsInfinity(high) ? pole + (z - pole) * 16
                    : 0.5 * (low + high);
            }

            // The path need not pass through the very saddle, only close to it.
            if (Math.Abs(next - z) * Math.Sqrt(curvature) < 1e-3)
            {
                return next;
            }

            z = next;
        }

        return z;
    }

    /// <summary>The hyperbola z(t) = saddle + near (bend (cosh t − 1) + i sinh t).</summary>
    private readonly struct Path(
        FactorLossTerm[] terms, double saddle, double slope, double bend, double near, FactorLossKernel kernel)
    {
        /// <summary>(1/2πi) ∫ integrand/(integrand at the saddle) dz; false where the terms grow away from the saddle or
        /// cancel too much: the path bends too strongly for eigenvalues of very different sizes and multiplicities.</summary>
        public bool TryIntegrate(double step, out double integral)
        {
            double coarse = step * (0.5 * near + HalfSum(step, step, out double magnitude));
            double last = double.PositiveInfinity;
            for (int i = 0; i < 12; i++)
            {
                double shifted = step * HalfSum(0.5 * step, step, out double shiftedMagnitude);
                double fine = 0.5 * (coarse + shifted);
                magnitude += shiftedMagnitude;
                if (!double.IsFinite(fine) || 0.5 * step * magnitude > LargestCancellation * Math.Abs(fine))
                {
                    break;
                }

                double difference = Math.Abs(shifted - coarse);
                if (difference <= Agreement * Math.Abs(fine) || (difference <= Noise * Math.Abs(fine) && difference > 0.1 * last))
                {
                    integral = fine / Math.PI;
                    return true;
                }

                last = difference;
                coarse = fine;
                step *= 0.5;
            }

            integral = double.NaN;
            return false;
        }

        private double HalfSum(double start, double step, out double magnitude)
        {
            double sum = 0;
            magnitude = 0;
            double smallest = near;
            ComputationLimit.ThrowIfReached();
            for (int k = 0; k < MostNodes; k++)
            {
                Complex value = At(start + k * step);
                sum += value.Imaginary;
                double size = Complex.Abs(value);
                magnitude += size;
                if (!(size <= LargestGrowth * smallest))
                {
                    return double.NaN;
                }

                smallest = Math.Min(smallest, size);

                if (size <= Negligible * near)
                {
                    break;
                }
            }

            return sum;
        }

        private Complex At(double t)
        {
            double cosh = Math.Cosh(t);
            double sinh = Math.Sinh(t);
            double half = Math.Sinh(0.5 * t);
            var shift = new Complex(near * bend * 2 * half * half, near * sinh);
            double real = slope * shift.Real;
            double imaginary = slope * shift.Imaginary;
            foreach (FactorLossTerm term in terms)
            {
                double scale = -term.Excess / (1 - term.Excess * saddle);
                double x = scale * shift.Real;
                double y = scale * shift.Imaginary;

                // log(1 + w) − w for w = x + iy.
                real -= term.Shape * (0.5 * ElementaryFunctions.LogOnePlus(2 * x + x * x + y * y) - x);
                imaginary -= term.Shape * (Math.Atan2(y, 1 + x) - y);
            }

            Complex kernelRatio = (1 + saddle) / (1 + saddle + shift);
            if (kernel == FactorLossKernel.HockeyStick)
            {
                kernelRatio *= saddle / (saddle + shift);
            }

            return Complex.FromPolarCoordinates(Math.Exp(real), imaginary) * kernelRatio
                * new Complex(near * bend * sinh, near * cosh);
        }
    }
}

/// <summary>One distinct eigenvalue μ ≠ 1 of a factor release: its loss is −s log μ + (μ − 1) Γ(s, 1).</summary>
/// <param name="Eigenvalue">μ.</param>
/// <param name="Excess">c = μ − 1; the loss has an exponential moment of order z where c z &lt; 1.</param>
/// <param name="Shape">s = r/2 times the multiplicity.</param>
internal readonly record struct FactorLossTerm(double Eigenvalue, double Excess, double Shape);
