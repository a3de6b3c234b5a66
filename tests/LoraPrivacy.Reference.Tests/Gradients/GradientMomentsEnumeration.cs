namespace LoraPrivacy.Reference.Tests.Gradients;

/// <summary>
/// S1–S5 against exact expectations over all matrices A of a small shape. The expectations use only the definition
/// Y = G AᵀA, so the two sides share no formula.
/// </summary>
[Properties(Arbitrary = [typeof(KurtosisArbitrary), typeof(RandomSourceArbitrary)])]
public sealed class GradientMomentsEnumeration
{
    private const double Tolerance = 1e-12;

    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 1, 3 }, { 2, 1 }, { 2, 2 }, { 2, 3 }, { 3, 2 } };

    [Theory, MemberData(nameof(Shapes))]
    [Trait("Statement", "S2"), Trait("Statement", "S3"), Trait("Statement", "S4")]
    public void Row_moments_are_the_exact_expectations(int rank, int dimension)
    {
        foreach (double kurtosis in (double[])[1, 1.8, 3, 7.5])
        {
            double[] q = Row(dimension);
            EnumeratedSketch law = new(rank, dimension, 1.0 / rank, kurtosis);
            double norm = Math.Sqrt(q.Sum(value => value * value));
            double[,] covariance = GradientMoments.RowCovariance(q, rank, kurtosis);
            for (int i = 0; i < dimension; i++)
            {
                Near(law.Expectation(a => Sketch(q, a, i)), GradientMoments.Mean(q)[i]);
                double variance = law.Expectation(a => Square(Sketch(q, a, i) - q[i]));
                Near(variance, GradientMoments.EntryVariance(q[i], norm, rank, kurtosis));
                for (int j = 0; j < dimension; j++)
                {
                    double expected = law.Expectation(a => (Sketch(q, a, i) - q[i]) * (Sketch(q, a, j) - q[j]));
                    Near(expected, covariance[i, j]);
                    Near(expected, GradientMoments.RowCovariance(q, i, j, rank, kurtosis));
                }
            }

            double noise = law.Expectation(a => Enumerable.Range(0, dimension).Sum(i => Square(Sketch(q, a, i) - q[i])));
            Near(noise, GradientMoments.TotalNoise(norm, dimension, rank, kurtosis));
            if (noise > Tolerance)
            {
                Near(norm * norm / noise, GradientMoments.SignalToNoise(dimension, rank, kurtosis));
            }
        }
    }

    [Property(MaxTest = 12)]
    [Trait("Statement", "S5")]
    public void Matrix_covariances_are_the_exact_expectations(Kurtosis kurtosis, RandomSource source)
    {
        Random random = source.Create();
        const int Rank = 2, Dimension = 2;
        double[,] g = RandomSource.Matrix(random, 3, Dimension);
        EnumeratedSketch law = new(Rank, Dimension, 1.0 / Rank, kurtosis.Value);
        for (int code = 0; code < 36; code++)
        {
            int a = code % 3, b = code / 3 % 3, i = code / 9 % 2, j = code / 18;
            double expected = law.Expectation(
                sketch => (Sketch(Row(g, a), sketch, i) - g[a, i]) * (Sketch(Row(g, b), sketch, j) - g[b, j]));
            Near(expected, GradientMoments.MatrixCovariance(g, a, i, b, j, Rank, kurtosis.Value));
        }
    }

    [Property(MaxTest = 30)]
    [Trait("Statement", "S1")]
    public void The_expected_step_is_the_full_step_times_the_bias(Kurtosis kurtosis, RandomSource source)
    {
        Random random = source.Create();
        double variance = 0.1 + random.NextDouble();
        double scale = 4 * random.NextDouble();
        double[] q = Row(2);
        EnumeratedSketch law = new(2, 2, variance, kurtosis.Value);
        double bias = GradientMoments.Bias(scale, 2, variance);
        Near(scale * scale * law.Expectation(a => Sketch(q, a, 1)), bias * q[1], Math.Max(1, bias));
        double unbiased = Initialization.Unbiased(2, scale).EntryVariance(2, 2);
        Near(1, GradientMoments.Bias(scale, 2, unbiased));
    }

    [Fact]
    [Trait("Statement", "S3")]
    public void The_wrong_kurtosis_is_not_the_exact_expectation()
    {
        double[] q = [1, -2];
        double exact = new EnumeratedSketch(2, 2, 0.5, 1).Expectation(a => Square(Sketch(q, a, 1) - q[1]));
        Assert.Equal(0.5, exact, Tolerance);
        Assert.Equal(4.5, GradientMoments.RowCovariance(q, 1, 1, rank: 2, kurtosis: 3), Tolerance);
    }

    private static double[] Row(int dimension) => [.. new[] { 1.5, -0.75, 2 }.Take(dimension)];

    private static double[] Row(double[,] matrix, int row)
        => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(column => matrix[row, column])];

    // Entry i of AᵀA q, from the definition.
    private static double Sketch(double[] q, double[,] a, int i)
    {
        double sum = 0;
        for (int k = 0; k < a.GetLength(0); k++)
        {
            for (int p = 0; p < q.Length; p++)
            {
                sum += a[k, i] * a[k, p] * q[p];
            }
        }

        return sum;
    }

    private static double Square(double value) => value * value;

    private static void Near(double expected, double actual, double size = 8)
        => Assert.InRange(actual - expected, -Tolerance * size, Tolerance * size);
}
