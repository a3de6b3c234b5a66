using LoraPrivacy.Reference.Releases.Checkpoint;
using LoraPrivacy.Reference.Releases.Matrix;

namespace LoraPrivacy.Reference.Tests.Releases;

[Properties(MaxTest = 200)]
public class MatrixReleaseTests
{
    [Property(Arbitrary = [typeof(GeneralPair)])]
    [Trait("Statement", "S16")]
    [Trait("Speed", "Slow")]
    public void Random_pairs_with_two_rows_are_distinguishable_and_the_statistic_shows_it(GeneralPair pair)
    {
        MatrixVerdict verdict = MatrixRelease.Verdict(pair.Gradient, pair.Neighbour);
        Assert.Equal(MatrixVerdictKind.Distinguishable, verdict.Kind);
        Assert.Equal(1, MatrixRelease.Curve(pair.Gradient, pair.Neighbour, pair.Rank).Delta(100).Upper);
        Assert.Equal(double.PositiveInfinity, MatrixRelease.Curve(pair.Gradient, pair.Neighbour, pair.Rank).Epsilon(0.999).Upper);

        Random random = new(pair.Seed);
        double[,] own = Sketch(pair.Gradient, pair.Rank, random);
        double[,] other = Sketch(pair.Neighbour, pair.Rank, random);
        double underGradient = MatrixRelease.AsymmetryStatistic(own, pair.Gradient);
        double underNeighbour = MatrixRelease.AsymmetryStatistic(other, pair.Gradient);
        Assert.True(underGradient < 1e-13, $"{underGradient:R}");
        Assert.True(underNeighbour > 1e-9, $"{underNeighbour:R} {verdict.DistanceToException:R}");
    }

    [Property(Arbitrary = [typeof(GeneralPair)])]
    [Trait("Statement", "S16")]
    [Trait("Speed", "Slow")]
    public void Outer_products_with_one_column_are_the_vector_mechanism(GeneralPair pair)
    {
        // Products rounded to double, as a user would have them.
        double[] u = Column(pair.Gradient, 0);
        double[] q = Row(pair.Gradient, 0);
        double[] qPrime = Row(pair.Neighbour, 1);
        MatrixVerdict verdict = MatrixRelease.Verdict(Outer(u, q), Outer(u, qPrime));
        Assert.Equal(MatrixVerdictKind.Vector, verdict.Kind);
        double expected = new ProductRelease(pair.Rank, q.Length).Delta(VectorPair.Between(q, qPrime), 0.5);
        double actual = MatrixRelease.Curve(Outer(u, q), Outer(u, qPrime), pair.Rank).Delta(0.5).Upper;
        Assert.Equal(expected, actual, 1e-12 * expected);
    }

    [Property(Arbitrary = [typeof(GeneralPair)])]
    [Trait("Statement", "S16")]
    public void Positive_multiples_are_a_scale_family_and_others_are_distinguishable(GeneralPair pair)
    {
        double[,] scaled = Times(pair.Gradient, 1.1);
        MatrixVerdict verdict = MatrixRelease.Verdict(pair.Gradient, scaled);
        Assert.Equal(MatrixVerdictKind.Scaled, verdict.Kind);
        Assert.Equal(Math.Min(pair.Gradient.GetLength(0), pair.Gradient.GetLength(1)), verdict.GradientRank);
        Assert.Equal(MatrixVerdictKind.Distinguishable, MatrixRelease.Verdict(pair.Gradient, Times(pair.Gradient, -1.1)).Kind);
        Assert.Equal(MatrixVerdictKind.Distinguishable, MatrixRelease.Verdict(pair.Gradient, Times(pair.Gradient, 0)).Kind);
        Assert.Equal(MatrixVerdictKind.Distinguishable, MatrixRelease.Verdict(Times(pair.Gradient, 0), pair.Gradient).Kind);
        Assert.Equal(MatrixVerdictKind.Identical, MatrixRelease.Verdict(pair.Gradient, pair.Gradient).Kind);
    }

    [Property(Arbitrary = [typeof(GeneralPair)])]
    [Trait("Statement", "S16")]
    public void One_row_scaled_is_the_vector_mechanism_at_angle_zero(GeneralPair pair)
    {
        double[,] q = Outer([1], Row(pair.Gradient, 0));
        double matrix = MatrixRelease.Curve(q, Times(q, 1.25), pair.Rank).Delta(0.3).Upper;
        double vector = new ProductRelease(pair.Rank, q.GetLength(1)).Delta(new VectorPair(0.8, 0), 0.3);
        Assert.Equal(vector, matrix, 1e-12 * vector);
    }

    [Fact]
    [Trait("Statement", "S16")]
    public void The_degrees_of_freedom_count_the_wishart_and_the_gaussian_part()
    {
        Assert.Equal(3, ScaleFamily.DegreesOfFreedom(1, 3, 2));
        Assert.Equal(64 + 768 - 1, ScaleFamily.DegreesOfFreedom(64, 768, 1));
        Assert.Equal(4 * 2 + 2 * 8, ScaleFamily.DegreesOfFreedom(4, 10, 2));
        Assert.Throws<ArgumentOutOfRangeException>("gradientRank", () => ScaleFamily.DegreesOfFreedom(1, 3, 4));
    }

    [Fact]
    [Trait("Statement", "S16")]
    public void A_nearly_exceptional_pair_is_still_distinguishable()
    {
        double[,] g = { { 1, 2 }, { 2, 4 } };
        double[,] h = { { 1, 3 }, { 2, 6.000001 } };
        MatrixVerdict verdict = MatrixRelease.Verdict(g, h);
        Assert.Equal(MatrixVerdictKind.Distinguishable, verdict.Kind);
        Assert.InRange(verdict.DistanceToException, 1e-9, 1e-5);
        Assert.Equal(MatrixVerdictKind.Vector, MatrixRelease.Verdict(g, new double[,] { { 1, 3 }, { 2, 6 } }).Kind);
    }

    [Property(Arbitrary = [typeof(GeneralPair)])]
    [Trait("Statement", "S17")]
    public void Two_vector_steps_with_one_sketch_are_distinguishable_unless_they_share_their_direction(GeneralPair pair)
    {
        double[,] q = Outer([1], Row(pair.Gradient, 0));
        double[,] other = Outer([1], Row(pair.Gradient, 1));
        double[,] neighbour = Outer([1], Row(pair.Neighbour, 0));
        Assert.Equal(MatrixVerdictKind.Vector, ReusedSketch.Verdict([q], [neighbour]).Kind);
        Assert.Equal(MatrixVerdictKind.Vector, ReusedSketch.Verdict([q, Times(q, 0.5)], [neighbour, Times(neighbour, 0.5)]).Kind);
        Assert.Equal(MatrixVerdictKind.Distinguishable, ReusedSketch.Verdict([q, other], [neighbour, other]).Kind);
        Assert.Equal(1, ReusedSketch.Curve([q, other], [neighbour, other], pair.Rank).Delta(10).Upper);
    }

    [Property(Arbitrary = [typeof(GeneralPair)])]
    [Trait("Statement", "S18")]
    public void A_public_sketch_reveals_every_difference(GeneralPair pair)
    {
        Assert.Equal(MatrixVerdictKind.Distinguishable, CheckpointRelease.Verdict(pair.Gradient, pair.Neighbour).Kind);
        Assert.Equal(MatrixVerdictKind.Identical, CheckpointRelease.Verdict(pair.Gradient, pair.Gradient).Kind);
    }

    [Fact]
    [Trait("Statement", "S18")]
    public void A_given_public_sketch_hides_only_what_it_does_not_look_at()
    {
        double[,] a = { { 1, 0, 0 } };
        double[,] g = { { 1, 2, 3 } };
        Assert.Equal("The two gradients are equal.", CheckpointRelease.Verdict(g, g, a).Reason);
        Assert.Equal(MatrixVerdictKind.Identical, CheckpointRelease.Verdict(g, new double[,] { { 1, 5, 3 } }, a).Kind);
        Assert.Equal(MatrixVerdictKind.Distinguishable, CheckpointRelease.Verdict(g, new double[,] { { 2, 2, 3 } }, a).Kind);
    }

    private static double[,] Sketch(double[,] g, int rank, Random random)
    {
        int m = g.GetLength(1);
        double[,] y = new double[g.GetLength(0), m];
        for (int k = 0; k < rank; k++)
        {
            double[] a = [.. Enumerable.Range(0, m).Select(_ => Normal(random) / Math.Sqrt(rank))];
            for (int i = 0; i < g.GetLength(0); i++)
            {
                double inner = Row(g, i).Zip(a, (x, z) => x * z).Sum();
                for (int j = 0; j < m; j++)
                {
                    y[i, j] += inner * a[j];
                }
            }
        }

        return y;
    }

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Row(double[,] g, int i) => [.. Enumerable.Range(0, g.GetLength(1)).Select(j => g[i, j])];

    private static double[] Column(double[,] g, int j) => [.. Enumerable.Range(0, g.GetLength(0)).Select(i => g[i, j])];

    private static double[,] Outer(double[] u, double[] q) => Build(u.Length, q.Length, (i, j) => u[i] * q[j]);

    private static double[,] Times(double[,] g, double c) => Build(g.GetLength(0), g.GetLength(1), (i, j) => c * g[i, j]);

    private static double[,] Build(int rows, int columns, Func<int, int, double> entry)
    {
        double[,] matrix = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                matrix[i, j] = entry(i, j);
            }
        }

        return matrix;
    }

    /// <summary>Two random n × m matrices with n, m ≥ 2: outside the exceptions of S16 with probability 1.</summary>
    public sealed record GeneralPair(double[,] Gradient, double[,] Neighbour, int Rank, int Seed)
    {
        public static Arbitrary<GeneralPair> Pairs() => (
            from n in Gen.Choose(2, 6)
            from m in Gen.Choose(2, 12)
            from rank in Gen.Choose(1, 16)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from g in VectorPairArbitrary.Uniform(-1, 1).ArrayOf(n * m)
            from h in VectorPairArbitrary.Uniform(-1, 1).ArrayOf(n * m)
            select new GeneralPair(
                Build(n, m, (i, j) => g[i * m + j]), Build(n, m, (i, j) => h[i * m + j]), rank, seed)).ToArbitrary();
    }
}
