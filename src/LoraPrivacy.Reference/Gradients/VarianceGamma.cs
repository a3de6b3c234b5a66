using System.Numerics;
using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The exact law of one entry of the sketched gradient AᵀA q, A an r×m matrix of independent N(0, 1/r) entries: a
/// variance-gamma law, fixed by the entry q_i, the norm ‖q‖ and the rank r. It does not depend on m.
/// </summary>
/// <remarks>
/// <para>The entry is S q_i + √S σ₀ Z, with S ~ χ²_r/r, Z ~ N(0, 1) and σ₀² = (‖q‖² − q_i²)/r. The same law is
/// that of a S₁ − b S₂, a = (‖q‖ + q_i)/2, b = (‖q‖ − q_i)/2, S₁ and S₂ independent χ²_r/r (factor the
/// characteristic function); distribution function, cumulants and sampler use that form, the density uses the first.
/// For |q_i| = ‖q‖ it is the scaled chi-squared law of q_i χ²_r/r.</para>
/// <para>Accuracy, for ranks up to 1024 and any ratio q_i/‖q‖: density and distribution function to a relative error
/// of 1e-12 in the body and 1e-10 in either tail down to 1e-100. The type is immutable and thread safe.</para>
/// </remarks>
[Statement("S7")]
public sealed class VarianceGamma
{
    private readonly double ratio;
    private readonly double a;
    private readonly double b;
    private readonly double nu;
    private readonly VarianceGammaDensity density;
    private readonly VarianceGammaTails positive;
    private readonly VarianceGammaTails negative;

    /// <summary>The law of entry q_i of AᵀA q.</summary>
    /// <param name="entry">q_i, in the gradient's unit; |q_i| ≤ ‖q‖.</param>
    /// <param name="norm">‖q‖ &gt; 0, the Euclidean norm of the whole row, in the same unit.</param>
    /// <param name="rank">r, the number of rows of A.</param>
    /// <exception cref="ArgumentOutOfRangeException">norm is not positive and finite, |entry| exceeds norm, or rank
    /// is not a rank.</exception>
    public VarianceGamma(double entry, double norm, int rank)
    {
        Norm = Argument.Positive(norm);
        Entry = Argument.InRange(entry, -norm, norm);
        Rank = Argument.Rank(rank);
        nu = 0.5 * rank;

        ratio = entry / norm;

        // The shares of both gamma variables in units of ‖q‖; the differences are exact where they nearly vanish.
        a = entry < 0 ? (norm + entry) / norm * 0.5 : 0.5 + 0.5 * ratio;
        b = entry > 0 ? (norm - entry) / norm * 0.5 : 0.5 - 0.5 * ratio;
        var gamma = new IncompleteGammaShape(nu);
        density = new VarianceGammaDensity(ratio, a, b, nu);
        positive = new VarianceGammaTails(gamma, a, b);
        negative = new VarianceGammaTails(gamma, b, a);
    }

    /// <summary>q_i, the entry of the full gradient.</summary>
    public double Entry { get; }

    /// <summary>‖q‖, the norm of the row of the full gradient.</summary>
    public double Norm { get; }

    /// <summary>r, the rank.</summary>
    public int Rank { get; }

    /// <summary>The mean, q_i.</summary>
    public double Mean => Entry;

    /// <summary>The variance, (‖q‖² + q_i²)/r.</summary>
    public double Variance => (1 + ratio * ratio) / Rank * Norm * Norm;

    /// <summary>The skewness, in [−√(8/r), √(8/r)], with the sign of q_i.</summary>
    public double Skewness => Cumulant(3, 1) / Math.Pow(Cumulant(2, 1), 1.5);

    /// <summary>The excess kurtosis, from 6/r at q_i = 0 to 12/r at |q_i| = ‖q‖.</summary>
    public double ExcessKurtosis => Cumulant(4, 1) / (Cumulant(2, 1) * Cumulant(2, 1));

    /// <summary>The density f(x).</summary>
    /// <param name="x">Any finite number, in the gradient's unit.</param>
    /// <returns>f(x) ≥ 0, per unit of x. It is +∞ at x = 0 for rank 1; for |q_i| = ‖q‖ and rank 2 the
    /// one-sided limit at 0 is returned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite.</exception>
    public double Density(double x) => Math.Exp(LogDensity(x));

    /// <summary>log f(x).</summary>
    /// <param name="x">Any finite number, in the gradient's unit.</param>
    /// <returns>log f(x): the absolute error is the relative error promised for f. +∞ at x = 0 for rank 1; −∞
    /// outside the support when |q_i| = ‖q‖, and where the logarithm itself leaves the range of doubles.</returns>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite.</exception>
    public double LogDensity(double x)
    {
        double scaled = Argument.Finite(x) / Norm;
        return density.LogAt(scaled) - Math.Log(Norm);
    }

    /// <summary>P(X ≤ x), the distribution function.</summary>
    /// <param name="x">Any finite number, in the gradient's unit.</param>
    /// <returns>A number in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite.</exception>
    public double CumulativeDistribution(double x)
    {
        double scaled = Argument.Finite(x) / Norm;
        return scaled > 0 ? WithComplement(positive, scaled, upper: false) : WithComplement(negative, -scaled, upper: true);
    }

    /// <summary>P(X &gt; x), the complementary distribution function.</summary>
    /// <param name="x">Any finite number, in the gradient's unit.</param>
    /// <returns>A number in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite.</exception>
    public double ComplementaryCumulativeDistribution(double x)
    {
        double scaled = Argument.Finite(x) / Norm;
        return scaled >= 0 ? WithComplement(positive, scaled, upper: true) : WithComplement(negative, -scaled, upper: false);
    }

    /// <summary>The quantile: x with P(X ≤ x) = p.</summary>
    /// <param name="p">A probability in (0, 1).</param>
    /// <returns>x, in the gradient's unit. The smaller of the two tails at x agrees with that of p to a relative
    /// 1e-12, or x is within a unit in the last place of where it would.</returns>
    /// <exception cref="ArgumentOutOfRangeException">p is not in (0, 1).</exception>
    public double Quantile(double p)
    {
        Argument.Probability(p);

        // For p > ½ the complement 1 − p is exact.
        return p <= 0.5 ? Norm * LowerQuantile(p, 1) : -Norm * LowerQuantile(1 - p, -1);
    }

    /// <summary>The complementary quantile: x with P(X &gt; x) = p.</summary>
    /// <param name="p">A probability in (0, 1), however small.</param>
    /// <returns>x, in the gradient's unit; accuracy as for <see cref="Quantile"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">p is not in (0, 1).</exception>
    public double ComplementaryQuantile(double p)
    {
        Argument.Probability(p);
        return p <= 0.5 ? -Norm * LowerQuantile(p, -1) : Norm * LowerQuantile(1 - p, 1);
    }

    /// <summary>The characteristic function E e^{itX} = (1 − (2/r)(i t q_i − t² σ₀²/2))^{−r/2}.</summary>
    /// <param name="t">Any finite number, in the inverse of the gradient's unit.</param>
    /// <returns>The value, on the branch that is 1 at t = 0; relative error at most 1e-15 · (r + 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">t is not finite.</exception>
    public Complex CharacteristicFunction(double t)
    {
        double s = Argument.Finite(t) * Norm / nu;
        double logModulus = -0.5 * nu * (LogOnePlusSquare(s * a) + LogOnePlusSquare(s * b));
        double phase = nu * (Math.Atan(s * a) - Math.Atan(s * b));
        return Complex.FromPolarCoordinates(Math.Exp(logModulus), phase);
    }

    /// <summary>The cumulant of order n, (n − 1)! (r/2)^{1−n} (aⁿ + (−b)ⁿ).</summary>
    /// <param name="n">The order, at least 1.</param>
    /// <returns>The cumulant, in the gradient's unit to the power n; 0 or ±∞ where it leaves the range of doubles.
    /// Relative error at most 1e-15 · (n + |log of the result|).</returns>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1 or above the largest size.</exception>
    public double Cumulant(int n) => Cumulant(Argument.Size(n, nameof(n)), Norm);

    /// <summary>One draw of the entry.</summary>
    /// <param name="random">The source of randomness, used by one thread at a time.</param>
    /// <returns>a S₁ − b S₂ with two independent χ²_r/r draws.</returns>
    /// <exception cref="ArgumentNullException">random is null.</exception>
    public double Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Norm * (a * Gamma.Sample(random, nu, nu) - b * Gamma.Sample(random, nu, nu));
    }

    // x with P(X ≤ x) = p, in units of ‖q‖, where X is the law (sign 1) or its mirror image (sign −1).
    private double LowerQuantile(double p, int sign)
    {
        VarianceGammaTails below = sign > 0 ? negative : positive;
        VarianceGammaTails above = sign > 0 ? positive : negative;
        double belowZero = below.Upper(0);
        if (p == belowZero)
        {
            return 0;
        }

        double start = Math.Sqrt(Variance) / Norm;
        return p < belowZero
            ? -new VarianceGammaQuantile(below, density, -sign).Invert(p, upper: true, start)
            : new VarianceGammaQuantile(above, density, sign).Invert(p, upper: false, start);
    }

    // The tail asked for, or the complement of the other one where that is not small.
    private static double WithComplement(VarianceGammaTails tails, double x, bool upper)
    {
        double thin = tails.Upper(x);
        if (upper)
        {
            return thin <= 0.75 ? thin : 1 - tails.Lower(x);
        }

        return thin <= 0.75 ? 1 - thin : tails.Lower(x);
    }

    // aⁿ + (−b)ⁿ = ±(larger share)ⁿ (1 ± e^{n log(smaller/larger)}), by expm1 where the two nearly cancel.
    private double Cumulant(int n, double norm)
    {
        double larger = Math.Max(a, b);
        double power = n * ElementaryFunctions.LogOnePlus(-Math.Abs(ratio) / larger);
        double sum = (n & 1) == 0 ? 1 + Math.Exp(power) : -Math.Sign(ratio) * ElementaryFunctions.ExpMinusOne(power);
        if (sum == 0)
        {
            return 0;
        }

        double scale = larger * norm / nu;
        if (n > 30)
        {
            return sum * nu * Math.Exp(GammaFunction.LogGamma(n) + n * Math.Log(scale));
        }

        double product = sum * nu;
        for (int k = 0; k < n; k++)
        {
            product *= Math.Max(k, 1) * scale;
        }

        return product;
    }

    private static double LogOnePlusSquare(double x)
        => Math.Abs(x) > 1e150 ? 2 * Math.Log(Math.Abs(x)) : ElementaryFunctions.LogOnePlus(x * x);
}
