using LoraPrivacy.Reference.Tests.Gradients;

namespace LoraPrivacy.Reference.Tests.Releases;

/// <summary>
/// The loss law of S10 and S13 against losses of sampled releases, y = AᵀA q with A drawn entry by entry and the loss
/// from the joint densities of S8: three independent roads to one law. False alarm at most 1e-9 a test
/// (Dvoretzky–Kiefer–Wolfowitz with Massart's constant).
/// </summary>
public class LossLawAgreementTests
{
    private const int Draws = 12_000;

    [Theory]
    [InlineData(1, 2, 1.0, 0.3)]
    [InlineData(2, 5, 0.8, 0.5)]
    [InlineData(4, 16, 1.05, 0.05)]
    [InlineData(16, 8, 0.9, 1.2)]
    [InlineData(3, 6, 1.3, 2.5)]
    [InlineData(5, 3, 0.7, 0)]
    [Trait("Statement", "S10")]
    [Trait("Statement", "S8")]
    [Trait("Speed", "Slow")]
    public void Sampled_losses_follow_the_exact_law(int rank, int dimension, double normRatio, double angle)
    {
        double[] losses = SampleLosses(rank, dimension, normRatio, angle, rank);
        Assert.False(Rejects(losses, new ProductRelease(rank, dimension), new VectorPair(normRatio, angle)));
    }

    [Fact]
    [Trait("Statement", "S10")]
    [Trait("Speed", "Slow")]
    public void The_test_notices_a_wrong_dimension_rank_direction_or_variance()
    {
        double[] losses = SampleLosses(4, 16, 1.3, 0.3, 4);
        VectorPair pair = new(1.3, 0.3);
        Assert.False(Rejects(losses, new ProductRelease(4, 16), pair));
        Assert.True(Rejects(losses, new ProductRelease(4, 40), pair));
        Assert.True(Rejects(losses, new ProductRelease(5, 16), pair));
        Assert.True(Rejects(losses, new ProductRelease(4, 16), pair.Reverse()));

        // Releases of an A with entry variance 1/r² instead of 1/r.
        Assert.True(Rejects(SampleLosses(4, 16, 1.3, 0.3, 16), new ProductRelease(4, 16), pair));
    }

    [Theory]
    [InlineData(2, 5, 0.8, 0.5, 0)]
    [InlineData(4, 16, 1.05, 0.3, 0.4)]
    [InlineData(16, 8, 0.9, 0.3, 0.5)]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void The_privacy_curve_is_the_mean_of_what_sampled_losses_give(
        int rank, int dimension, double normRatio, double angle, double epsilon)
    {
        // δ(ε) = E (1 − e^{ε − L})⁺; at ε = 0 the total variation distance. Hoeffding's bound at 1e-9.
        double[] gains = [.. SampleLosses(rank, dimension, normRatio, angle, rank).Select(loss => Math.Max(0, 1 - Math.Exp(epsilon - loss)))];
        VectorPair pair = new(normRatio, angle);
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(gains, new ProductRelease(rank, dimension).Delta(pair, epsilon), 0, 1));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(gains, new ProductRelease(rank, dimension).Delta(pair, epsilon + 0.5), 0, 1));
    }

    [Fact]
    [Trait("Statement", "S12")]
    public void The_infinite_losses_occur_as_often_as_the_floor_says()
    {
        double[] losses = SampleLosses(2, 4, 1, 1.2, 2);
        double floor = ProductRelease.DeltaFloor(2, 1.2);
        double[] indicators = [.. losses.Select(loss => double.IsPositiveInfinity(loss) ? 1.0 : 0.0)];
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(indicators, floor, 0, 1));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(indicators, ProductRelease.DeltaFloor(3, 1.2), 0, 1));
    }

    private static bool Rejects(double[] losses, ProductRelease release, VectorPair pair)
    {
        // An infinite loss maps uniformly into the atom's interval, so that the transform is uniform.
        Random random = new(5);
        double finite = 1 - (pair.Angle == 0 ? 0 : ProductRelease.DeltaFloor(release.Rank, pair.Angle));
        return DvoretzkyKieferWolfowitz.Rejects(losses.Select(loss => double.IsPositiveInfinity(loss)
            ? finite + (1 - finite) * random.NextDouble()
            : release.Curve(pair).LossCdf(loss)));
    }

    // The variance of A's entries is 1/variance divisor.
    private static double[] SampleLosses(int rank, int dimension, double normRatio, double angle, int divisor)
    {
        Random random = new(20260101);
        double[] q = new double[dimension];
        double[] qPrime = new double[dimension];
        q[0] = 1;
        qPrime[0] = Math.Cos(angle) / normRatio;
        qPrime[1] = Math.Sin(angle) / normRatio;
        GradientLaw law = new(q, rank);
        GradientLaw lawPrime = new(qPrime, rank);
        Initialization initialization = new GaussianInitialization(1.0 / divisor);
        double[] losses = new double[Draws];
        for (int i = 0; i < losses.Length; i++)
        {
            double[] y = GradientSketch.Apply(q, initialization.Sample(rank, dimension, random));
            losses[i] = law.LogDensity(y) - lawPrime.LogDensity(y);
        }

        return losses;
    }
}
