using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.Reference.Privacy.Comparators;

/// <summary>
/// The Gaussian mechanism, and with it the normal approximation from which earlier versions of the source paper argue:
/// treat AᵀA q as q plus independent Gaussian noise with the variance of one entry.
/// </summary>
/// <remarks>
/// <para>As an account of the sketch it is NOT a bound: for a fixed rank the entries are not normal, however large the
/// dimension; their covariance depends on q itself; and the exact curve has a floor that no ε passes. Tabulate it beside
/// the exact curve only.</para>
/// <para>As the Gaussian mechanism's own curve (Balle and Wang, 2018) it is exact; relative error of δ at most 1e-12
/// wherever δ ≥ 1e-100.</para>
/// </remarks>
[Statement("S26")]
public static class GaussianApproximation
{
    // Below this ratio the two terms of the closed form are too close for their difference.
    private const double SmallRatio = 0.5;

    /// <summary>The ratio of sensitivity to noise that the approximation assumes, ‖q − q′‖/σ with σ² = (‖q‖² + q_i²)/r.</summary>
    /// <param name="relativeSensitivity">τ = ‖q − q′‖/‖q‖, positive and finite.</param>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="entryRatio">q_i/‖q‖ in [−1, 1] of the entry whose variance is taken; 0 gives the least noise.</param>
    /// <returns>τ √(r/(1 + (q_i/‖q‖)²)).</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double SensitivityRatio(double relativeSensitivity, int rank, double entryRatio = 0)
    {
        Argument.Positive(relativeSensitivity);
        Argument.Rank(rank);
        Argument.InRange(entryRatio, -1, 1);
        return relativeSensitivity * Math.Sqrt(rank / (1 + entryRatio * entryRatio));
    }

    /// <summary>δ(ε) of the Gaussian mechanism: Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ).</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <param name="sensitivityRatio">μ, the sensitivity over the standard deviation of the noise, positive and finite.</param>
    /// <returns>δ in (0, 1]; what is below the smallest positive double is rounded up to it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Delta(double epsilon, double sensitivityRatio)
    {
        Argument.NonNegative(epsilon);
        Argument.Positive(sensitivityRatio);
        return Math.Clamp(Curve(epsilon, sensitivityRatio), double.Epsilon, 1);
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ for the Gaussian mechanism.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <param name="sensitivityRatio">μ, positive and finite.</param>
    /// <returns>ε, to 1e-9 relative or 1e-12 absolute; 0 where δ(0) ≤ δ, +∞ where it would exceed 1e15.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Epsilon(double delta, double sensitivityRatio)
    {
        Argument.Probability(delta);
        Argument.Positive(sensitivityRatio);
        return CurveInversion.Epsilon(new Inverse(sensitivityRatio), delta);
    }

    // With a = ε/μ − μ/2 and b = a + μ: δ = φ(a) (R(a) − R(b)), R(x) = (1 − Φ(x))/φ(x) Mills' ratio, since e^ε φ(b) = φ(a).
    private static double Curve(double epsilon, double mu)
    {
        double a = epsilon / mu - 0.5 * mu;
        double b = epsilon / mu + 0.5 * mu;
        if (a < 0 && mu > SmallRatio)
        {
            return NormalDistribution.ComplementaryCdf(a) - NormalDistribution.Density(a) * Mills(b);
        }

        double density = NormalDistribution.Density(a);
        if (density == 0)
        {
            return 0;
        }

        if (mu > SmallRatio)
        {
            return density * (Mills(a) - Mills(b));
        }

        // R(a) − R(b) = ∫ e^{−at − t²/2} (1 − e^{−μt}) dt over t > 0, in log t.
        var difference = new MillsDifference(a, mu);
        double peak = Math.Log((Math.Sqrt(a * a + 8) - a) / 2);
        return density * TrapezoidalRule.Integrate(ref difference, peak, 0.3);
    }

    private static double Mills(double x) => Math.Sqrt(Math.PI / 2) * ErrorFunction.Erfcx(x / Math.Sqrt(2));

    private readonly struct MillsDifference(double a, double mu) : IPeakedIntegrand
    {
        public double At(double t)
        {
            double u = Math.Exp(t);
            return -u * Math.Exp(-u * (a + 0.5 * u)) * ElementaryFunctions.ExpMinusOne(-mu * u);
        }
    }

    private readonly struct Inverse(double mu) : IPrivacyCurve
    {
        public double Floor => 0;

        public double Excess(double epsilon) => Curve(epsilon, mu);

        public double Slope(double epsilon)
            => NormalDistribution.Density(epsilon / mu - 0.5 * mu) * Mills(epsilon / mu + 0.5 * mu);
    }
}
