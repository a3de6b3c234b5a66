namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// The gamma function in the forms that stay accurate for large arguments: everything goes through Stirling's
/// correction Γ*(a), so that the large terms of log Γ never have to cancel.
/// </summary>
public static class GammaFunction
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double SmallestStirling = 10;

    /// <summary>log Γ(x).</summary>
    /// <param name="x">A positive number.</param>
    /// <returns>log Γ(x); error at most 1e-15 · max(1, |log Γ(x)|).</returns>
    /// <exception cref="ArgumentOutOfRangeException">x is not positive and finite.</exception>
    public static double LogGamma(double x)
    {
        Argument.Positive(x);
        return (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + LogGammaStar(x);
    }

    /// <summary>log Γ*(a), where Γ(a) = √(2π/a) (a/e)^a Γ*(a): Stirling's correction.</summary>
    /// <param name="a">A positive number.</param>
    /// <returns>log Γ*(a), between 0 and about 1/(12a) for large a; absolute error at most 1e-15 (for a ≥ 0.1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">a is not positive and finite.</exception>
    public static double LogGammaStar(double a)
    {
        Argument.Positive(a);
        double shift = 0;
        while (a < SmallestStirling)
        {
            // Γ*(a) = Γ*(a + 1) (1 + 1/a)^{a + 1/2} / e.
            shift += (a + 0.5) * ElementaryFunctions.LogOnePlus(1 / a) - 1;
            a += 1;
        }

        double z = 1 / (a * a);
        double series = 1.0 / 12 + z * (-1.0 / 360 + z * (1.0 / 1260 + z * (-1.0 / 1680 + z * (1.0 / 1188
            + z * (-691.0 / 360360 + z * (1.0 / 156 + z * (-3617.0 / 122400)))))));
        return shift + series / a;
    }

    /// <summary>Γ(a + ½)/Γ(a).</summary>
    /// <param name="a">A positive number.</param>
    /// <returns>The ratio, about √a; relative error at most 2e-15.</returns>
    /// <exception cref="ArgumentOutOfRangeException">a is not positive and finite.</exception>
    public static double HalfStepRatio(double a)
    {
        Argument.Positive(a);
        double exponent = a * ElementaryFunctions.LogOnePlusMinus(0.5 / a)
            + LogGammaStar(a + 0.5) - LogGammaStar(a);
        return Math.Sqrt(a) * Math.Exp(exponent);
    }
}
