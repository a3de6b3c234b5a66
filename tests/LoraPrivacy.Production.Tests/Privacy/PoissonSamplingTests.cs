namespace LoraPrivacy.Production.Tests.Privacy;

/// <summary>
/// The batches of 20,000 steps: their sizes against Binomial(N, q) by the bound of Dvoretzky, Kiefer, Wolfowitz and Massart, which holds
/// for discrete laws too, and shares by Hoeffding's. A test rejects the right law with probability at most 1e-9.
/// </summary>
public class PoissonSamplingTests
{
    private const int Count = 30;
    private const int Draws = 20_000;
    private const double Rate = 0.2;
    private const double FalseAlarm = 1e-9;

    private static readonly long[][] Batches = Draw(Rate);

    [Fact]
    public void Sizes_follow_the_binomial_law() => Assert.InRange(Distance(Batches, Rate), 0, Bound(FalseAlarm));

    [Theory]
    [InlineData(0.21)]
    [InlineData(0.19)]
    [Trait("Speed", "Slow")]
    public void Another_rate_is_caught(double rate)
    {
        Assert.True(Distance(Draw(rate), Rate) > Bound(FalseAlarm));
        Assert.True(Distance(Batches, rate) > Bound(FalseAlarm));
    }

    [Fact]
    public void The_probability_is_never_above_the_rate()
    {
        Random random = new(7);
        double[] rates = [0, 1, 0.1, 1.0 / 3, Math.BitDecrement(1), 1e-3, 1e-17, double.Epsilon, .. Enumerable.Range(0, 1000).Select(_ => Math.Pow(random.NextDouble(), 9))];
        foreach (double rate in rates)
        {
            // Both sides are exact: whole numbers up to 2^53, and a scaling by a power of two.
            double threshold = PoissonSampling.Threshold(rate);
            Assert.True(threshold <= Math.ScaleB(rate, 53), $"{rate:R}");
            Assert.True(threshold > Math.ScaleB(rate, 53) - 1, $"{rate:R}");
        }
    }

    [Fact]
    public void Batches_of_a_fixed_size_are_caught()
        => Assert.True(Distance([.. Batches.Select(_ => new long[6])], Rate) > Bound(FalseAlarm));

    [Fact]
    public void Every_example_and_every_pair_is_drawn_as_often_as_if_independent()
    {
        // 30 examples and 435 pairs, each with its share of the false alarms.
        double bound = Bound(FalseAlarm / 465);
        double[,] shares = new double[Count, Count];
        foreach (long[] batch in Batches)
        {
            foreach (long i in batch)
            {
                foreach (long j in batch)
                {
                    shares[i, j] += 1.0 / Draws;
                }
            }
        }

        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < Count; j++)
            {
                Assert.Equal(i == j ? Rate : Rate * Rate, shares[i, j], bound);
            }
        }
    }

    [Fact]
    public void Successive_batches_are_independent()
    {
        // The share of steps in which example i is drawn, and drawn in the next step again, over disjoint pairs of steps.
        double bound = Math.Sqrt(Math.Log(2 * Count / FalseAlarm) / Draws);
        for (int i = 0; i < Count; i++)
        {
            double both = Enumerable.Range(0, Draws / 2).Count(t => Batches[2 * t].Contains(i) && Batches[(2 * t) + 1].Contains(i));
            Assert.Equal(Rate * Rate, both / (Draws / 2), bound);
        }
    }

    [Fact]
    public void The_ends_of_the_range_are_exact()
    {
        using RandomSequence sequence = RandomSource.FromSeed(1).Sequence("batch");
        Assert.Empty(PoissonSampling.Sample(1000, 0, sequence));
        Assert.Equal(1000, PoissonSampling.Sample(1000, 1, sequence).Length);
        Assert.Empty(PoissonSampling.Sample(0, 0.5, sequence));
        Assert.Contains("rate must be in [0, 1], but is NaN", Assert.Throws<ArgumentOutOfRangeException>(() => PoissonSampling.Sample(1, double.NaN, sequence)).Message, StringComparison.Ordinal);
    }

    private static long[][] Draw(double rate)
    {
        RandomSource source = RandomSource.FromSeed(7);
        return [.. Enumerable.Range(0, Draws).Select(step =>
        {
            using RandomSequence sequence = source.Sequence("batch", step);
            return PoissonSampling.Sample(Count, rate, sequence);
        })];
    }

    private static double Bound(double falseAlarm) => Math.Sqrt(Math.Log(2 / falseAlarm) / (2 * Draws));

    // sup |Fₙ − F| against Binomial(Count, rate).
    private static double Distance(long[][] batches, double rate)
    {
        double[] shares = new double[Count + 1];
        foreach (long[] batch in batches)
        {
            shares[batch.Length] += 1.0 / batches.Length;
        }

        double probability = Math.Pow(1 - rate, Count);
        double difference = 0;
        double distance = 0;
        for (int k = 0; k <= Count; k++)
        {
            difference += shares[k] - probability;
            distance = Math.Max(distance, Math.Abs(difference));
            probability *= rate / (1 - rate) * (Count - k) / (k + 1);
        }

        return distance;
    }
}
