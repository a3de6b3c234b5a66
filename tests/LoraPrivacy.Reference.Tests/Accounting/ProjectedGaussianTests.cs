using LoraPrivacy.Reference.Tests.Gradients;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>Noise before the projection on the row space of A.</summary>
[Trait("Statement", "S33")]
public class ProjectedGaussianTests
{
    // The integral over the beta law, by mpmath to 17 digits; the second and third by an independent program before.
    [Theory]
    [InlineData(1, 2, 0, 0.24712605614758927)]
    [InlineData(1, 100, 0.5, 1.2183126185396804e-4)]
    [InlineData(16, 768, 0.5, 5.1276399936334547e-5)]
    [InlineData(3, 300, 4, 2.0117169626043224e-32)]
    [InlineData(9, 10, 4, 2.6022370606229317e-5)]
    public void Delta_is_the_integral(int rank, int dimension, double epsilon, double delta)
        => Assert.Equal(1, SketchedGaussianMechanism.Projected(rank, dimension, 2, 2).Delta(epsilon) / delta, 1e-11);

    [Theory]
    [InlineData(4, 0.342, 0.239)]
    [InlineData(16, 0.587, 0.508)]
    [InlineData(64, 1.137, 1.085)]
    public void The_mean_share_gives_too_small_an_epsilon(int rank, double exact, double ofMean)
    {
        Assert.Equal(exact, SketchedGaussianMechanism.Projected(rank, 768, 1, 1).Epsilon(1e-5), 5e-4);
        Assert.Equal(ofMean, new GaussianMechanism(Math.Sqrt(rank / 768.0)).Epsilon(1e-5), 5e-4);
    }

    // r = 2, m = 4: S is uniform on (0, 1), and δ_G(0; μ) = erf(μ/√8).
    [Theory, InlineData(0.5), InlineData(3), InlineData(40)]
    public void A_uniform_share_has_a_closed_form(double ratio)
    {
        double c = ratio / Math.Sqrt(8);
        double expected = SpecialFunctions.Erf(c) * (1 - 1 / (2 * c * c)) + Math.Exp(-c * c) / (c * Math.Sqrt(Math.PI));
        Assert.Equal(expected, SketchedGaussianMechanism.Projected(2, 4, ratio, 1).Delta(0), 1e-13);
    }

    [Property(MaxTest = 100)]
    [Trait("Speed", "Slow")]
    public Property Delta_grows_with_rank_and_falls_with_dimension() => Prop.ForAll(
        (from rank in Gen.Choose(1, 60)
         from rest in Gen.Elements(1, 2, 7, 100, 5000, 1_000_000)
         from logRatio in Gen.Choose(-70, 50)
         from tenths in Gen.Choose(0, 120)
         select (rank, dimension: rank + rest, ratio: Math.Exp(logRatio / 10.0), tenths)).ToArbitrary(),
        query =>
        {
            (int rank, int dimension, double ratio, int tenths) = query;
            double epsilon = tenths * Math.Min(1, ratio) / 10;
            double Delta(int r, int m, double rho, double at) => SketchedGaussianMechanism.Projected(r, m, rho, 1).Delta(at);
            double delta = Delta(rank, dimension, ratio, epsilon);
            double slack = delta * 1e-11;
            Assert.InRange(delta, double.Epsilon, new GaussianMechanism(ratio).Delta(epsilon) + slack);
            Assert.True(Delta(rank + 1, dimension, ratio, epsilon) >= delta - slack, $"rank: {query}");
            Assert.True(Delta(rank, dimension + 1, ratio, epsilon) <= delta + slack, $"dimension: {query}");
            Assert.True(Delta(rank, dimension, 1.01 * ratio, epsilon) >= delta - slack, $"ratio: {query}");
            Assert.True(Delta(rank, dimension, ratio, 1.01 * epsilon + 1e-9) <= delta + slack, $"epsilon: {query}");
        });

    [Theory, InlineData(5, 5), InlineData(9, 5), InlineData(1, 1)]
    public void From_the_full_rank_on_nothing_is_lost(int rank, int dimension)
        => Assert.Equal(new GaussianMechanism(0.7).Delta(0.3), SketchedGaussianMechanism.Projected(rank, dimension, 0.7, 1).Delta(0.3), 1e-14);

    [Theory, InlineData(1), InlineData(12)]
    public void In_high_dimension_with_the_mean_kept_it_is_the_noisy_factor(int rank)
    {
        const int dimension = 1_000_000;
        double delta = SketchedGaussianMechanism.Projected(rank, dimension, 1.5 * Math.Sqrt((double)dimension / rank), 1).Delta(2);
        Assert.Equal(1, delta / new SketchedGaussianMechanism(rank, 1.5, 1).Delta(2), 1e-4);
    }

    [Theory, InlineData(1, 2, 1e-6), InlineData(16, 768, 1e-12), InlineData(1023, 1024, 0.1), InlineData(1, 1_000_000, 1e-9)]
    public void Delta_and_epsilon_are_inverse(int rank, int dimension, double delta)
    {
        SketchedGaussianMechanism mechanism = SketchedGaussianMechanism.Projected(rank, dimension, 2, 1);
        double epsilon = mechanism.Epsilon(delta);
        Assert.True(epsilon == 0 ? mechanism.Delta(0) <= delta : Math.Abs(mechanism.Delta(epsilon) / delta - 1) < 1e-8);
    }

    [Fact]
    public void Far_beyond_use_delta_stays_in_range()
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(1, 2), (1, 1 << 20), ((1 << 20) - 1, 1 << 20), (1 << 19, 1 << 20)])
        {
            foreach (double ratio in (double[])[1e-300, 1e-100, 1e-9, 1e6, 1e100, 1e300])
            {
                foreach (double epsilon in (double[])[0, 1e-300, 1, 1e10, 1e300])
                {
                    SketchedGaussianMechanism mechanism = SketchedGaussianMechanism.Projected(rank, dimension, ratio, 1);
                    Assert.InRange(mechanism.Delta(epsilon), double.Epsilon, 1);
                    Assert.True(mechanism.LogDelta(epsilon) <= 0);
                }
            }
        }

        Assert.Equal(0, SketchedGaussianMechanism.Projected(1, 2, 0, 1).Delta(1));
        Assert.Equal(double.Epsilon, SketchedGaussianMechanism.Projected(1, 2, 1e-300, 1e300).Delta(0));
    }

    /// <summary>Hoeffding's test at 1e-9 of the mean of δ_G over drawn matrices A; the mean share and another dimension are rejected by the same draws.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public void The_mean_over_drawn_matrices_is_delta_and_no_other()
    {
        (int rank, int dimension, double ratio, double epsilon) = (1, 6, 4, 4);
        Random random = new(330);
        double[] deltas = [.. Enumerable.Range(0, 40_000).Select(_ => new GaussianMechanism(ratio * Math.Sqrt(Share(rank, dimension, random))).Delta(epsilon))];
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(deltas, SketchedGaussianMechanism.Projected(rank, dimension, ratio, 1).Delta(epsilon), 0, 1));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(deltas, new GaussianMechanism(ratio * Math.Sqrt((double)rank / dimension)).Delta(epsilon), 0, 1));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(deltas, SketchedGaussianMechanism.Projected(rank, dimension - 1, ratio, 1).Delta(epsilon), 0, 1));
    }

    /// <summary>Of D = d′dᵀ, ‖DP‖²/‖D‖² with P the projection on the row space of a drawn A.</summary>
    private static double Share(int rank, int dimension, Random random)
    {
        Matrix<double> rows = Matrix<double>.Build.Dense(rank, dimension, (_, _) => Normal.Sample(random, 0, 1));
        Vector<double> first = rows.Column(0);
        return rank == 1 ? first[0] * first[0] / rows.Row(0).DotProduct(rows.Row(0)) : first.DotProduct((rows * rows.Transpose()).Cholesky().Solve(first));
    }
}
