using System.Numerics;

namespace LoraPrivacy.Reference.Tests.Gradients;

[Trait("Statement", "S7")]
public sealed class VarianceGammaTests
{
    private const int Draws = 5_000;

    [Fact]
    public void Density_and_tails_agree_with_the_high_precision_values()
    {
        foreach ((double ratio, int rank, double x, double logDensity, double lower, double upper) in VarianceGammaValues.All)
        {
            VarianceGamma law = new(ratio, 1, rank);
            AssertClose(logDensity, law.LogDensity(x), 1e-13 * Math.Max(1, Math.Abs(logDensity) / 10), $"log density {ratio:R} {rank} {x:R}");
            AssertRelative(lower, law.CumulativeDistribution(x), $"lower tail {ratio:R} {rank} {x:R}");
            AssertRelative(upper, law.ComplementaryCumulativeDistribution(x), $"upper tail {ratio:R} {rank} {x:R}");
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Quantiles_invert_both_tails_of_the_high_precision_values()
    {
        foreach ((double ratio, int rank, double x, double _, double lower, double upper) in VarianceGammaValues.All)
        {
            VarianceGamma law = new(ratio, 1, rank);
            if (lower is > 0 and <= 0.5)
            {
                AssertRelative(lower, law.CumulativeDistribution(law.Quantile(lower)), $"lower {ratio:R} {rank} {x:R}");
            }

            if (upper is > 0 and <= 0.5)
            {
                AssertRelative(upper, law.ComplementaryCumulativeDistribution(law.ComplementaryQuantile(upper)), $"upper {ratio:R} {rank} {x:R}");
            }
        }
    }

    [Theory, InlineData(1e-12), InlineData(0.3), InlineData(1), InlineData(-2.5), InlineData(40)]
    public void An_entry_of_zero_at_rank_two_is_laplace(double x)
    {
        // Scale ½: f(x) = e^{−2|x|}, P(X > x) = ½ e^{−2x} for x > 0.
        VarianceGamma law = new(0, 1, 2);
        AssertClose(-2 * Math.Abs(x), law.LogDensity(x), 1e-13, "log density");
        AssertRelative(0.5 * Math.Exp(-2 * Math.Abs(x)), x > 0 ? law.ComplementaryCumulativeDistribution(x) : law.CumulativeDistribution(x), "tail");
    }

    [Fact]
    public void Infinities_are_where_the_documentation_says()
    {
        Assert.Equal(double.PositiveInfinity, new VarianceGamma(0.5, 1, 1).Density(0));
        Assert.Equal(double.PositiveInfinity, new VarianceGamma(-3, 3, 1).Density(0));
        Assert.Equal(0.5, new VarianceGamma(2, 2, 2).Density(0), 1e-15);
        Assert.Equal(0, new VarianceGamma(2, 2, 3).Density(0));
        Assert.Equal(double.NegativeInfinity, new VarianceGamma(1, 1, 5).LogDensity(-1e-300));
        Assert.Equal(double.NegativeInfinity, new VarianceGamma(-1, 1, 5).LogDensity(1e-300));
        Assert.Equal(0, new VarianceGamma(1, 1, 5).CumulativeDistribution(0));
        Assert.Equal(1, new VarianceGamma(1, 1, 5).ComplementaryCumulativeDistribution(0));
        Assert.True(double.IsFinite(new VarianceGamma(0.5, 1, 2).LogDensity(0)));
    }

    [Theory, InlineData(double.Epsilon), InlineData(1e-300), InlineData(1e200), InlineData(double.MaxValue)]
    public void Nothing_is_ever_NaN(double x)
    {
        foreach (double ratio in (double[])[0, 1e-300, 0.5, 1 - 1.0 / (1L << 53), 1])
        {
            foreach (int rank in (int[])[1, 2, 3, 1024, Argument.LargestSize])
            {
                foreach (double point in (double[])[x, -x])
                {
                    VarianceGamma law = new(ratio, 1, rank);
                    Assert.False(double.IsNaN(law.LogDensity(point)), $"{ratio:R} {rank} {point:R}");
                    Assert.InRange(law.CumulativeDistribution(point), 0, 1);
                    Assert.InRange(law.ComplementaryCumulativeDistribution(point), 0, 1);
                }
            }
        }
    }

    [Theory, InlineData(0, 1), InlineData(0.6, 3), InlineData(-1, 5), InlineData(0.999, 40)]
    public void Cumulants_are_those_of_the_characteristic_function(double entry, int rank)
    {
        // log E e^{itX} = Σ κ_n (it)ⁿ/n!, far inside its radius of convergence.
        VarianceGamma law = new(entry, 1, rank);
        double t = 0.02;
        Complex sum = 0;
        Complex power = 1;
        for (int n = 1; n <= 40; n++)
        {
            power *= new Complex(0, t) / n;
            sum += law.Cumulant(n) * power;
        }

        Assert.True((Complex.Exp(sum) - law.CharacteristicFunction(t)).Magnitude < 1e-15);
        Assert.Equal(law.Mean, law.Cumulant(1), 1e-15);
        Assert.Equal(law.Variance, law.Cumulant(2), 1e-15);
    }

    [Theory, InlineData(0, 1), InlineData(0.6, 3), InlineData(-3, 5), InlineData(2.9, 40)]
    public void Kurtosis_and_characteristic_function_are_those_of_the_statement(double entry, int rank)
    {
        const double Norm = 3;
        VarianceGamma law = new(entry, Norm, rank);
        double v = Norm * Norm - entry * entry;
        double square = entry * entry;
        double expected = (6 * v * v + 48 * square * v + 48 * square * square) / (rank * (v + 2 * square) * (v + 2 * square));
        AssertRelative(expected, law.ExcessKurtosis, "excess kurtosis");
        foreach (double t in (double[])[-2, 0, 0.01, 1, 30])
        {
            Complex statement = Complex.Pow(1 - 2.0 / rank * (new Complex(0, t * entry) - t * t * v / rank / 2), -0.5 * rank);
            Assert.True((statement - law.CharacteristicFunction(t)).Magnitude <= 1e-13, $"{t}");
        }
    }

    [Theory, InlineData(60), InlineData(2000)]
    public void High_cumulants_stay_in_range_or_overflow_to_infinity(int n)
    {
        Assert.False(double.IsNaN(new VarianceGamma(0.3, 1, 5).Cumulant(n)));
        Assert.Equal(0, new VarianceGamma(0, 1, 5).Cumulant(n + 1));
        AssertRelative(new VarianceGamma(0.3, 1, 5).Cumulant(29) * 870 / 6.25, UnscaledThirtyOne(), "n = 31");

        // κ₃₁/κ₂₉ = 30 · 29/ν² · (a³¹ − b³¹)/(a²⁹ − b²⁹), with ν = 5/2, a = 0.65, b = 0.35.
        static double UnscaledThirtyOne()
            => new VarianceGamma(0.3, 1, 5).Cumulant(31) * (Math.Pow(0.65, 29) - Math.Pow(0.35, 29)) / (Math.Pow(0.65, 31) - Math.Pow(0.35, 31));
    }

    [Theory, InlineData(0, 1), InlineData(0.6, 3), InlineData(-1, 4), InlineData(0.2, 64)]
    [Trait("Speed", "Slow")]
    public void The_sampler_and_the_definition_have_the_law(double ratio, int rank)
    {
        VarianceGamma law = new(2 * ratio, 2, rank);
        Random random = new(7001);
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(Distribution(law, () => law.Sample(random))));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(Distribution(law, () => FromDefinition(random, ratio, 2, rank))));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_normal_law_of_the_same_variance_is_rejected()
    {
        VarianceGamma law = new(0, 1, 1);
        Random random = new(7002);
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(
            Distribution(law, () => Math.Sqrt(law.Variance) * MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))));
    }

    [Theory, InlineData(1.1, 1, 1, "entry"), InlineData(0, 0, 1, "norm"), InlineData(0, 1, 0, "rank"), InlineData(double.NaN, 1, 1, "entry")]
    public void Bad_arguments_are_named(double entry, double norm, int rank, string name)
        => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new VarianceGamma(entry, norm, rank)).ParamName);

    private static IEnumerable<double> Distribution(VarianceGamma law, Func<double> draw)
        => Enumerable.Range(0, Draws).Select(_ => law.CumulativeDistribution(draw()));

    // Entry i of AᵀA q, row by row of A: only the components of a row along e_i and along q − q_i e_i matter.
    private static double FromDefinition(Random random, double ratio, double norm, int rank)
    {
        double across = Math.Sqrt(1 - ratio * ratio);
        double sum = 0;
        for (int k = 0; k < rank; k++)
        {
            double first = MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
            double second = MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1);
            sum += first * (ratio * first + across * second);
        }

        return norm * sum / rank;
    }

    private static void AssertRelative(double expected, double actual, string what)
        => AssertClose(expected, actual, 1e-12 * Math.Abs(expected), what);

    private static void AssertClose(double expected, double actual, double tolerance, string what)
        => Assert.True(Math.Abs(expected - actual) <= tolerance, $"{what}: {actual:R} instead of {expected:R}");
}
