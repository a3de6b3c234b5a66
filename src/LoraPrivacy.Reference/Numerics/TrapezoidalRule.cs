namespace LoraPrivacy.Reference.Numerics;

/// <summary>A positive function on the real line with one peak, as a value type so that sums inline and allocate nothing.</summary>
internal interface IPeakedIntegrand
{
    /// <summary>The value at t, at least 0 and finite.</summary>
    double At(double t);
}

/// <summary>
/// The trapezoidal rule on the whole line. For an analytic integrand that decays on both sides its error falls like
/// exp(−c/h) in the step h (Trefethen &amp; Weideman, SIAM Review 56, 2014); and because every term is positive, nothing
/// cancels: the sum keeps the relative accuracy of its terms.
/// </summary>
internal static class TrapezoidalRule
{
    // A feature narrower than the step can hide from two rules that agree only roughly, so they have to agree fully …
    private const double Agreement = 2e-14;

    // … or stop improving at a level that only the rounding of the integrand explains.
    private const double Noise = 1e-12;
    private const double Negligible = 1e-18;
    private const int MostHalvings = 12;

    // A peak is a few steps wide and a step is halved a dozen times: more terms mean that the integrand is not what Integrate asks for.
    private const int MostTerms = 10_000_000;

    /// <summary>The integral over the line.</summary>
    /// <param name="integrand">Positive, analytic near the real line, increasing up to its peak and decreasing after.</param>
    /// <param name="peak">A point within a step or two of the maximum.</param>
    /// <param name="step">First step, about half the width of the peak.</param>
    /// <returns>The integral, to about 1e-15 beside the error of the integrand itself.</returns>
    /// <exception cref="ArithmeticException">The integrand is not a number somewhere, or does not fall off within ten million steps.</exception>
    public static double Integrate<T>(ref T integrand, double peak, double step)
        where T : struct, IPeakedIntegrand
    {
        double coarse = step * Sum(ref integrand, peak, step);
        double last = double.PositiveInfinity;
        for (int i = 0; i < MostHalvings; i++)
        {
            double shifted = step * Sum(ref integrand, peak + 0.5 * step, step);
            double fine = 0.5 * (coarse + shifted);
            double difference = Math.Abs(shifted - coarse);
            if (difference <= Agreement * fine || (difference <= Noise * fine && difference > 0.1 * last))
            {
                return fine;
            }

            last = difference;
            coarse = fine;
            step *= 0.5;
        }

        return coarse;
    }

    private static double Sum<T>(ref T integrand, double origin, double step)
        where T : struct, IPeakedIntegrand
    {
        double sum = integrand.At(origin);
        sum += OneSide(ref integrand, origin, step, sum);
        return sum + OneSide(ref integrand, origin, -step, sum);
    }

    private static double OneSide<T>(ref T integrand, double origin, double step, double known)
        where T : struct, IPeakedIntegrand
    {
        double sum = 0;
        double last = 0;
        for (int k = 1; k < MostTerms; k++)
        {
            if (k % 256 == 1)
            {
                ComputationLimit.ThrowIfReached();
            }

            double value = integrand.At(origin + k * step);
            sum += value;

            if (double.IsNaN(value))
            {
                throw new ArithmeticException($"the integrand is not a number at {origin + k * step:R}");
            }

            // Only a falling value ends the sum: the origin may lie on the slope before the peak.
            if (value <= last && value <= Negligible * (known + sum))
            {
                return sum;
            }

            last = value;
        }

        throw new ArithmeticException($"the integrand does not fall off within {MostTerms} steps of {step:R} from {origin:R}");
    }
}
