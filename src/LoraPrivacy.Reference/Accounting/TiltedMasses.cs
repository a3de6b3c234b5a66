namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The masses of a privacy loss distribution under exponential tilting, g_i = p_i e^{λl_i − κ}, rounded to the side of its bound, so that the
/// masses that they stand for bound the exact ones (S27, item 4).
/// </summary>
internal sealed class TiltedMasses
{
    // Room for the roundings of an exponential and of its argument.
    private const double Unit = OutwardRounding.Unit;

    private TiltedMasses(PrivacyLossDistribution law, double logMoment, double[] values)
    {
        Law = law;
        LogMoment = logMoment;
        Values = values;
    }

    /// <summary>The distribution.</summary>
    public PrivacyLossDistribution Law { get; }

    /// <summary>κ, a double near log Σ p_i e^{λl_i}: the exact exponent by which the values are scaled.</summary>
    public double LogMoment { get; }

    /// <summary>g_i, from the distribution's first index on; they add up to about 1.</summary>
    public double[] Values { get; }

    /// <summary>The masses under a tilt.</summary>
    /// <param name="law">The distribution, with some finite mass.</param>
    /// <param name="tilt">λ ≥ 0.</param>
    public static TiltedMasses Of(PrivacyLossDistribution law, double tilt)
    {
        bool up = law.Side == BoundSide.Upper;
        double kappa = LogMomentOf(law, tilt);
        double[] values = new double[law.Masses.Length];
        for (int j = 0; j < values.Length; j++)
        {
            double mass = law.Masses[j];
            if (mass == 0)
            {
                continue;
            }

            double product = tilt * law.Grid.Loss(law.FirstIndex + (double)j);
            double exponent = product - kappa;

            // Where the exponential alone would overflow the mass goes into its exponent.
            double value = exponent < 690 ? mass * Math.Exp(exponent) : Math.Exp(Math.Log(mass) + exponent);
            double error = Unit * ((exponent < 690 ? 1 : 800) + Math.Abs(product) + Math.Abs(kappa));
            values[j] = up ? value * (1 + error) + 1e-300 : Math.Max(0, value * (1 - error) - 1e-300);
        }

        return new TiltedMasses(law, kappa, values);
    }

    /// <summary>log Σ p_i e^{λl_i} over the finite losses, to about 1e-13; −∞ where they have no mass.</summary>
    public static double LogMomentOf(PrivacyLossDistribution law, double tilt)
    {
        ReadOnlySpan<double> masses = law.Masses;
        double largest = double.NegativeInfinity;
        for (int j = 0; j < masses.Length; j++)
        {
            if (masses[j] > 0)
            {
                largest = Math.Max(largest, Math.Log(masses[j]) + tilt * law.Grid.Loss(law.FirstIndex + (double)j));
            }
        }

        if (double.IsInfinity(largest))
        {
            return largest;
        }

        double sum = 0;
        for (int j = 0; j < masses.Length; j++)
        {
            if (masses[j] > 0)
            {
                // Scaling before the product keeps both factors in range.
                sum += Math.Exp(Math.Log(masses[j]) + (tilt * law.Grid.Loss(law.FirstIndex + (double)j) - largest));
            }
        }

        return largest + Math.Log(sum);
    }

    /// <summary>An upper bound of log Σ g_i e^{s l_i}, for a real s: the logarithm of a moment of the tilted masses.</summary>
    public double LogMomentBound(double shift)
    {
        LossGrid grid = Law.Grid;
        double largest = double.NegativeInfinity;
        for (int j = 0; j < Values.Length; j++)
        {
            if (Values[j] > 1e-30)
            {
                largest = Math.Max(largest, shift * grid.Loss(Law.FirstIndex + (double)j));
            }
        }

        double sum = 0;
        for (int j = 0; j < Values.Length; j++)
        {
            if (Values[j] > 0)
            {
                sum += Values[j] * Math.Exp(shift * grid.Loss(Law.FirstIndex + (double)j) - largest);
            }
        }

        double spread = Math.Abs(shift) * grid.Spacing * (Values.Length + Math.Abs((double)Law.FirstIndex));
        return sum > 0 ? largest + Math.Log(sum) + Unit * (4 + Values.Length / 8.0 + Math.Abs(largest) + 2 * spread) : double.NegativeInfinity;
    }
}
