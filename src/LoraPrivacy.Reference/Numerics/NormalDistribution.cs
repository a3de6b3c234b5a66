namespace LoraPrivacy.Reference.Numerics;

/// <summary>The standard normal law, with tails to full relative accuracy.</summary>
public static class NormalDistribution
{
    private const double InverseSqrt2 = 0.70710678118654752440;

    /// <summary>1/√(2π).</summary>
    internal const double PeakDensity = 0.39894228040143267794;

    /// <summary>Φ(z), the distribution function.</summary>
    /// <param name="z">Any number.</param>
    /// <returns>Φ(z) in [0, 1]; relative error at most 1e-13 wherever the value is a normal double.</returns>
    public static double Cdf(double z) => 0.5 * ErrorFunction.Erfc(-z * InverseSqrt2);

    /// <summary>1 − Φ(z).</summary>
    /// <param name="z">Any number.</param>
    /// <returns>1 − Φ(z) in [0, 1]; relative error at most 1e-13 wherever the value is a normal double.</returns>
    public static double ComplementaryCdf(double z) => 0.5 * ErrorFunction.Erfc(z * InverseSqrt2);

    /// <summary>log Φ(z), finite for every finite z.</summary>
    /// <param name="z">Any number.</param>
    /// <returns>log Φ(z) ≤ 0; relative error at most 1e-14.</returns>
    public static double LogCdf(double z) => z < -1
        ? Math.Log(0.5 * ErrorFunction.Erfcx(-z * InverseSqrt2)) - 0.5 * z * z
        : ElementaryFunctions.LogOnePlus(-ComplementaryCdf(z));

    /// <summary>The density φ(z).</summary>
    /// <param name="z">Any number.</param>
    /// <returns>φ(z).</returns>
    public static double Density(double z) => PeakDensity * Math.Exp(-0.5 * z * z);

    /// <summary>The quantile: z with Φ(z) = p.</summary>
    /// <param name="p">A probability in (0, 1).</param>
    /// <returns>z, to a relative error of 1e-14 or an absolute one of 1e-15.</returns>
    /// <exception cref="ArgumentOutOfRangeException">p is not in (0, 1).</exception>
    /// <remarks>MathNet's inverse as the start, then two Newton steps on log Φ in the smaller tail.</remarks>
    public static double Quantile(double p)
    {
        Argument.Probability(p);
        if (p > 0.5)
        {
            // 1 − p is exact for p ≥ 0.5, so the upper half mirrors the lower one without loss.
            return -LowerQuantile(1 - p);
        }

        return LowerQuantile(p);
    }

    private static double LowerQuantile(double p)
    {
        double z = -Math.Sqrt(2) * MathNet.Numerics.SpecialFunctions.ErfcInv(2 * p);
        z = -Math.Abs(z);
        if (!double.IsFinite(z))
        {
            z = -38;
        }

        double target = Math.Log(p);
        for (int i = 0; i < 4; i++)
        {
            double mills = Math.Sqrt(Math.PI / 2) * ErrorFunction.Erfcx(-z * InverseSqrt2);
            z -= (LogCdf(z) - target) * mills;
        }

        return z;
    }
}
