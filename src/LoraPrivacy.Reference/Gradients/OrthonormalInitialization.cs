using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// Orthogonal rows of equal length spanning a uniformly distributed (Haar) subspace; see
/// <see cref="Initialization.Orthonormal"/>.
/// </summary>
/// <remarks>
/// With P the projection on the row space, AᵀA = factor² P and E[AᵀA] = factor² (r/m) I: factor 1 shrinks the expected
/// gradient by r/m, factor √(m/r) leaves it unchanged. The entries are dependent, so S3–S5 do not apply (S25 does).
/// </remarks>
public sealed record OrthonormalInitialization : Initialization
{
    /// <summary>Orthogonal rows of length <paramref name="factor"/>.</summary>
    /// <param name="factor">The length of each row, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not positive and finite.</exception>
    public OrthonormalInitialization(double factor = 1) => Factor = Argument.Positive(factor);

    /// <summary>The length of each row.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override string Name => $"orthonormal({Factor:R})";

    /// <summary>False.</summary>
    public override bool HasIndependentEntries => false;

    /// <summary>Throws: the entries are dependent.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override double Kurtosis => throw new InvalidOperationException(
        "the entries of an orthonormal initialisation are dependent, so its moments are not given by a kurtosis");

    /// <summary>factor²/m.</summary>
    /// <inheritdoc/>
    public override double EntryVariance(int rank, int dimension)
    {
        CheckShape(rank, dimension);
        return Factor * Factor / dimension;
    }

    /// <inheritdoc/>
    public override double[,] Sample(int rank, int dimension, Random random)
    {
        CheckShape(rank, dimension);
        ArgumentNullException.ThrowIfNull(random);
        Matrix<double> gaussian = Matrix<double>.Build.Dense(dimension, rank, (_, _) => Normal.Sample(random, 0, 1));
        QR<double> qr = gaussian.QR(QRMethod.Thin);
        double[,] a = new double[rank, dimension];
        for (int k = 0; k < rank; k++)
        {
            // Only with a positive diagonal of R is the factorisation unique, hence Q Haar distributed (Mezzadri 2007).
            double length = qr.R[k, k] < 0 ? -Factor : Factor;
            for (int j = 0; j < dimension; j++)
            {
                a[k, j] = length * qr.Q[j, k];
            }
        }

        return a;
    }

    private static void CheckShape(int rank, int dimension)
    {
        Argument.Rank(rank);
        Argument.Dimension(dimension);
        if (rank > dimension)
        {
            throw Argument.OutOfRange(nameof(rank), rank, $"an integer in [1, dimension = {dimension}] for orthonormal rows");
        }
    }
}
