using static LoraPrivacy.Production.Tests.Randomness.GradientRows;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// Mean and covariance of sketched real gradients, by exact laws and so at a false-alarm rate of 1e-9 a check. The mean of K sketches of
/// rank r is one sketch of rank r K: its entries are variance-gamma with that rank. A combination ⟨y, e⟩ of the entries of a row with
/// ‖e‖ = 1 is the entry of a rotated problem; a covariance is the difference of the variances of a sum and a difference. Entries of
/// different rows and columns add to a quadratic form in A, <see cref="ChiSquareCombination"/>.
/// </summary>
public sealed class MomentTests
{
    private const int Rank = 8;
    private const int Draws = 8000;

    public static TheoryData<string> Problems => ["digits", "text"];

    [Theory, MemberData(nameof(Problems))]
    [Trait("Statement", "S2")]
    [Trait("Speed", "Slow")]
    public void The_mean_is_the_gradient(string name)
    {
        (double[,] gradient, Tensor draws) = Sample(name, Variance);
        using (draws)
        {
            Assert.False(Rejects(1));
            // The resolution at rank 64,000: a fortieth of the norm of the row.
            Assert.True(Rejects(1.25));

            bool Rejects(double factor)
            {
                foreach (int row in gradient.RowsByNorm()[..3])
                {
                    double[] q = gradient.Row(row);
                    foreach (int column in (int[])[ColumnsBySize(q)[0], ColumnsBySize(q)[1], ColumnsBySize(q)[5]])
                    {
                        VarianceGamma law = new(q[column], Norm(q), Rank * Draws);
                        double mean = factor * draws.Entry(row, column).Average();
                        // Nine entries of one sample.
                        double tail = Math.Min(law.CumulativeDistribution(mean), law.ComplementaryCumulativeDistribution(mean));
                        if (tail < DvoretzkyKieferWolfowitz.FalseAlarmRate / 18)
                        {
                            return true;
                        }
                    }
                }

                return false;
            }
        }
    }

    [Theory, MemberData(nameof(Problems))]
    [Trait("Statement", "S3")]
    [Trait("Speed", "Slow")]
    public void Entries_of_a_row_have_the_covariance_of_the_reference(string name)
    {
        (double[,] gradient, Tensor draws) = Sample(name, Variance);
        using (draws)
        {
            int row = gradient.RowsByNorm()[0];
            double[] q = gradient.Row(row);
            (int i, int j) = (ColumnsBySize(q)[0], ColumnsBySize(q)[1]);
            double[] first = draws.Entry(row, i), second = draws.Entry(row, j);
            double[] covariances = [.. ((double[])[1, -1]).Select(sign =>
            {
                VarianceGamma law = new((q[i] + (sign * q[j])) / Math.Sqrt(2), Norm(q), Rank);
                Assert.False(DvoretzkyKieferWolfowitz.Rejects(first.Zip(second, (x, y) => law.CumulativeDistribution((x + (sign * y)) / Math.Sqrt(2)))));
                // With the covariance's sign, and so the law of the other combination, the draws do not agree.
                Assert.True(DvoretzkyKieferWolfowitz.Rejects(first.Zip(second, (x, y) => law.CumulativeDistribution((x - (sign * y)) / Math.Sqrt(2)))));
                return law.Variance;
            })];
            Assert.Equal(GradientMoments.RowCovariance(q, i, j, Rank), (covariances[0] - covariances[1]) / 2, 1e-12 * Dot(q, q));
        }
    }

    [Theory, MemberData(nameof(Problems))]
    [Trait("Statement", "S5")]
    [Trait("Speed", "Slow")]
    public void Entries_of_the_matrix_have_the_covariance_of_the_reference(string name)
    {
        (double[,] gradient, Tensor draws) = Sample(name, Variance);
        using (draws)
        {
            (int a, int b) = (gradient.RowsByNorm()[0], gradient.RowsByNorm()[1]);
            (double[] g, double[] h) = (gradient.Row(a), gradient.Row(b));
            int j = ColumnsBySize(g)[0], i = ColumnsBySize(h).First(column => column != j);
            Assert.Equal(GradientMoments.MatrixCovariance(gradient, a, i, b, j, Rank), Covariance(a, i, b, j), 1e-10 * Norm(g) * Norm(h));
            Assert.Equal(GradientMoments.MatrixCovariance(gradient, a, j, b, j, Rank), Covariance(a, j, b, j), 1e-10 * Norm(g) * Norm(h));

            // Of the exact laws of sum and difference, after the draws were held against both.
            double Covariance(int row, int column, int otherRow, int otherColumn)
            {
                double[] first = draws.Entry(row, column), second = draws.Entry(otherRow, otherColumn);
                ChiSquareCombination sum = Combination(1), difference = Combination(-1);
                Assert.False(DvoretzkyKieferWolfowitz.Rejects(first.Zip(second, (x, y) => sum.CumulativeDistribution(x + y))));
                Assert.False(DvoretzkyKieferWolfowitz.Rejects(first.Zip(second, (x, y) => difference.CumulativeDistribution(x - y))));
                Assert.True(DvoretzkyKieferWolfowitz.Rejects(first.Zip(second, (x, y) => sum.CumulativeDistribution(x - y))));
                return (sum.Variance - difference.Variance) / 4;

                // aᵀM a with M the symmetric part of g e_iᵀ ± h e_jᵀ.
                ChiSquareCombination Combination(double sign)
                {
                    using DisposeScope scope = NewDisposeScope();
                    Tensor m = zeros(g.Length, g.Length, ScalarType.Float64);
                    m.select(1, column).add_(tensor(gradient.Row(row)));
                    m.select(1, otherColumn).add_(tensor(gradient.Row(otherRow)) * sign);
                    return new ChiSquareCombination(linalg.eigvalsh((m + m.t()) / 2).data<double>().ToArray(), Rank);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Problems))]
    [Trait("Statement", "S4")]
    [Trait("Statement", "S6")]
    [Trait("Speed", "Slow")]
    public void The_noise_of_a_row_has_its_exact_law(string name)
    {
        (double[,] gradient, Tensor draws) = Sample(name, Variance);
        (double[,] _, Tensor shrunk) = Sample(name, Variance * 0.8);
        using (draws)
        using (shrunk)
        {
            int row = gradient.RowsByNorm()[0];
            double square = Dot(gradient.Row(row), gradient.Row(row));
            NoiseLaw law = new(Rank, gradient.GetLength(1)), another = new(Rank + 1, gradient.GetLength(1));
            double[] noise = draws.RowNoise(gradient, row);
            Assert.False(Rejects(noise, law));
            Assert.True(Rejects(noise, another));
            Assert.True(Rejects(shrunk.RowNoise(gradient, row), law));

            bool Rejects(double[] values, NoiseLaw of)
                => DvoretzkyKieferWolfowitz.Rejects(values.Take(2500).Select(value => of.CumulativeDistribution(value / square)));
        }
    }

    // 1/(s² r) with s = ¾.
    private const double Variance = 1 / (0.75 * 0.75 * Rank);

    private static (double[,] Gradient, Tensor Draws) Sample(string name, double variance)
    {
        using RealProblem problem = RealProblem.Create(
            name, ScalarType.Float64, RealProblem.Adapter(Rank * Draws, AInitialization.Gaussian(variance)));
        return (problem.Gradient(), problem.StepOfManyDraws(Rank).DetachFromDisposeScope());
    }
}
