using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace LoraPrivacy.Reference.Releases.Factor;

/// <summary>
/// The eigenvalues that decide the privacy of the factor release, and whether there are any: where G and G′ have
/// different column spaces, the laws of G Aᵀ and G′ Aᵀ live on sets that meet in a null set, and δ(ε) = 1.
/// </summary>
[Statement("S24")]
public static class FactorEigenvalues
{
    // Column spaces are equations between doubles that stand for real numbers: decided up to this, relative.
    private const double Rounding = 1.0 / (1L << 40);

    /// <summary>The eigenvalues μ_j of Σ^{1/2} Σ′⁻¹ Σ^{1/2}, Σ = GGᵀ, Σ′ = G′G′ᵀ, on their common column space.</summary>
    /// <param name="gradient">G, n × m, finite.</param>
    /// <param name="neighbour">G′, of the same shape.</param>
    /// <returns>As many positive numbers as the rank of G, ascending; exactly 1 for equal matrices. Absolute error of
    /// log μ_j about 1e-15 times the condition number of G and G′ (the Gram matrices are never formed).</returns>
    /// <exception cref="ArgumentException">A matrix is empty or not finite, the shapes differ, or the column spaces
    /// do: then the supports of the two releases differ and δ(ε) = 1.</exception>
    public static double[] Of(double[,] gradient, double[,] neighbour)
    {
        if (!TryReduce(gradient, neighbour, out Matrix<double> g, out Matrix<double> h))
        {
            throw new ArgumentException(
                $"{nameof(neighbour)} must have the column space of {nameof(gradient)}, but does not: the supports of the two releases differ, and delta is 1 for every epsilon",
                nameof(neighbour));
        }

        if (g.Equals(h))
        {
            return g.FrobeniusNorm() == 0 ? [] : [.. Enumerable.Repeat(1.0, g.RowCount)];
        }

        // G = Rᵀ Qᵀ with Gᵀ = Q R: the eigenvalues are the squared singular values of R′⁻ᵀ Rᵀ.
        Matrix<double> lower = g.Transpose().QR(QRMethod.Thin).R.Transpose();
        Matrix<double> lowerPrime = h.Transpose().QR(QRMethod.Thin).R.Transpose();
        double[] values = [.. lowerPrime.Solve(lower).Svd(computeVectors: false).S.Select(value => value * value)];
        Array.Sort(values);
        return values;
    }

    /// <summary>Whether G and G′ have the same column space, so that their releases have the same support.</summary>
    /// <param name="gradient">G, n × m, finite.</param>
    /// <param name="neighbour">G′, of the same shape.</param>
    /// <returns>True where the column spaces agree to a relative 1e-12; false means δ(ε) = 1 for every ε.</returns>
    /// <exception cref="ArgumentException">A matrix is empty or not finite, or the shapes differ.</exception>
    public static bool SupportsAgree(double[,] gradient, double[,] neighbour) => TryReduce(gradient, neighbour, out _, out _);

    /// <summary>The eigenvalue 1/(1 − 1/γ) at which the published Gaussian-mixing formula is exact.</summary>
    internal static double GaussianMixing(double gamma) => CheckGamma(gamma) / (gamma - 1);

    /// <summary>
    /// The published Rényi bound of Gaussian mixing, (r/(2(α − 1))) log((1 − 1/γ)^α/(1 − α/γ)) (arXiv 2505.24603).
    /// It equals the exact divergence of the pair with the one eigenvalue μ = 1/(1 − 1/γ).
    /// </summary>
    /// <param name="rank">r, in [1, 1048576].</param>
    /// <param name="gamma">γ &gt; 1, finite.</param>
    /// <param name="order">α &gt; 1, finite.</param>
    /// <returns>The bound; +∞ for α ≥ γ. Relative error at most 1e-12 for α − 1 ≥ 1e-3.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double GaussianMixingRenyi(int rank, double gamma, double order)
    {
        Argument.Rank(rank);
        CheckGamma(gamma);
        if (!(double.IsFinite(order) && order > 1))
        {
            throw Argument.OutOfRange(nameof(order), order, "a finite number in (1, ∞)");
        }

        if (order >= gamma)
        {
            return double.PositiveInfinity;
        }

        // The linear terms of the two logarithms cancel, whatever γ.
        double log = order * ElementaryFunctions.LogOnePlusMinus(-1 / gamma) - ElementaryFunctions.LogOnePlusMinus(-order / gamma);
        return 0.5 * rank / (order - 1) * log;
    }

    private static double CheckGamma(double gamma)
        => double.IsFinite(gamma) && gamma > 1 ? gamma : throw Argument.OutOfRange(nameof(gamma), gamma, "a finite number in (1, ∞)");

    // Both matrices in an orthonormal basis of their common column space.
    private static bool TryReduce(
        double[,] gradient, double[,] neighbour, out Matrix<double> reduced, out Matrix<double> reducedPrime)
    {
        Argument.AllFinite(gradient, nameof(gradient));
        Argument.AllFinite(neighbour, nameof(neighbour));
        Argument.SameShape(neighbour, gradient, nameof(neighbour));
        reduced = Matrix<double>.Build.DenseOfArray(gradient);
        reducedPrime = Matrix<double>.Build.DenseOfArray(neighbour);
        Svd<double> svd = reduced.Svd();
        Svd<double> svdPrime = reducedPrime.Svd();
        int rank = NumericalRank(svd.S.ToArray());
        if (rank != NumericalRank(svdPrime.S.ToArray()))
        {
            return false;
        }

        if (rank == reduced.RowCount || rank == 0)
        {
            return true;
        }

        Matrix<double> basis = svd.U.SubMatrix(0, reduced.RowCount, 0, rank);
        Matrix<double> basisPrime = svdPrime.U.SubMatrix(0, reduced.RowCount, 0, rank);
        Matrix<double> outside = basisPrime - basis * basis.TransposeThisAndMultiply(basisPrime);
        reduced = basis.TransposeThisAndMultiply(reduced);
        reducedPrime = basis.TransposeThisAndMultiply(reducedPrime);
        return outside.FrobeniusNorm() <= Rounding * Math.Sqrt(rank);
    }

    /// <summary>The number of singular values that stand above the rounding of the entries.</summary>
    internal static int NumericalRank(IReadOnlyList<double> singularValues)
        => singularValues[0] == 0 ? 0 : singularValues.Count(value => value > Rounding * singularValues[0]);
}
