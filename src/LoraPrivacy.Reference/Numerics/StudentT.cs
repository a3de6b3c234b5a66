namespace LoraPrivacy.Reference.Numerics;

/// <summary>Student's t law with both tails to full relative accuracy.</summary>
public static class StudentT
{
    /// <summary>F_ν(t), the distribution function.</summary>
    /// <param name="t">Any number.</param>
    /// <param name="degrees">Degrees of freedom ν, positive.</param>
    /// <returns>F_ν(t) in [0, 1]; relative error at most 1e-13 for ν ≤ 1024 wherever the value is at least 1e-100.</returns>
    /// <exception cref="ArgumentOutOfRangeException">degrees is not positive, or t is NaN.</exception>
    public static double Cdf(double t, double degrees)
    {
        Argument.Positive(degrees);
        if (double.IsNaN(t))
        {
            throw Argument.OutOfRange(nameof(t), t, "a number");
        }

        if (double.IsInfinity(t))
        {
            return t < 0 ? 0 : 1;
        }

        // x = ν/(ν + t²), written so that t² cannot overflow.
        double w = t / Math.Sqrt(degrees);
        double x = Math.Abs(w) > 1e100 ? 1 / w / w : 1 / (1 + w * w);
        double complement = Math.Abs(w) > 1e100 ? 1 : w * w / (1 + w * w);
        return FromSquaredSine(degrees, x, complement, negative: t < 0);
    }

    /// <summary>F_ν(−√ν cot θ), from sin²θ and cos²θ.</summary>
    internal static double FromSquaredSine(double degrees, double sineSquared, double cosineSquared, bool negative)
    {
        double tail = 0.5 * IncompleteBeta.Regularized(degrees / 2, 0.5, sineSquared, cosineSquared);
        return negative ? tail : 1 - tail;
    }
}
