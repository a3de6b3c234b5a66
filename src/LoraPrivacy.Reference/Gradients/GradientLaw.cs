using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The exact law of the sketched gradient row y = AᵀA q when A is r × m with independent N(0, 1/r) entries
/// (statements S2, S3, S6 and S8).
/// </summary>
/// <remarks>
/// For entries of variance v the law is that of r·v·y. The law of q = 0 is the point mass at 0 and is not represented.
/// Instances are immutable; sampling is as thread-safe as the source of randomness passed in.
/// </remarks>
public sealed class GradientLaw
{
    private readonly double[] gradient;

    // q · 2^−exponent, of norm in [1, 2): scaling by a power of two is exact, and no square of it can overflow.
    private readonly double[] scaledGradient;
    private readonly int exponent;
    private readonly double scaledSquare;
    private readonly double logNorm;
    private readonly double normalizer;

    /// <summary>The law of AᵀA q.</summary>
    /// <param name="gradient">The gradient row q: finite, not zero, of length m in [1, 1048576].</param>
    /// <param name="rank">The rank r, in [1, 1048576].</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public GradientLaw(ReadOnlySpan<double> gradient, int rank)
    {
        Argument.Length(gradient.Length, nameof(gradient));
        Argument.AllFinite(gradient, nameof(gradient));
        Rank = Argument.Rank(rank);
        Norm = EuclideanNorm.Of(gradient);
        if (Norm == 0)
        {
            throw new ArgumentException("gradient must have an element other than 0, but has none", nameof(gradient));
        }

        Argument.Finite(Norm, "the norm of gradient");
        this.gradient = gradient.ToArray();
        exponent = Math.ILogB(Norm);
        scaledGradient = new double[gradient.Length];
        CompensatedSum square = default;
        for (int i = 0; i < gradient.Length; i++)
        {
            scaledGradient[i] = Math.ScaleB(gradient[i], -exponent);
            square.AddProduct(scaledGradient[i], scaledGradient[i]);
        }

        scaledSquare = square.Value;
        logNorm = Math.Log(Norm);

        // The constant of the density of (S, P⊥y/‖q‖), less the terms (r/2)(1 − S + log S) and (m − 1) log‖q‖: what
        // remains of (r/2) log(r/2) − log Γ(r/2) + r/2 is small.
        double halfRank = rank / 2.0;
        normalizer = (0.5 * Math.Log(halfRank / (2 * Math.PI))) - GammaFunction.LogGammaStar(halfRank)
            - (0.5 * (gradient.Length - 1) * Math.Log(2 * Math.PI / rank));
    }

    /// <summary>The rank r.</summary>
    public int Rank { get; }

    /// <summary>The dimension m.</summary>
    public int Dimension => gradient.Length;

    /// <summary>‖q‖, positive.</summary>
    public double Norm { get; }

    /// <summary>E[y] = q.</summary>
    /// <returns>A copy of q.</returns>
    [Statement("S2")]
    public double[] Mean() => GradientMoments.Mean(gradient);

    /// <summary>Cov(y) = (‖q‖² I + q qᵀ)/r.</summary>
    /// <returns>The m × m covariance matrix.</returns>
    [Statement("S3")]
    public double[,] Covariance() => GradientMoments.RowCovariance(gradient, Rank);

    /// <summary>
    /// The logarithm of the joint density of y with respect to Lebesgue measure on R^m,
    /// ((r − m − 1)/2) log⟨y,q⟩ − (r − 1) log‖q‖ − r‖y‖²/(2⟨y,q⟩) + c on the half-space ⟨y,q⟩ > 0, with
    /// c = (r/2) log(r/2) − log Γ(r/2) − ((m − 1)/2) log(2π/r).
    /// </summary>
    /// <param name="y">The point, finite, of length m.</param>
    /// <returns>
    /// The log-density, −∞ where ⟨y,q⟩ ≤ 0. Its error is a few units in the last place of the largest of
    /// m log‖q‖, m log(2π/r), (r/2)(1 − S + log S), m log S and r‖P⊥y‖²/(2S‖q‖²), where S = ⟨y,q⟩/‖q‖²; unlike the
    /// formula above, none of them grows with r when y is near q.
    /// </returns>
    /// <exception cref="ArgumentException">The length is not m, or an element is not finite.</exception>
    [Statement("S8")]
    public double LogDensity(ReadOnlySpan<double> y)
    {
        Argument.SameLength(y.Length, Dimension, nameof(y));
        Argument.AllFinite(y, nameof(y));
        CompensatedSum along = default;
        CompensatedSum excessAlong = default;
        for (int i = 0; i < y.Length; i++)
        {
            double scaled = Math.ScaleB(y[i], -exponent);
            along.AddProduct(scaled, scaledGradient[i]);
            excessAlong.AddProduct(scaled, scaledGradient[i]);
            excessAlong.AddProduct(-scaledGradient[i], scaledGradient[i]);
        }

        // S = ⟨y,q⟩/‖q‖² and S − 1, each without the cancellation of the other.
        double share = along.Value / scaledSquare;
        double shareMinusOne = excessAlong.Value / scaledSquare;
        if (share <= 0)
        {
            return double.NegativeInfinity;
        }

        double energy = Rank * OrthogonalSquare(y, share) / (2 * share);
        if (!double.IsFinite(energy) || !double.IsFinite(shareMinusOne))
        {
            // Only a y beyond 1e300 times ‖q‖, or next to the hyperplane, reaches this; its density underflows there.
            return double.NegativeInfinity;
        }

        // log S + 1 − S, which is of second order in S − 1 and multiplied by r/2.
        double excess = share < 0.5 ? Math.Log(share) - shareMinusOne : ElementaryFunctions.LogOnePlusMinus(shareMinusOne);
        double logShare = share < 0.5 ? Math.Log(share) : excess + shareMinusOne;
        return normalizer - (Dimension * logNorm) + (0.5 * Rank * excess)
            - (0.5 * (Dimension + 1) * logShare) - energy;
    }

    /// <summary>The law of one entry of y (S7).</summary>
    /// <param name="index">The entry, in [0, m).</param>
    /// <returns>Its variance-gamma law.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside its range.</exception>
    [Statement("S7")]
    public VarianceGamma Entry(int index) => index >= 0 && index < gradient.Length
        ? new VarianceGamma(gradient[index], Math.Max(Norm, Math.Abs(gradient[index])), Rank)
        : throw Argument.OutOfRange(nameof(index), index, $"an integer in [0, {gradient.Length - 1}]");

    /// <summary>
    /// Draws y = S q + ‖q‖ √(S/r) P⊥z with r S ~ χ²_r independent of z ~ N(0, I_m): the law of AᵀA q itself, in O(m)
    /// operations and without drawing A.
    /// </summary>
    /// <param name="random">The source of randomness.</param>
    /// <returns>One draw of y, of length m.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    [Statement("S6")]
    public double[] Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        double share = Gamma.Sample(random, Rank / 2.0, Rank / 2.0);
        double[] y = new double[Dimension];
        double along = 0;
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Normal.Sample(random, 0, 1);
            along += y[i] * scaledGradient[i];
        }

        // P⊥z = z − (⟨z,q⟩/‖q‖²) q
        along /= scaledSquare;
        double spread = Norm * Math.Sqrt(share / Rank);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = (share * gradient[i]) + (spread * (y[i] - (along * scaledGradient[i])));
        }

        return y;
    }

    /// <summary>Draws y = AᵀA q from its definition, with a fresh A, in O(r m) operations.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <returns>One draw of y, of length m.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="random"/> is null.</exception>
    public double[] SampleDirect(Random random)
        => GradientSketch.Sample(gradient, Rank, Initialization.Unbiased(Rank), random);

    /// <summary>‖P⊥y‖²/‖q‖², formed from the components so that nothing cancels when y is nearly parallel to q.</summary>
    private double OrthogonalSquare(ReadOnlySpan<double> y, double share)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double component = Math.ScaleB(y[i], -exponent) - (share * scaledGradient[i]);
            sum += component * component;
        }

        return sum / scaledSquare;
    }
}
