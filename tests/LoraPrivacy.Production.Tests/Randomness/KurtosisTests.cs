using static LoraPrivacy.Production.Tests.Randomness.GradientRows;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// Sketches of a real gradient with few columns (the output layer of a digits perceptron with three hidden units) by an A that is not
/// Gaussian. A Rademacher or a sparse A of two rows has finitely many values: the law of an entry is enumerated and the empirical
/// one held against it by <see cref="DvoretzkyKieferWolfowitz"/>, which is conservative for atoms. For the bounded uniform A, X = (y − E y)²
/// is at most R, so Var X ≤ R E X, and by Bernstein's inequality the mean of K draws is within t of E X but for 1e-9, where K t² =
/// 2 log(2/1e-9)(R E X + R t/3).
/// </summary>
[Trait("Statement", "S4")]
public sealed class KurtosisTests
{
    private const int Rank = 2;
    private const int Hidden = 3;
    private const int Draws = 40_000;
    private const double Scale = 0.75;
    private const double Variance = 1 / (Scale * Scale * Rank);

    [Fact]
    public void Rademacher_and_sparse_entries_have_the_laws_that_enumeration_gives()
    {
        (double[,] gradient, Tensor rademacher) = Sample(AInitialization.Rademacher(Variance));
        (double[,] _, Tensor sparse) = Sample(AInitialization.Sparse(Variance));
        using (rademacher)
        using (sparse)
        {
            int row = gradient.RowsByNorm()[0];
            double[] q = gradient.Row(row);
            int column = ColumnsBySize(q)[0];
            Law signs = Enumerate(q, column, (-1, 0.5), (1, 0.5));
            Law thirds = Enumerate(q, column, (-Math.Sqrt(3), 1 / 6.0), (0, 4 / 6.0), (Math.Sqrt(3), 1 / 6.0));
            Assert.False(signs.Rejects(rademacher.Entry(row, column)));
            Assert.False(thirds.Rejects(sparse.Entry(row, column)));
            Assert.True(signs.Rejects(sparse.Entry(row, column)));
            Assert.True(thirds.Rejects(rademacher.Entry(row, column)));
            // So the variances and covariances of the reference, for κ = 1 and κ = 3, are those of what production draws.
            Assert.Equal(1, Initialization.Rademacher(1).Kurtosis);
            Assert.Equal(GradientMoments.EntryVariance(q[column], Norm(q), Rank, 1), signs.Variance, 1e-12 * Dot(q, q));
            Assert.Equal(GradientMoments.EntryVariance(q[column], Norm(q), Rank, Initialization.Sparse(1).Kurtosis), thirds.Variance, 1e-12 * Dot(q, q));
        }
    }

    [Fact]
    [Trait("Statement", "S1")]
    [Trait("Speed", "Slow")]
    public void Uniform_entries_have_the_variance_of_kurtosis_nine_fifths_and_not_of_three()
    {
        (double[,] gradient, Tensor draws) = Sample(AInitialization.KaimingUniform);
        using (draws)
        {
            int row = gradient.RowsByNorm()[0];
            double[] q = gradient.Row(row);
            int column = ColumnsBySize(q)[0];
            // Ĝ = s² G AᵀA has the mean f G with f = s² r v, v = 1/(3m) (S1), and f² times the variance of an unbiased one.
            double factor = GradientMoments.Bias(Scale, Rank, Initialization.KaimingUniform.EntryVariance(Rank, Hidden));
            double kappa = Initialization.KaimingUniform.Kurtosis;
            double variance = factor * factor * GradientMoments.EntryVariance(q[column], Norm(q), Rank, kappa);
            double wrong = factor * factor * GradientMoments.EntryVariance(q[column], Norm(q), Rank, 3);
            double mean = factor * q[column];
            double largest = Scale * Scale * Rank / Hidden * q.Sum(Math.Abs) + Math.Abs(mean);
            double[] squares = [.. draws.Entry(row, column).Select(y => (y - mean) * (y - mean))];
            Assert.All(squares, square => Assert.InRange(square, 0, largest * largest));
            Assert.InRange(squares.Average(), variance - Deviation(variance), variance + Deviation(variance));
            Assert.True(squares.Average() < wrong - Deviation(wrong));

            // The interval at an expectation, with the range of the squares.
            double Deviation(double expectation)
            {
                double log = Math.Log(2 / DvoretzkyKieferWolfowitz.FalseAlarmRate), range = largest * largest;
                double linear = log * range / (3 * Draws);
                return linear + Math.Sqrt((linear * linear) + (2 * log * range * expectation / Draws));
            }
        }
    }

    private static (double[,] Gradient, Tensor Draws) Sample(AInitialization initialization)
    {
        using RealProblem problem = RealProblem.Digits(
            ScalarType.Float64, RealProblem.Adapter(Rank * Draws, initialization), Hidden, layer: 1);
        return (problem.Gradient(), problem.StepOfManyDraws(Rank).DetachFromDisposeScope());
    }

    // The law of Σ_k a_ki ⟨a_k, q⟩/r over two rows of standardised entries with these values.
    private static Law Enumerate(double[] q, int column, params (double Value, double Probability)[] atoms)
    {
        List<(double Value, double Probability)> row = [(0, 1)];
        List<double[]> entries = [[]];
        foreach (double _ in q)
        {
            row = [.. row.SelectMany(_ => atoms, (before, atom) => (0.0, before.Probability * atom.Probability))];
            entries = [.. entries.SelectMany(_ => atoms, (before, atom) => (double[])[.. before, atom.Value])];
        }

        (double Value, double Probability)[] terms = [.. entries.Zip(row, (a, outcome) => (a[column] * Dot(a, q) / Rank, outcome.Probability))];
        return new Law([.. terms.SelectMany(_ => terms, (first, second) => (first.Value + second.Value, first.Probability * second.Probability))]);
    }

    private sealed class Law
    {
        private readonly (double Value, double Probability)[] atoms;

        public Law((double Value, double Probability)[] atoms) => this.atoms = [.. atoms.OrderBy(atom => atom.Value)];

        public double Variance
        {
            get
            {
                double mean = atoms.Sum(atom => atom.Value * atom.Probability);
                return atoms.Sum(atom => (atom.Value - mean) * (atom.Value - mean) * atom.Probability);
            }
        }

        // sup|F_n − F|, between atoms: values within rounding of each other are one.
        public bool Rejects(double[] draws)
        {
            double[] sorted = [.. draws.Order()];
            double size = Math.Max(Math.Abs(atoms[0].Value), Math.Abs(atoms[^1].Value)), below = 0, distance = 0;
            for (int i = 0; i < atoms.Length; i++)
            {
                below += atoms[i].Probability;
                if (i + 1 < atoms.Length && atoms[i + 1].Value - atoms[i].Value < 1e-9 * size)
                {
                    continue;
                }

                double middle = i + 1 < atoms.Length ? (atoms[i].Value + atoms[i + 1].Value) / 2 : double.PositiveInfinity;
                int position = Array.BinarySearch(sorted, middle);
                distance = Math.Max(distance, Math.Abs(((position < 0 ? ~position : position) / (double)sorted.Length) - below));
            }

            return distance > DvoretzkyKieferWolfowitz.Bound(draws.Length);
        }
    }
}
