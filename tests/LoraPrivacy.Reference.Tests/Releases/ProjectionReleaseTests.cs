using LoraPrivacy.Reference.Releases.Matrix;
using LoraPrivacy.Reference.Releases.Projection;
using LoraPrivacy.Reference.Tests.Gradients;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace LoraPrivacy.Reference.Tests.Releases;

[Trait("Statement", "S25")]
public sealed class ProjectionReleaseTests
{
    private const int Draws = 5_000;

    private static readonly double[] Row = [3, -1, 0.5, 2, 0];

    [Theory, InlineData(1), InlineData(2), InlineData(4)]
    [Trait("Speed", "Slow")]
    public void The_sampler_and_the_definition_have_the_law(int rank)
    {
        ProjectionLaw law = new(rank, Row.Length);
        Random random = new(250 + rank);
        Assert.Equal("", Rejections(law, () => law.Sample(Row, random)));
        Assert.Equal("", Rejections(law, () => FromDefinition(rank, random)));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_projection_of_another_rank_is_rejected()
    {
        ProjectionLaw law = new(2, Row.Length);
        Random random = new(259);
        Assert.Contains("share", Rejections(law, () => FromDefinition(3, random)));
    }

    [Theory, InlineData(1, 2), InlineData(3, 5), InlineData(64, 768), InlineData(1, 1), InlineData(7, 7)]
    public void The_moments_are_those_of_the_statement(int rank, int dimension)
    {
        ProjectionLaw law = new(rank, dimension);
        double r = rank;
        double m = dimension;
        double shareVariance = 2 * r * (m - r) / (m * m * (m + 2));
        double product = r * (m - r) / (m * (m + 2));
        Assert.Equal(shareVariance, law.ShareVariance, 1e-16);
        Assert.Equal((m / r - 1) * 9, law.TotalNoise(3), 1e-12 * m);

        double[] q = new double[dimension];
        q[0] = 2;
        q[^1] = dimension == 1 ? 2 : -1;
        double square = dimension == 1 ? 4 : 5;
        double[,] covariance = law.Covariance(q);
        double trace = 0;
        for (int i = 0; i < dimension; i++)
        {
            trace += covariance[i, i];
            Assert.Equal(covariance[i, i], law.EntryVariance(q[i], Math.Sqrt(square)), 1e-13 * (m / r) * (m / r));
        }

        Assert.Equal(law.TotalNoise(Math.Sqrt(square)), trace, 1e-12 * m);
        if (dimension > 1)
        {
            double expected = m / r * (m / r) * (shareVariance * -2 - product / (m - 1) * -2);
            Assert.Equal(expected, covariance[0, dimension - 1], 1e-13 * m);
        }
    }

    [Fact]
    public void The_noise_falls_with_the_rank_and_the_release_is_never_private()
    {
        double[,] g = { { 3, -1, 0.5, 2, 0 } };
        double[,] h = { { 3, -1, 0.5, 2, 1e-9 } };
        double last = double.PositiveInfinity;
        for (int rank = 1; rank <= 5; rank++)
        {
            ProjectionLaw law = new(rank, 5);
            Assert.True(law.TotalNoise(1) < last);
            last = law.TotalNoise(1);
        }

        Assert.Equal(0, last);
        Assert.Equal(MatrixVerdictKind.Distinguishable, ProjectionRelease.Verdict(g, h).Kind);
        Assert.Equal(MatrixVerdictKind.Identical, ProjectionRelease.Verdict(g, g).Kind);
        Assert.Equal(MatrixVerdictKind.Distinguishable, ProjectionRelease.Verdict(g, h).Kind);
        Assert.Equal(MatrixVerdictKind.Identical, ProjectionRelease.Verdict(g, g).Kind);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(5)]
    public void The_support_statistic_tells_the_row_from_its_neighbours(int rank)
    {
        ProjectionLaw law = new(rank, Row.Length);
        Random random = new(255);
        double[] neighbour = [.. Row];
        neighbour[4] += 1e-3;
        for (int i = 0; i < 200; i++)
        {
            double[] y = FromDefinition(rank, random);
            double[] unbiased = [.. y.Select(value => value * law.UnbiasedScale)];
            Assert.InRange(ProjectionRelease.SupportStatistic(law, y, Row), 0, 1e-12);
            Assert.InRange(ProjectionRelease.SupportStatistic(law, unbiased, Row, law.UnbiasedScale), 0, 1e-12);
            Assert.InRange(ProjectionRelease.SupportStatistic(law, y, neighbour), 1e-10, 1);
        }

        Assert.Equal(1, ProjectionRelease.SupportStatistic(law, new double[5], Row));
        Assert.Equal(0, ProjectionRelease.SupportStatistic(law, new double[5], new double[5]));
    }

    [Fact]
    public void Bad_arguments_are_named()
    {
        Assert.Equal("rank", Assert.Throws<ArgumentOutOfRangeException>(() => new ProjectionLaw(6, 5)).ParamName);
        Assert.Equal("q", Assert.Throws<ArgumentException>(() => new ProjectionLaw(2, 4).Covariance(Row)).ParamName);
        Assert.Equal("entry", Assert.Throws<ArgumentOutOfRangeException>(() => new ProjectionLaw(2, 4).EntryVariance(2, 1)).ParamName);
    }

    // The share S against its Beta law, and the direction of the rest, which is uniform on the sphere orthogonal to q:
    // its squared component along a fixed unit vector there is Beta(½, (m − 2)/2).
    private static string Rejections(ProjectionLaw law, Func<double[]> draw)
    {
        double square = Row.Sum(value => value * value);
        double[] shares = new double[Draws];
        double[] directions = new double[Draws];
        for (int i = 0; i < Draws; i++)
        {
            double[] y = draw();
            double share = y.Zip(Row, (a, b) => a * b).Sum() / square;
            double[] rest = [.. y.Zip(Row, (a, b) => a - share * b)];
            shares[i] = law.ShareCumulativeDistribution(Math.Clamp(share, 0, 1));

            // e₅ is orthogonal to q.
            double component = rest[4] * rest[4] / rest.Sum(value => value * value);
            directions[i] = Beta.CDF(0.5, 0.5 * (Row.Length - 2), component);
        }

        List<string> rejected = [];
        if (DvoretzkyKieferWolfowitz.Rejects(shares))
        {
            rejected.Add("share");
        }

        if (DvoretzkyKieferWolfowitz.Rejects(directions))
        {
            rejected.Add("direction");
        }

        return string.Join(' ', rejected);
    }

    // Aᵀ(AAᵀ)⁻¹A q, through an orthonormal basis of the row space.
    private static double[] FromDefinition(int rank, Random random)
    {
        double[] entries = new double[rank * Row.Length];
        Normal.Samples(random, entries, 0, 1);
        Matrix<double> basis = Matrix<double>.Build.Dense(Row.Length, rank, entries).QR(QRMethod.Thin).Q;
        return [.. basis * basis.TransposeThisAndMultiply(Vector<double>.Build.Dense([.. Row]))];
    }
}
