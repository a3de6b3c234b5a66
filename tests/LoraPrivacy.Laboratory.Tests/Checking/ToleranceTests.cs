using LoraPrivacy.CommandLine.Statistics;

namespace LoraPrivacy.Laboratory.Tests.Checking;

public class ToleranceTests
{
    [Fact]
    public void The_mean_of_normal_draws_stays_within_seven_standard_errors()
    {
        // E Zⁿ = (n − 1)!! for even n. The exact two-sided quantile at 1e-9 is 6.11; Markov's bound must lie above it, and not far.
        double[] moments = new double[MeanBound.HighestMoment + 1];
        moments[0] = 1;
        for (int n = 2; n < moments.Length; n += 2)
        {
            moments[n] = moments[n - 2] * (n - 1);
        }

        Assert.InRange(MeanBound.Of(moments, 100) * 10, 6.11, 7);
    }

    [Fact]
    public void Cumulants_and_moments_are_inverse()
    {
        // Exponential: κₙ = (n − 1)!, central moments the subfactorials.
        double[] moments = MeanBound.Moments([0, 1, 1, 2, 6, 24, 120]);
        Assert.Equal([1, 0, 1, 2, 9, 44, 265], moments);
        Assert.Equal([0, 0, 1, 2, 6, 24, 120], MeanBound.Cumulants(moments));
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(4, 64)]
    [InlineData(64, 64)]
    [InlineData(3, 1)]
    [Trait("Statement", "S4")]
    public void The_noise_of_a_row_has_the_moments_of_its_representation(int rank, int dimension)
    {
        double r = rank;
        double rest = dimension - 1;
        double variance = (8 / (r * r)) + (48 / (r * r * r))
            + ((((1 + (2 / r)) * ((rest * rest) + (2 * rest))) - (rest * rest)) / (r * r)) + (16 * rest / (r * r * r));
        RelativeNoise noise = new(rank, dimension);
        double[] moments = noise.CentralMoments(4);
        Assert.Equal((dimension + 1) / r, noise.Mean, 1e-12);
        Assert.Equal(0, moments[1], 1e-12 * Math.Sqrt(variance));
        Assert.Equal(1, moments[2] / variance, 1e-12);
        Assert.True(moments[4] >= variance * variance);
    }

    [Fact]
    public void Binomial_counts_lie_in_the_interval_but_for_one_in_a_thousand_million()
    {
        const int trials = 60;
        const double probability = 0.1;
        double allowed = BinomialInterval.LargestDeviation(trials, probability);
        double Outside(double deviation)
        {
            double sum = 0;
            double term = Math.Pow(1 - probability, trials);
            for (int count = 0; count <= trials; count++)
            {
                sum += Math.Abs(count - (trials * probability)) > deviation ? term : 0;
                term *= (trials - count) / (count + 1.0) * probability / (1 - probability);
            }

            return sum;
        }

        Assert.InRange(Outside(allowed), 0, BinomialInterval.FalseAlarmRate);
        Assert.True(Outside(allowed - 1) > BinomialInterval.FalseAlarmRate / 2);
    }

    [Fact]
    public void A_distance_is_one_where_a_draw_is_no_number()
    {
        Assert.Equal(1, KolmogorovTest.Distance([0.2, double.NaN, 0.7]));
        Assert.Equal(0.25, KolmogorovTest.Distance([0.25, 0.75]));
    }

    [Theory]
    [InlineData(Relation.Near, 1.05, true)]
    [InlineData(Relation.Near, 1.2, false)]
    [InlineData(Relation.AtMost, 0.1, true)]
    [InlineData(Relation.AtMost, 0.2, false)]
    [InlineData(Relation.AtLeast, 0.2, true)]
    [InlineData(Relation.AtLeast, 0.05, false)]
    [InlineData(Relation.Near, double.NaN, false)]
    [InlineData(Relation.AtMost, double.NegativeInfinity, false)]
    public void A_claim_holds_as_its_relation_says(object relation, double observed, bool holds)
    {
        Claim claim = new() { Statement = "S7", Title = "t", Formula = "f", Exact = 1, Observed = observed, Relation = (Relation)relation, Tolerance = 0.1 };
        Assert.Equal(holds, claim.Holds);
    }
}
