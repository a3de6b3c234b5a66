namespace LoraPrivacy.Reference.Releases.Factor;

/// <summary>
/// The factor release: G Aᵀ (LoRA's B after its first step) is published once, A is r × m Gaussian with entry variance
/// 1/r, fresh, secret and independent of the data. Its columns are r independent draws of N(0, GGᵀ/r), so its privacy
/// for a pair G, G′ depends on the rank and the eigenvalues of GGᵀ relative to G′G′ᵀ alone.
/// </summary>
/// <remarks>
/// <para>With μ_j the eigenvalues of Σ^{1/2} Σ′⁻¹ Σ^{1/2}, Σ = GGᵀ and Σ′ = G′G′ᵀ, the privacy loss is
/// L = −(r/2) Σ log μ_j + ½ Σ (μ_j − 1) X_j with X_j ~ χ²_r independent, under G.</para>
/// <para>Accuracy: δ to a relative error of 1e-11 wherever δ ≥ 1e-100, for ranks up to 1024. Immutable and safe
/// for concurrent use. Nothing here speaks of a reused A (S17) or of a public A (S18).</para>
/// </remarks>
[Statement("S24")]
public sealed class FactorRelease : IPrivacyCurve
{
    // Beyond these the moments of the loss overflow and the inversion has no digits left.
    private const double SmallestEigenvalue = 1e-12;
    private const double LargestEigenvalue = 1e12;

    private readonly double[] eigenvalues;
    private readonly FactorLossTerm[] terms;
    private readonly FactorLossTransform transform;

    // One distinct eigenvalue is a χ² scale family (S16, case 2), with its closed form in incomplete gammas.
    private readonly ScaleFamily? scaleFamily;

    /// <summary>The release for a rank and the relative eigenvalues of a pair.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="eigenvalues">μ_j, each in [1e-12, 1e12], in any order, repeated by multiplicity; values of
    /// exactly 1 have no effect, and none at all means that the two gradients cannot be told apart.</param>
    /// <exception cref="ArgumentNullException">eigenvalues is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">rank is not a rank, or an eigenvalue is outside its range.</exception>
    public FactorRelease(int rank, params double[] eigenvalues)
    {
        Rank = Argument.Rank(rank);
        ArgumentNullException.ThrowIfNull(eigenvalues);
        for (int i = 0; i < eigenvalues.Length; i++)
        {
            Argument.InRange(eigenvalues[i], SmallestEigenvalue, LargestEigenvalue, $"eigenvalues[{i}]");
        }

        this.eigenvalues = [.. eigenvalues];
        terms = [.. eigenvalues
            .Where(value => value != 1)
            .GroupBy(value => value)
            .OrderBy(group => group.Key)
            .Select(group => new FactorLossTerm(group.Key, group.Key - 1, 0.5 * rank * group.Count()))];
        transform = new FactorLossTransform(terms);
        if (terms.Length == 1)
        {
            scaleFamily = new ScaleFamily(2 * terms[0].Shape, terms[0].Eigenvalue);
        }
    }

    /// <summary>r.</summary>
    public int Rank { get; }

    /// <summary>The eigenvalues μ_j as they were given.</summary>
    public IReadOnlyList<double> Eigenvalues => eigenvalues;

    /// <summary>The least upper bound of the privacy loss: −(r/2) Σ log μ_j if no μ_j exceeds 1, else +∞.</summary>
    public double LargestLoss
        => terms.Length == 0 ? 0 : double.IsInfinity(transform.LastMoment) ? -transform.LogProduct : double.PositiveInfinity;

    /// <summary>
    /// The worst pair of a family whose Gram matrices differ by one rank-one term, Σ′ = Σ − v vᵀ with
    /// vᵀ Σ⁻¹ v ≤ 1/γ: the single eigenvalue μ = 1/(1 − 1/γ), in the direction in which the loss is unbounded.
    /// </summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="gamma">γ &gt; 1, finite: λ_min(Σ)/‖v‖² at the least.</param>
    /// <returns>The release; its <see cref="RenyiDivergence"/> is the published Gaussian-mixing formula.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static FactorRelease RankOneWorstCase(int rank, double gamma)
        => new(rank, FactorEigenvalues.GaussianMixing(gamma));

    /// <summary>The release for a concrete pair of gradients with the same column space.</summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="gradient">G, n × m.</param>
    /// <param name="neighbour">G′, n × m.</param>
    /// <returns>The release for the direction G‖G′.</returns>
    /// <exception cref="ArgumentException">As for <see cref="FactorEigenvalues.Of"/>: in particular the column spaces
    /// differ, in which case <see cref="Delta(double[,], double[,], int, double)"/> is 1.</exception>
    public static FactorRelease Between(int rank, double[,] gradient, double[,] neighbour)
        => new(rank, FactorEigenvalues.Of(gradient, neighbour));

    /// <summary>δ(ε) of the direction G‖G′, also where the supports of the two releases differ.</summary>
    /// <param name="gradient">G, n × m.</param>
    /// <param name="neighbour">G′, n × m.</param>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1]; 1 where the column spaces of G and G′ differ, since the release then shows which of them
    /// it lies in.</returns>
    /// <exception cref="ArgumentException">A matrix is empty or not finite, the shapes differ, or an argument is
    /// outside its range.</exception>
    public static double Delta(double[,] gradient, double[,] neighbour, int rank, double epsilon)
    {
        Argument.Rank(rank);
        Argument.NonNegative(epsilon);
        return FactorEigenvalues.SupportsAgree(gradient, neighbour) ? Between(rank, gradient, neighbour).Delta(epsilon) : 1;
    }

    /// <summary>The release of the other direction, G′‖G: the reciprocal eigenvalues.</summary>
    /// <returns>The reverse; each reciprocal is rounded once.</returns>
    public FactorRelease Reverse() => new(Rank, [.. eigenvalues.Select(value => 1 / value)]);

    /// <summary>The larger of the two directions' curves: what (ε, δ)-differential privacy asks of this pair.</summary>
    /// <returns>The exact curve.</returns>
    public IPrivacyCurve BothDirections() => new LargerCurve(this, Reverse());

    /// <summary>0: where the supports agree the loss is finite.</summary>
    public double Floor => 0;

    /// <summary>δ(ε) of one direction: sup over events E of P_G(E) − e^ε P_G′(E).</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1], with the accuracy stated for the class; 0 only if ε is at least
    /// <see cref="LargestLoss"/>, and what is below the smallest positive double is rounded up to it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public double Delta(double epsilon)
        => scaleFamily?.Delta(epsilon).Upper
            ?? (IsBounded(Argument.NonNegative(epsilon)) ? 0 : Math.Clamp(transform.Invert(epsilon, FactorLossKernel.HockeyStick), double.Epsilon, 1));

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ in this direction.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε, finite: δ(ε) falls to 0. To 1e-9 relative or 1e-12 absolute; 0 where δ(0) ≤ δ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public double Epsilon(double delta) => CurveInversion.Root(this, delta);

    /// <inheritdoc/>
    Bracket IPrivacyCurve.Delta(double epsilon) => Bracket.Exactly(Delta(epsilon));

    /// <inheritdoc/>
    Bracket IPrivacyCurve.Epsilon(double delta) => Bracket.Exactly(Epsilon(delta));

    /// <inheritdoc/>
    double IPrivacyCurve.Slope(double epsilon) => scaleFamily?.Slope(epsilon) ?? transform.Invert(epsilon, FactorLossKernel.Slope);

    /// <summary>The Rényi divergence D_α of G from G′; the Kullback–Leibler divergence at α = 1.</summary>
    /// <param name="order">α &gt; 0, finite.</param>
    /// <returns>D_α ≥ 0; +∞ where (α − 1)(μ_j − 1) ≥ 1 for some j. Relative error at most 1e-13.</returns>
    /// <exception cref="ArgumentOutOfRangeException">α is not positive and finite.</exception>
    public double RenyiDivergence(double order)
    {
        double beta = Argument.Positive(order) - 1;
        double divergence = 0;
        foreach (FactorLossTerm term in terms)
        {
            double moment = beta * term.Excess;
            if (moment >= 1)
            {
                return double.PositiveInfinity;
            }

            divergence += term.Shape * RenyiShare(term, beta);
        }

        return Math.Max(0, divergence);
    }

    // (−β log μ − log(1 − βc))/β, as two terms of one sign for β ≥ 0.
    private static double RenyiShare(FactorLossTerm term, double beta)
    {
        double c = term.Excess;
        double logMinus = c < -0.5 ? Math.Log(term.Eigenvalue) - c : ElementaryFunctions.LogOnePlusMinus(c);
        return -logMinus - (beta == 0 ? 0 : ElementaryFunctions.LogOnePlusMinus(-beta * c) / beta);
    }

    private bool IsBounded(double epsilon)
        => terms.Length == 0 || (double.IsInfinity(transform.LastMoment) && transform.DistanceToBound(epsilon) <= 0);
}
