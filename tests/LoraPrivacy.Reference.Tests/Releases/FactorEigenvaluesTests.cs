using LoraPrivacy.Reference.Tests.Gradients;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace LoraPrivacy.Reference.Tests.Releases;

[Trait("Statement", "S24")]
public sealed class FactorEigenvaluesTests
{
    [Fact]
    public void Diagonal_gradients_have_the_squared_ratios()
    {
        double[,] g = { { 2, 0, 0 }, { 0, 3, 0 } };
        double[,] h = { { 1, 0, 0 }, { 0, 4, 0 } };
        double[] values = FactorEigenvalues.Of(g, h);
        Assert.Equal(9.0 / 16, values[0], 1e-15);
        Assert.Equal(4, values[1], 1e-14);
        double[] reversed = FactorEigenvalues.Of(h, g);
        Assert.Equal(0.25, reversed[0], 1e-15);
    }

    [Fact]
    public void They_are_those_of_the_covariances()
    {
        Random random = new(24);
        for (int n = 1; n <= 6; n++)
        {
            double[,] g = RandomSource.Matrix(random, n, n + 3);
            double[,] h = RandomSource.Matrix(random, n, n + 3);
            Matrix<double> sigma = Covariance(g);
            Matrix<double> sigmaPrime = Covariance(h);
            double[] expected = [.. sigmaPrime.Solve(sigma).Evd().EigenValues.Select(value => value.Real).Order()];
            double[] actual = FactorEigenvalues.Of(g, h);
            Assert.Equal(n, actual.Length);
            for (int j = 0; j < n; j++)
            {
                Assert.True(Math.Abs(actual[j] / expected[j] - 1) < 1e-9, $"{n} {j}: {actual[j]:R} {expected[j]:R}");
            }
        }
    }

    [Fact]
    public void A_rank_one_change_of_the_gradient_moves_at_most_two()
    {
        Random random = new(25);
        double[,] g = RandomSource.Matrix(random, 6, 9);
        double[,] h = (double[,])g.Clone();
        double[,] column = RandomSource.Matrix(random, 6, 1);
        double[,] row = RandomSource.Matrix(random, 1, 9);
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 9; j++)
            {
                h[i, j] += 0.3 * column[i, 0] * row[0, j];
            }
        }

        double[] values = FactorEigenvalues.Of(g, h);
        Assert.Equal(4, values.Count(value => Math.Abs(value - 1) < 1e-12));

        // The eigenvalues of 1 carry rounding errors; the curve hardly notices.
        double delta = FactorRelease.Between(8, g, h).Delta(0.5);
        double clean = new FactorRelease(8, [.. values.Where(value => Math.Abs(value - 1) >= 1e-12)]).Delta(0.5);
        Assert.Equal(clean, delta, 1e-12);
    }

    [Fact]
    public void Equal_gradients_have_eigenvalues_of_exactly_one()
    {
        double[,] g = RandomSource.Matrix(new Random(26), 3, 5);
        Assert.Equal([1, 1, 1], FactorEigenvalues.Of(g, (double[,])g.Clone()));
        Assert.Equal(0, FactorRelease.Delta(g, g, 4, 0));
        Assert.Empty(FactorEigenvalues.Of(new double[2, 3], new double[2, 3]));
    }

    [Fact]
    public void Different_column_spaces_are_perfectly_distinguishable()
    {
        double[,] g = { { 1, 0 }, { 0, 1 }, { 1, 1 } };
        double[,] same = { { 2, 1 }, { 0, 3 }, { 2, 4 } };
        double[,] other = { { 1, 0 }, { 0, 1 }, { 1, 1.001 } };
        double[,] lower = { { 1, 2 }, { 1, 2 }, { 2, 4 } };
        Assert.True(FactorEigenvalues.SupportsAgree(g, same));
        Assert.Equal(2, FactorEigenvalues.Of(g, same).Length);
        Assert.InRange(FactorRelease.Delta(g, same, 3, 1), 1e-6, 1 - 1e-6);
        foreach (double[,] neighbour in (double[][,])[other, lower, new double[3, 2]])
        {
            Assert.False(FactorEigenvalues.SupportsAgree(g, neighbour));
            Assert.Equal(1, FactorRelease.Delta(g, neighbour, 3, 50));
            ArgumentException error = Assert.Throws<ArgumentException>(() => FactorEigenvalues.Of(g, neighbour));
            Assert.Equal("neighbour", error.ParamName);
            Assert.Contains("delta is 1", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_reduced_pair_has_the_curve_of_the_full_rank_one()
    {
        // Stacking a copy of a row adds nothing that the release does not show already.
        double[,] g = { { 1, 2, 0 }, { 0, 1, 1 } };
        double[,] h = { { 1, 2.5, 0 }, { 0.5, 1, 1 } };
        double[,] gStacked = { { 1, 2, 0 }, { 0, 1, 1 }, { 1, 2, 0 } };
        double[,] hStacked = { { 1, 2.5, 0 }, { 0.5, 1, 1 }, { 1, 2.5, 0 } };
        double full = FactorRelease.Delta(g, h, 5, 0.7);
        Assert.Equal(full, FactorRelease.Delta(gStacked, hStacked, 5, 0.7), 1e-12);
    }

    [Theory, InlineData(1, 0.0), InlineData(3, 0.5), InlineData(10, 1.5)]
    [Trait("Speed", "Slow")]
    public void The_curve_is_that_of_simulated_releases(int rank, double epsilon)
    {
        (double[] draws, FactorRelease release) = Simulate(rank, epsilon);
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(draws, release.Delta(epsilon), 0, 1));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(draws, release.Delta(epsilon) + 0.06, 0, 1));
    }

    // (1 − e^{ε − L})⁺ with the log-likelihood ratio L of G Aᵀ from the normal densities of its columns.
    private static (double[] Draws, FactorRelease Release) Simulate(int rank, double epsilon)
    {
        double[,] g = { { 1, 2, 0, 0.5 }, { 0, 1, 1, -1 } };
        double[,] h = { { 1.2, 1.6, 0, 0.5 }, { 0.3, 1, 0.8, -1.2 } };
        Matrix<double> sigma = Covariance(g);
        Matrix<double> sigmaPrime = Covariance(h);
        Matrix<double> difference = sigmaPrime.Inverse() - sigma.Inverse();
        double logDeterminants = Math.Log(sigmaPrime.Determinant() / sigma.Determinant());
        Matrix<double> gradient = Matrix<double>.Build.DenseOfArray(g);
        Random random = new(240 + rank);
        double[] draws = new double[20_000];
        for (int i = 0; i < draws.Length; i++)
        {
            double loss = 0.5 * rank * logDeterminants;
            for (int k = 0; k < rank; k++)
            {
                double[] row = new double[4];
                Normal.Samples(random, row, 0, 1);
                Vector<double> column = gradient * Vector<double>.Build.Dense(row);
                loss += 0.5 * (column * (difference * column));
            }

            draws[i] = Math.Max(0, 1 - Math.Exp(epsilon - loss));
        }

        return (draws, FactorRelease.Between(rank, g, h));
    }

    private static Matrix<double> Covariance(double[,] g)
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(g);
        return matrix.TransposeAndMultiply(matrix);
    }
}
