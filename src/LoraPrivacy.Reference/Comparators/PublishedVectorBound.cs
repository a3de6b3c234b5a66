using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Reference.Comparators;

/// <summary>
/// The vector bound of arXiv 2601.21719 for the product release of two unit vectors at an angle θ:
/// δ = δ_∞ + 3δ₁ and ε = ((m − r + 1)/2) log(ρ + K) + (1 − ρ + K) κ/(2(ρ − K)), ρ = cos θ, K = t sin θ/√r, t and κ the
/// 1 − δ₁ quantiles of Student's t_r and of χ²_{m+r−1}.
/// </summary>
/// <remarks>
/// <para>A bound, not the exact curve, for equal norms only, for r ≤ m + 1, and only where ρ &gt; t/√(r + t²) (that is,
/// ρ &gt; K); elsewhere it promises nothing and <see cref="Epsilon"/> is +∞.</para>
/// <para>The authors' web summary prints (m + r − 1)/2 as the first coefficient, which contradicts the exact law: the
/// coefficient here is our correction.</para>
/// </remarks>
[Statement("S26")]
public sealed class PublishedVectorBound
{
    private readonly double floor;

    /// <summary>The bound for a rank, a dimension and an angle.</summary>
    /// <param name="rank">r, in [1, m + 1].</param>
    /// <param name="dimension">m, in [1, 1048576].</param>
    /// <param name="angle">θ in radians, in (0, π].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public PublishedVectorBound(int rank, int dimension, double angle)
    {
        Dimension = Argument.Dimension(dimension);
        Rank = Argument.Rank(rank) <= (long)dimension + 1
            ? rank
            : throw Argument.OutOfRange(nameof(rank), rank, $"an integer in [1, {dimension + 1L}] (the dimension plus one)");
        Angle = angle > 0
            ? Argument.InRange(angle, 0, Math.PI)
            : throw Argument.OutOfRange(nameof(angle), angle, "a number in (0, π]");
        floor = ProductRelease.DeltaFloor(rank, angle);
    }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>m.</summary>
    public int Dimension { get; }

    /// <summary>θ in radians.</summary>
    public double Angle { get; }

    /// <summary>ε of the bound at a total δ, with δ₁ = (δ − δ_∞)/3, the largest that the total allows.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε ≥ 0, to a relative error of 1e-10 or an absolute one of 1e-12; +∞ where the bound does not apply, or δ
    /// is not above the floor δ_∞.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public double Epsilon(double delta)
    {
        double share = (Argument.Probability(delta) - floor) / 3;
        if (share <= 0)
        {
            return double.PositiveInfinity;
        }

        double t = StudentQuantile(share);
        double sine = Math.Sin(Angle);
        double cosine = Math.Cos(Angle);
        double k = t * sine / Math.Sqrt(Rank);
        if (cosine <= k)
        {
            return double.PositiveInfinity;
        }

        // 1 − ρ without cancellation at small angles.
        double half = Math.Sin(0.5 * Angle);
        double gap = 2 * half * half;
        double kappa = ChiSquaredQuantile(share);
        double epsilon = 0.5 * (Dimension - Rank + 1.0) * ElementaryFunctions.LogOnePlus(k - gap)
            + (gap + k) * kappa / (2 * (cosine - k));
        return Math.Max(0, epsilon);
    }

    // t > 0 with P(T > t) = p < 1/2, T ~ t_r.
    private double StudentQuantile(double p)
    {
        var equation = new StudentTail(Rank, p);
        return Math.Exp(RootFinding.Decreasing(ref equation, -60, 700, 0, 1e-15, 1e-15));
    }

    // κ with P(X > κ) = p, X ~ χ²_{m+r−1}.
    private double ChiSquaredQuantile(double p)
    {
        var equation = new GammaTail(new IncompleteGammaShape(0.5 * (Dimension + Rank - 1.0)), p);
        double start = Math.Log(0.5 * (Dimension + Rank - 1.0));
        return 2 * Math.Exp(RootFinding.Decreasing(ref equation, start - 60, start + 60, start, 1e-15, 1e-15));
    }

    private readonly struct StudentTail(int degrees, double p) : IDifferentiable
    {
        public (double Value, double Slope) At(double x)
        {
            double t = Math.Exp(x);
            double tail = StudentT.Cdf(-t, degrees);
            double density = GammaFunction.HalfStepRatio(0.5 * degrees) / Math.Sqrt(Math.PI * degrees)
                * Math.Exp(-0.5 * (degrees + 1) * ElementaryFunctions.LogOnePlus(t * t / degrees));
            return tail > 0 ? (Math.Log(tail / p), -t * density / tail) : (double.NegativeInfinity, double.NaN);
        }
    }

    private readonly struct GammaTail(IncompleteGammaShape gamma, double p) : IDifferentiable
    {
        public (double Value, double Slope) At(double x)
        {
            GammaTails tails = gamma.At(Math.Exp(x));
            return tails.Upper > 0
                ? (Math.Log(tails.Upper / p), -tails.Prefactor / tails.Upper)
                : (double.NegativeInfinity, double.NaN);
        }
    }
}
