using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Releases.Projection;

/// <summary>
/// The law of P q, P the orthogonal projection on a uniformly random r-dimensional subspace of R^m: what a LoRA step
/// releases when A is orthonormal, or when the optimiser preconditions by (AAᵀ)⁻¹ (PEFT's LoRA-FA).
/// </summary>
/// <remarks>
/// P q = S q + √(S(1 − S)) ‖q‖ w, S ~ Beta(r/2, (m − r)/2), w uniform on the unit sphere orthogonal to q. The unbiased
/// estimate of q is (m/r) P q; the variances here are those of that estimate. Relative accuracy 1e-14. Immutable and
/// safe for concurrent use.
/// </remarks>
[Statement("S25")]
public sealed class ProjectionLaw
{
    /// <summary>The law for a rank and a dimension.</summary>
    /// <param name="rank">r, in [1, m].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public ProjectionLaw(int rank, int dimension)
    {
        Dimension = Argument.Dimension(dimension);
        Rank = rank >= 1 && rank <= dimension
            ? rank
            : throw Argument.OutOfRange(nameof(rank), rank, $"an integer in [1, {dimension}] (the dimension)");
    }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>m.</summary>
    public int Dimension { get; }

    /// <summary>m/r, the factor that makes P q unbiased.</summary>
    public double UnbiasedScale => (double)Dimension / Rank;

    /// <summary>E S = r/m, S = ‖P q‖²/‖q‖².</summary>
    public double ShareMean => (double)Rank / Dimension;

    /// <summary>Var S = 2 r (m − r)/(m² (m + 2)); 0 for r = m.</summary>
    public double ShareVariance => 2 * ShareMean * (1 - ShareMean) / (Dimension + 2);

    /// <summary>P(S ≤ s), the Beta(r/2, (m − r)/2) distribution function.</summary>
    /// <param name="share">s in [0, 1].</param>
    /// <returns>A number in [0, 1]; a step at 1 for r = m.</returns>
    /// <exception cref="ArgumentOutOfRangeException">share is not in [0, 1].</exception>
    public double ShareCumulativeDistribution(double share)
    {
        Argument.InRange(share, 0, 1);
        return Rank == Dimension
            ? share < 1 ? 0 : 1
            : IncompleteBeta.Regularized(0.5 * Rank, 0.5 * (Dimension - Rank), share, 1 - share);
    }

    /// <summary>E‖(m/r) P q − q‖² = (m/r − 1)‖q‖²: it falls with r, and yet protects nothing (see
    /// <see cref="ProjectionRelease"/>).</summary>
    /// <param name="norm">‖q‖, at least 0.</param>
    /// <returns>The total noise, in the gradient's unit squared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">norm is negative or not finite.</exception>
    public double TotalNoise(double norm)
        => (Dimension - Rank) / (double)Rank * Argument.NonNegative(norm) * norm;

    /// <summary>The variance of one entry of (m/r) P q.</summary>
    /// <param name="entry">q_i, |q_i| ≤ ‖q‖.</param>
    /// <param name="norm">‖q‖, at least 0.</param>
    /// <returns>The variance, in the gradient's unit squared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">norm is negative, or |entry| exceeds it.</exception>
    public double EntryVariance(double entry, double norm)
    {
        Argument.NonNegative(norm);
        Argument.InRange(entry, -norm, norm);
        (double along, double across) = Coefficients();
        return along * entry * entry + across * (norm - entry) * (norm + entry);
    }

    /// <summary>The covariance matrix of (m/r) P q.</summary>
    /// <param name="q">A row of the gradient, m finite entries.</param>
    /// <returns>An m × m matrix: (m/r)² [Var S · q qᵀ + E[S(1 − S)]/(m − 1) · (‖q‖² I − q qᵀ)].</returns>
    /// <exception cref="ArgumentException">q has not m entries, or one is not finite.</exception>
    public double[,] Covariance(ReadOnlySpan<double> q)
    {
        Check(q);
        (double along, double across) = Coefficients();
        double square = SquaredNorm(q);
        double[,] covariance = new double[q.Length, q.Length];
        for (int i = 0; i < q.Length; i++)
        {
            for (int j = 0; j < q.Length; j++)
            {
                covariance[i, j] = (along - across) * q[i] * q[j] + (i == j ? across * square : 0);
            }
        }

        return covariance;
    }

    /// <summary>One draw of P q (not scaled by m/r).</summary>
    /// <param name="q">A row of the gradient, m finite entries.</param>
    /// <param name="random">The source of randomness, used by one thread at a time.</param>
    /// <returns>m numbers y with ⟨y, q⟩ = ‖y‖² up to rounding.</returns>
    /// <exception cref="ArgumentException">q has not m entries, or one is not finite.</exception>
    /// <exception cref="ArgumentNullException">random is null.</exception>
    public double[] Sample(ReadOnlySpan<double> q, Random random)
    {
        Check(q);
        ArgumentNullException.ThrowIfNull(random);
        double square = SquaredNorm(q);
        double[] y = q.ToArray();
        if (Rank == Dimension || square == 0)
        {
            return y;
        }

        double inside = Gamma.Sample(random, 0.5 * Rank, 1);
        double outside = Gamma.Sample(random, 0.5 * (Dimension - Rank), 1);
        double share = inside / (inside + outside);
        double[] w = new double[q.Length];
        Normal.Samples(random, w, 0, 1);
        double inner = 0;
        for (int i = 0; i < w.Length; i++)
        {
            inner += w[i] * q[i];
        }

        for (int i = 0; i < w.Length; i++)
        {
            w[i] -= inner / square * q[i];
        }

        double scale = Math.Sqrt(share) * Math.Sqrt(outside / (inside + outside)) * Math.Sqrt(square / SquaredNorm(w));
        for (int i = 0; i < w.Length; i++)
        {
            y[i] = share * q[i] + scale * w[i];
        }

        return y;
    }

    private static double SquaredNorm(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }

        return sum;
    }

    // The variance along q and across it, for ‖q‖ = 1: (m/r)² Var S and (m/r)² E[S(1 − S)]/(m − 1).
    private (double Along, double Across) Coefficients()
    {
        if (Rank == Dimension)
        {
            return (0, 0);
        }

        double m = Dimension;
        double common = (m - Rank) / Rank / (m + 2);
        return (2 * common, common * m / (m - 1));
    }

    private void Check(ReadOnlySpan<double> q)
    {
        Argument.SameLength(q.Length, Dimension, nameof(q));
        Argument.AllFinite(q, nameof(q));
    }
}
