namespace LoraPrivacy.Reference.Tests.Releases;

/// <summary>The factor release against numbers computed elsewhere.</summary>
[Trait("Statement", "S24")]
public sealed class FactorReleaseTests
{
    // Rank, eigenvalue:multiplicity, ε, δ. From mpmath 1.2.1 at 40 digits: the inversion integral on a path of its own,
    // the trapezoidal step halved until 1e-18. For two eigenvalues, rank below 100 and δ > 1e-25 also by real quadrature of
    // the closed form of one over the gamma law of the other: equal to 1e-27.
    private static readonly (int Rank, string Eigenvalues, double Epsilon, double Delta)[] HighPrecision =
    [
        (1, "1.5:1 0.7:1", 0.0, 0.12140165507680646),
        (1, "1.5:1 0.7:1", 0.3, 0.053268557636025284),
        (1, "1.5:1 0.7:1", 6.0, 2.3396085470248149e-7),
        (1, "1.5:1 0.7:1", 40.0, 2.8241147036235752e-37),
        (1, "1.5:3 0.7:2 1.1:5", 0.5, 0.1026681890694199),
        (1, "1.5:3 0.7:2 1.1:5", 8.0, 7.4376984348454698e-8),
        (1, "3.0:1", 0.0, 0.25935886140716546),
        (1, "3.0:1", 1.0, 0.12872318264701338),
        (1, "3.0:1", 30.0, 2.1482469109182355e-8),
        (2, "0.4:2", 0.25, 0.37451390202545092),
        (2, "0.4:2", 1.5, 0.011940951495752239),
        (1, "1.2:1 0.99:100", 0.125, 0.022362297306543262),
        (1, "1.2:1 0.99:100", 4.0, 2.8117363231625652e-11),
        (4, "1.01:1 0.995:1", 0.0, 0.0059734072110488817),
        (4, "1.01:1 0.995:1", 0.02, 0.0012520686291007725),
        (4, "1.01:1 0.995:1", 0.25, 6.5205123896716857e-13),
        (8, "1.0000001:1 0.9999998:1", 0.0, 1.7386284361519051e-7),
        (8, "1.0000001:1 0.9999998:1", 1e-06, 6.8389573543539889e-10),
        (8, "1.0000001:1 0.9999998:1", 4e-06, 3.2321045176940325e-21),
        (5, "2.0:1 0.9:1 0.5:1 1.3:1 1.01:7", 1.0, 0.34809364294468204),
        (5, "2.0:1 0.9:1 0.5:1 1.3:1 1.01:7", 6.0, 0.009846670983165512),
        (5, "2.0:1 0.9:1 0.5:1 1.3:1 1.01:7", 50.0, 1.2795562185830508e-20),
        (16, "4.0:1 0.1:1", 1.0, 0.9992644059694637),
        (16, "4.0:1 0.1:1", 30.0, 0.2056422658469571),
        (16, "4.0:1 0.1:1", 378.5, 1.7862000229142556e-44),
        (16, "0.9:2 0.8:2 0.99:20", 1.0, 0.10027529133510449),
        (16, "0.9:2 0.8:2 0.99:20", 5.0, 5.6395441332541656e-21),
        (64, "1.5:1 0.7:1", 5.0, 0.36022643414672207),
        (64, "1.5:1 0.7:1", 20.0, 1.4245217370556211e-5),
        (64, "1.5:1 0.7:1", 136.75, 2.0083169710176281e-85),
        (512, "1.05:1 1.02:1", 0.25, 0.24766873855139145),
        (512, "1.05:1 1.02:1", 2.0, 0.0085250922673443079),
        (512, "1.05:1 1.02:1", 12.0, 2.8092964790197695e-30),
        (1024, "1.0625:1 0.9375:2", 3.0, 0.36397133752426866),
        (1024, "1.0625:1 0.9375:2", 10.0, 0.00090433603282926047),
        (16, "1.001:1", 0.0, 0.0011161339097557102),
        (16, "1.001:1", 0.03, 1.052058510668706e-12),
        (16, "1.001:1", 0.09, 5.4921586651046781e-36),
        (64, "1.25:1", 2.0, 0.10086599422113732),
        (64, "1.25:1", 40.0, 1.4842305558475847e-46),
        (73, "2.328523035818959:1 0.9935107990635476:300", 21.465141756197475, 0.27334052456671525),
        (29, "1.0000017147301918:1 0.9999999713382192:300", 3.4e-05, 1.5738436351769487e-10),
        (101, "1.125:3 0.999:1000", 4.0, 0.015151871161468619),
        (1, "2.0:1 0.998:500", 1.5, 0.025214303660738301),
    ];

    [Fact]
    public void Delta_agrees_with_the_high_precision_values()
    {
        foreach ((int rank, string eigenvalues, double epsilon, double delta) in HighPrecision)
        {
            double actual = Parse(rank, eigenvalues).Delta(epsilon);
            Assert.True(Math.Abs(actual / delta - 1) <= 1e-12, $"{rank} {eigenvalues} {epsilon:R}: {actual:R} instead of {delta:R}");
        }
    }

    [Fact]
    public void Epsilon_inverts_the_high_precision_values()
    {
        foreach ((int rank, string eigenvalues, double epsilon, double delta) in HighPrecision)
        {
            double actual = Parse(rank, eigenvalues).Epsilon(delta);
            Assert.True(
                Math.Abs(actual - epsilon) <= 1e-9 * epsilon + 1e-12, $"{rank} {eigenvalues} {delta:R}: {actual:R} instead of {epsilon:R}");
        }
    }

    [Theory, InlineData(1, 3.0), InlineData(4, 1.3), InlineData(64, 1.05), InlineData(3, 0.2), InlineData(500, 0.96)]
    public void The_inversion_agrees_with_the_closed_form_of_one_eigenvalue(int rank, double eigenvalue)
    {
        FactorRelease closed = new(rank, eigenvalue);
        foreach (double epsilon in (double[])[0, 0.05, 0.5, 2, 7])
        {
            if (epsilon < closed.LargestLoss)
            {
                double inverted = new FactorLossTransform([new FactorLossTerm(eigenvalue, eigenvalue - 1, 0.5 * rank)])
                    .Invert(epsilon, FactorLossKernel.HockeyStick);
                double delta = closed.Delta(epsilon);
                Assert.True(Math.Abs(inverted / delta - 1) <= 3e-12, $"{epsilon:R}: {inverted:R} {delta:R}");
            }
        }
    }

    [Fact]
    public void Where_the_loss_is_bounded_delta_is_exactly_zero_beyond()
    {
        FactorRelease release = new(4, 0.5, 0.8);
        Assert.Equal(-2 * (Math.Log(0.5) + Math.Log(0.8)), release.LargestLoss, 1e-14);
        // The bound is rounded to a double, which may lie just below it.
        Assert.Equal(0, release.Delta(Math.BitIncrement(release.LargestLoss)));
        Assert.Equal(0, release.Delta(100));
        Assert.True(release.Delta(0.999 * release.LargestLoss) > 0);

        // δ falls to 1e-300 within a double of the bound, and what is returned keeps it.
        Assert.InRange(release.Epsilon(1e-300), 0.999 * release.LargestLoss, (1 + 1e-12) * release.LargestLoss);
        Assert.True(release.Delta(release.Epsilon(1e-300)) <= 1e-300);
        Assert.Equal(double.PositiveInfinity, release.Reverse().LargestLoss);
    }

    [Fact]
    public void Equal_covariances_cannot_be_told_apart()
    {
        foreach (FactorRelease release in (FactorRelease[])[new(3), new(3, 1), new(3, 1, 1, 1)])
        {
            Assert.Equal(0, release.Delta(0));
            Assert.Equal(0, release.Epsilon(1e-12));
            Assert.Equal(0, release.RenyiDivergence(7));
            Assert.Equal(0, release.LargestLoss);
        }
    }

    [Theory, InlineData(1, 2.0), InlineData(16, 1.5), InlineData(64, 100), InlineData(3, 1e6)]
    [Trait("Statement", "S24")]
    public void The_published_mixing_formula_is_exact_for_the_worst_pair(int rank, double gamma)
    {
        FactorRelease release = FactorRelease.RankOneWorstCase(rank, gamma);
        foreach (double share in (double[])[0.01, 0.3, 0.9, 0.999])
        {
            double order = 1 + share * (gamma - 1);
            double published = FactorEigenvalues.GaussianMixingRenyi(rank, gamma, order);

            // μ = γ/(γ − 1) is rounded, which near μ = 1 costs digits of μ − 1.
            Assert.True(Math.Abs(release.RenyiDivergence(order) / published - 1) <= 1e-12 + 1e-15 * gamma / (1 - share), $"{order:R}");
            double plain = rank / (2 * (order - 1)) * (order * Math.Log(1 - 1 / gamma) - Math.Log(1 - order / gamma));
            Assert.True(Math.Abs(plain / published - 1) <= 1e-12 + 1e-14 * gamma * gamma / share, $"{order:R}");
        }

        Assert.Equal(double.PositiveInfinity, release.RenyiDivergence(gamma * (1 + 1e-9)));
        Assert.Equal(double.PositiveInfinity, FactorEigenvalues.GaussianMixingRenyi(rank, gamma, gamma));
    }

    [Fact]
    public void Many_eigenvalues_that_nearly_cancel_converge()
    {
        // Few degrees of freedom above 1 against thousands just below: the path has to change its bend.
        foreach (int count in (int[])[50, 500, 4000])
        {
            double[] eigenvalues = [2.0, .. Enumerable.Repeat(1 - 1.0 / (count + 1), count)];
            FactorRelease release = new(1, eigenvalues);
            double last = 1;
            for (int i = 0; i <= 200; i++)
            {
                double delta = release.Delta(0.1 * i);
                Assert.InRange(delta, 1e-100, last);
                last = delta;
            }
        }
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => new FactorRelease(0, 1.5)).ParamName);
        Assert.Equal("eigenvalues[1]", Assert.Throws<ArgumentOutOfRangeException>(() => new FactorRelease(1, 1.5, 0)).ParamName);
        Assert.Equal("epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => new FactorRelease(1, 1.5).Delta(-1)).ParamName);
        Assert.Equal("gamma", Assert.Throws<ArgumentOutOfRangeException>(() => FactorRelease.RankOneWorstCase(1, 1)).ParamName);
        Assert.Equal("order", Assert.Throws<ArgumentOutOfRangeException>(() => FactorEigenvalues.GaussianMixingRenyi(1, 2, 1)).ParamName);
    }

    private static FactorRelease Parse(int rank, string eigenvalues) => new(rank, [.. eigenvalues.Split(' ').SelectMany(Repeat)]);

    private static IEnumerable<double> Repeat(string pair)
    {
        string[] parts = pair.Split(':');
        return Enumerable.Repeat(
            double.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1e-13)]
    [InlineData(1e13)]
    [InlineData(double.NaN)]
    public void Eigenvalues_beyond_reach_are_refused(double eigenvalue)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new FactorRelease(4, 1.5, eigenvalue));
        Assert.StartsWith("eigenvalues[1] must be a number in [1E-12, 1000000000000]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Extreme_eigenvalues_within_reach_are_told_apart()
    {
        Assert.Equal(1, new FactorRelease(64, 1e12, 1e-12).Delta(1), 1e-9);
        Assert.Equal(1, new FactorRelease(64, 1e12).Delta(1), 1e-9);
        Assert.InRange(new FactorRelease(4, 1e12).Epsilon(1e-5), 1e12, 1e14);
    }
}
