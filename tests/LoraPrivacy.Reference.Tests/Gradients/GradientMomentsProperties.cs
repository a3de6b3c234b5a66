namespace LoraPrivacy.Reference.Tests.Gradients;

/// <summary>S3–S5 as identities and inequalities between members.</summary>
[Properties(Arbitrary =
[
    typeof(RankArbitrary), typeof(KurtosisArbitrary), typeof(GradientVectorArbitrary), typeof(GradientMatrixArbitrary),
    typeof(InitializationArbitrary),
])]
public sealed class GradientMomentsProperties
{
    [Property]
    [Trait("Statement", "S4")]
    public void Variance_falls_strictly_with_the_rank_for_every_initialisation(
        GradientVector q, Rank rank, Initialization initialization)
    {
        if (!initialization.HasIndependentEntries)
        {
            return;
        }

        // Relative to the mean, so that the bias s² r v of an initialisation does not hide the effect of the rank.
        double kurtosis = initialization.Kurtosis;
        int higher = rank.Value + 1;
        for (int i = 0; i < q.Values.Length; i++)
        {
            double low = GradientMoments.RowCovariance(q.Values, i, i, rank.Value, kurtosis);
            double high = GradientMoments.RowCovariance(q.Values, i, i, higher, kurtosis);
            if (GradientMoments.IsNoiseFree(q.Values, i, kurtosis))
            {
                Assert.Equal(0, low);
                Assert.Equal(0, high);
            }
            else
            {
                Assert.True(high < low);
                Assert.True(high > 0);
            }
        }

        int dimension = q.Values.Length;
        double noise = GradientMoments.TotalNoise(q.Norm, dimension, rank.Value, kurtosis);
        double less = GradientMoments.TotalNoise(q.Norm, dimension, higher, kurtosis);
        Assert.True(dimension == 1 && kurtosis == 1 ? noise == 0 && less == 0 : less < noise);
    }

    [Property]
    [Trait("Statement", "S4")]
    public void Only_a_Rademacher_sketch_of_an_axis_parallel_row_has_a_noise_free_entry(
        GradientVector q, Rank rank, Kurtosis kurtosis)
    {
        for (int i = 0; i < q.Values.Length; i++)
        {
            bool othersVanish = q.Values.Where((_, j) => j != i).All(value => value == 0);
            bool noiseFree = kurtosis.Value == 1 && othersVanish;
            Assert.Equal(noiseFree, GradientMoments.IsNoiseFree(q.Values, i, kurtosis.Value));
            Assert.Equal(noiseFree, GradientMoments.RowCovariance(q.Values, i, i, rank.Value, kurtosis.Value) == 0);
        }
    }

    [Fact]
    [Trait("Statement", "S4")]
    public void The_exceptional_cases_are_exact()
    {
        Assert.Equal(0, GradientMoments.EntryVariance(-0.3, 0.3, rank: 7, kurtosis: 1));
        Assert.Equal(0, GradientMoments.EntryVariance(0, 0, rank: 7));
        Assert.Equal(0, GradientMoments.TotalNoise(5, dimension: 1, rank: 3, kurtosis: 1));
        Assert.Equal(double.PositiveInfinity, GradientMoments.SignalToNoise(dimension: 1, rank: 3, kurtosis: 1));
        Assert.True(GradientMoments.IsNoiseFree([0.0, 0.0], 0));
        Assert.True(GradientMoments.EntryVariance(0.3, 0.3, rank: 7, kurtosis: 1.001) > 0);
        Assert.True(GradientMoments.EntryVariance(0.3, Math.BitIncrement(0.3), rank: 7, kurtosis: 1) > 0);
    }

    [Property]
    [Trait("Statement", "S3"), Trait("Statement", "S4")]
    public void The_trace_of_the_covariance_is_the_total_noise(GradientVector q, Rank rank, Kurtosis kurtosis)
    {
        double[,] covariance = GradientMoments.RowCovariance(q.Values, rank.Value, kurtosis.Value);
        double trace = Enumerable.Range(0, q.Values.Length).Sum(i => covariance[i, i]);
        double noise = GradientMoments.TotalNoise(q.Norm, q.Values.Length, rank.Value, kurtosis.Value);
        Assert.InRange(trace - noise, -1e-13 * (noise + 1e-3), 1e-13 * (noise + 1e-3));
    }

    [Property]
    [Trait("Statement", "S5")]
    public void One_row_of_the_matrix_covariance_is_the_row_covariance(GradientMatrix g, Rank rank, Kurtosis kurtosis)
    {
        for (int a = 0; a < g.Rows; a++)
        {
            double[] row = [.. Enumerable.Range(0, g.Columns).Select(column => g.Values[a, column])];
            for (int i = 0; i < g.Columns; i++)
            {
                for (int j = 0; j < g.Columns; j++)
                {
                    double expected = GradientMoments.RowCovariance(row, i, j, rank.Value, kurtosis.Value);
                    double actual = GradientMoments.MatrixCovariance(g.Values, a, i, a, j, rank.Value, kurtosis.Value);
                    Assert.Equal(expected, actual, 1e-12 * (1 + Math.Abs(expected)));
                }
            }
        }
    }

    [Property]
    [Trait("Statement", "S5")]
    public void The_matrix_covariance_is_symmetric(GradientMatrix g, Rank rank, Kurtosis kurtosis)
    {
        int a = g.Rows - 1, i = g.Columns - 1;
        Assert.Equal(
            GradientMoments.MatrixCovariance(g.Values, a, i, 0, 0, rank.Value, kurtosis.Value),
            GradientMoments.MatrixCovariance(g.Values, 0, 0, a, i, rank.Value, kurtosis.Value));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        Assert.Equal("kurtosis", Thrown(() => GradientMoments.SignalToNoise(2, 2, 0.99)).ParamName);
        Assert.Equal("kurtosis", Thrown(() => GradientMoments.SignalToNoise(2, 2, double.NaN)).ParamName);
        Assert.Equal("rank", Thrown(() => GradientMoments.SignalToNoise(2, 0)).ParamName);
        Assert.Equal("entry", Thrown(() => GradientMoments.EntryVariance(1.1, 1, 2)).ParamName);
        Assert.Equal("norm", Thrown(() => GradientMoments.TotalNoise(-1, 2, 2)).ParamName);
        Assert.Equal("j", Thrown(() => GradientMoments.RowCovariance([1.0], 0, 1, 2)).ParamName);
        Assert.Equal("gradient[1]", Thrown(() => GradientMoments.Mean([1.0, double.NaN])).ParamName);
        Assert.Throws<ArgumentException>("gradient", () => GradientMoments.Mean([]));

        static ArgumentOutOfRangeException Thrown(Action action) => Assert.Throws<ArgumentOutOfRangeException>(action);
    }

    [Property]
    [Trait("Statement", "S4")]
    public void All_entries_at_once_are_the_entries_one_by_one(GradientVector q, Rank rank, Kurtosis kurtosis)
    {
        double[] variances = GradientMoments.EntryVariances(q.Values, rank.Value, kurtosis.Value);
        for (int i = 0; i < q.Values.Length; i++)
        {
            double one = GradientMoments.RowCovariance(q.Values, i, i, rank.Value, kurtosis.Value);
            Assert.True(Math.Abs(variances[i] - one) <= 1e-14 * one, $"{variances[i]:R} {one:R}");
        }

        double total = GradientMoments.TotalNoise(q.Values, rank.Value, kurtosis.Value);
        Assert.True(Math.Abs(variances.Sum() - total) <= 1e-12 * total);
    }

    [Fact]
    [Trait("Statement", "S4")]
    public void Small_integers_give_exact_variances()
    {
        Assert.Equal([3.75, 4.5, 5.75], GradientMoments.EntryVariances([1, 2, 3], rank: 4));
        Assert.Equal(14, GradientMoments.TotalNoise([1, 2, 3], rank: 4));
        Assert.Equal([0, 1], GradientMoments.EntryVariances([2, 0], rank: 4, kurtosis: 1));
    }
}
