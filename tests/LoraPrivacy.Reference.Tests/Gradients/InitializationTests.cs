using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Tests.Gradients;

/// <summary>
/// The initialisations: their parameters, and their samplers against the exact laws of one entry. Each statistical
/// check has the false-alarm rate of <see cref="DvoretzkyKieferWolfowitz"/>.
/// </summary>
[Trait("Statement", "S1")]
[Properties(Arbitrary =
    [typeof(RankArbitrary), typeof(DimensionArbitrary), typeof(InitializationArbitrary), typeof(RandomSourceArbitrary)])]
public sealed class InitializationTests
{
    private const int Rank = 100;
    private const int Dimension = 200;

    [Fact]
    public void Variances_and_kurtoses_are_those_of_the_libraries()
    {
        Assert.Equal(1 / (3.0 * 768), Initialization.KaimingUniform.EntryVariance(8, 768));
        Assert.Equal(1.0 / 64, Initialization.PeftGaussian.EntryVariance(8, 768));
        Assert.Equal(1.0 / 8, Initialization.Unbiased(8).EntryVariance(8, 768));
        Assert.Equal(1.0 / 32, Initialization.Unbiased(8, 2).EntryVariance(8, 768));
        Assert.Equal(4.0 / 768, Initialization.Orthonormal(2).EntryVariance(8, 768));
        Assert.Equal(1.8, Initialization.KaimingUniform.Kurtosis);
        Assert.Equal(3, Initialization.PeftGaussian.Kurtosis);
        Assert.Equal(3, Initialization.Gaussian(1).Kurtosis);
        Assert.Equal(3, Initialization.Sparse(1).Kurtosis);
        Assert.Equal(1, Initialization.Rademacher(1).Kurtosis);
        Assert.Throws<InvalidOperationException>(() => Initialization.Orthonormal().Kurtosis);
        Assert.Equal(2, LoraScaling.Standard(16, 8));
        Assert.Equal(4, LoraScaling.RankStabilized(16, 16));
    }

    [Property]
    public void Samples_have_the_shape_asked_for_and_values_compare(
        Rank rank, Dimension dimension, Initialization initialization, RandomSource source)
    {
        if (!initialization.HasIndependentEntries && rank.Value > dimension.Value)
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                () => initialization.Sample(rank.Value, dimension.Value, source.Create()));
            return;
        }

        double[,] a = initialization.Sample(rank.Value, dimension.Value, source.Create());
        Assert.Equal((rank.Value, dimension.Value), (a.GetLength(0), a.GetLength(1)));
        Assert.Equal(a, initialization.Sample(rank.Value, dimension.Value, source.Create()));
        Assert.Equal(initialization.Name, initialization.ToString());
        Assert.True(initialization.EntryVariance(rank.Value, dimension.Value) > 0);
    }

    [Fact]
    public void Gaussian_entries_are_normal()
    {
        double[] entries = Entries(Initialization.Gaussian(0.25), 1001);
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(entries.Select(a => Normal.CDF(0, 0.5, a))));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(entries.Select(a => Normal.CDF(0, 0.6, a))));
    }

    [Fact]
    public void Peft_gaussian_entries_have_standard_deviation_one_over_r_not_one_over_its_root()
    {
        double[] entries = Entries(Initialization.PeftGaussian, 1002);
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(entries.Select(a => Normal.CDF(0, 1.0 / Rank, a))));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(entries.Select(a => Normal.CDF(0, 1 / Math.Sqrt(Rank), a))));
    }

    [Fact]
    public void Kaiming_uniform_entries_are_uniform_up_to_one_over_the_root_of_the_inputs()
    {
        double[] entries = Entries(Initialization.KaimingUniform, 1003);
        double bound = 1 / Math.Sqrt(Dimension);
        Assert.All(entries, a => Assert.InRange(a, -bound, bound));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(entries.Select(a => 0.5 + (a / bound / 2))));
        double standardDeviation = Math.Sqrt(Initialization.KaimingUniform.EntryVariance(Rank, Dimension));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(entries.Select(a => Normal.CDF(0, standardDeviation, a))));
    }

    [Fact]
    public void Rademacher_entries_are_fair_signs()
    {
        double[] entries = Entries(Initialization.Rademacher(0.25), 1004);
        Assert.All(entries, a => Assert.Equal(0.5, Math.Abs(a)));
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(entries, 0, -0.5, 0.5));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(entries, 0.05, -0.5, 0.5));
    }

    [Fact]
    public void Sparse_entries_are_zero_two_times_out_of_three()
    {
        double[] entries = Entries(Initialization.Sparse(0.25), 1005);
        Assert.All(entries, a => Assert.True(a == 0 || Math.Abs(Math.Abs(a) - Math.Sqrt(0.75)) < 1e-15));
        double[] positive = [.. entries.Select(a => a > 0 ? 1.0 : 0)];
        double[] negative = [.. entries.Select(a => a < 0 ? 1.0 : 0)];
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(positive, 1.0 / 6, 0, 1));
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(negative, 1.0 / 6, 0, 1));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(positive, 0.2, 0, 1));
    }

    [Property(MaxTest = 50)]
    [Trait("Statement", "S25")]
    public void Orthonormal_rows_are_orthonormal_times_the_factor(Rank rank, Dimension dimension, RandomSource source)
    {
        int r = Math.Min(rank.Value, dimension.Value);
        double[,] a = Initialization.Orthonormal(2).Sample(r, dimension.Value, source.Create());
        for (int k = 0; k < r; k++)
        {
            for (int l = 0; l < r; l++)
            {
                double product = Enumerable.Range(0, dimension.Value).Sum(j => a[k, j] * a[l, j]);
                Assert.Equal(k == l ? 4 : 0, product, 1e-13);
            }
        }
    }

    [Fact]
    [Trait("Statement", "S25")]
    public void Orthonormal_rows_are_Haar_distributed()
    {
        // A uniform unit vector of R³ has uniform coordinates, with the sign that a plain QR would fix; with two rows,
        // the share ‖A q‖² of q is Beta(r/2, (m − r)/2), whatever unit q is.
        Random random = new(1006);
        Initialization orthonormal = Initialization.Orthonormal();
        double[][] draws = [.. Enumerable.Range(0, 10_000).Select(_ => orthonormal.Sample(2, 3, random)).Select(
            a => new[] { a[0, 0], a[1, 2], Share(a) })];
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(draws.Select(draw => (1 + draw[0]) / 2)));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(draws.Select(draw => (1 + draw[1]) / 2)));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(draws.Select(draw => SpecialFunctions.BetaRegularized(1, 0.5, draw[2]))));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(draws.Select(draw => Math.Abs(draw[0]))
            .Select(coordinate => (1 + coordinate) / 2)));

        static double Share(double[,] a)
        {
            double first = (0.6 * a[0, 0]) + (0.8 * a[0, 1]), second = (0.6 * a[1, 0]) + (0.8 * a[1, 1]);
            return Math.Min(1, (first * first) + (second * second));
        }
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        Assert.Equal("variance", Thrown(() => Initialization.Gaussian(0)).ParamName);
        Assert.Equal("variance", Thrown(() => Initialization.Rademacher(double.NaN)).ParamName);
        Assert.Equal("scale", Thrown(() => Initialization.Unbiased(2, -1)).ParamName);
        Assert.Equal("factor", Thrown(() => Initialization.Orthonormal(double.PositiveInfinity)).ParamName);
        Assert.Equal("rank", Thrown(() => Initialization.Orthonormal().Sample(3, 2, new Random(1))).ParamName);
        Assert.Equal("dimension", Thrown(() => Initialization.KaimingUniform.EntryVariance(1, 0)).ParamName);
        Assert.Equal("alpha", Thrown(() => LoraScaling.Standard(0, 2)).ParamName);

        static ArgumentOutOfRangeException Thrown(Action action) => Assert.Throws<ArgumentOutOfRangeException>(action);
    }

    private static double[] Entries(Initialization initialization, int seed)
        => [.. initialization.Sample(Rank, Dimension, new Random(seed)).Cast<double>()];
}
