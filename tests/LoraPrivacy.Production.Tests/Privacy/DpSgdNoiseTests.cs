using LoraPrivacy.Production.Tests.Training;
using Normal = MathNet.Numerics.Distributions.Normal;

namespace LoraPrivacy.Production.Tests.Privacy;

/// <summary>
/// The gradients of 2,000 steps whose batches are empty (q = 1e-12), 44 numbers each, against N(0, (σC/b)²) (S29: rounded to a lattice too fine to tell). A test rejects the right
/// law with probability at most 1e-9.
/// </summary>
public class DpSgdNoiseTests
{
    private const int Steps = 2000;
    private const double Sigma = 1.5;
    private const double Clip = 0.25;

    private static readonly double[][] Noise = Draw(new(Sigma, 1e-12, Clip, 1e-11), Steps);

    [Fact]
    public void The_noise_follows_its_law()
        => Assert.False(DvoretzkyKieferWolfowitz.Rejects(Noise.SelectMany(step => step).Select(value => Normal.CDF(0, Sigma * Clip, value))));

    [Theory]
    [InlineData(Sigma * Clip * 1.1)]
    [InlineData(Sigma * Clip / 1.1)]
    [InlineData(Sigma)]
    [InlineData(Clip)]
    public void Another_deviation_is_caught(double deviation)
        => Assert.True(DvoretzkyKieferWolfowitz.Rejects(Noise.SelectMany(step => step).Select(value => Normal.CDF(0, deviation, value))));

    [Fact]
    public void Every_coordinate_has_the_same_variance()
    {
        // P(|z| < the median of |z|) = ½ for each of the 44, with its share of the false alarms.
        double median = Sigma * Clip * Normal.InvCDF(0, 1, 0.75);
        double bound = Math.Sqrt(Math.Log(2 * Noise[0].Length / DvoretzkyKieferWolfowitz.FalseAlarmRate) / (2 * Steps));
        for (int i = 0; i < Noise[0].Length; i++)
        {
            Assert.Equal(0.5, Noise.Count(step => Math.Abs(step[i]) < median) / (double)Steps, bound);
        }
    }

    [Fact]
    public void Steps_and_coordinates_are_independent()
    {
        // Signs agree half of the time: of one coordinate in two steps, and of two coordinates in one step.
        Assert.False(SignsDisagree(Pairs(Noise, (step, i) => (Noise[step][i], Noise[step + 1][i]))));
        Assert.False(SignsDisagree(Pairs(Noise, (step, i) => (Noise[step][i], Noise[step][(i + 1) % Noise[step].Length]))));
        Assert.True(SignsDisagree(Pairs(Noise, (step, i) => (Noise[step][i], Noise[step][i] + (0.5 * Noise[step + 1][i])))));

        // Only even steps and coordinates, so that the pairs do not overlap.
        static IEnumerable<(double, double)> Pairs(double[][] noise, Func<int, int, (double, double)> pair)
            => from step in Enumerable.Range(0, Steps / 2) from i in Enumerable.Range(0, noise[0].Length / 2) select pair(2 * step, 2 * i);

        static bool SignsDisagree(IEnumerable<(double X, double Y)> pairs)
            => DvoretzkyKieferWolfowitz.RejectsMean([.. pairs.Select(pair => Math.Sign(pair.X) == Math.Sign(pair.Y) ? 1.0 : 0)], 0.5, 0, 1);
    }

    [Fact]
    [Trait("Statement", "S30")]
    public void Discrete_noise_follows_the_same_law_but_for_its_lattice()
    {
        double[] values = [.. Draw(new(Sigma, 1e-12, Clip, 1e-11, NoiseSampler.Exact), Steps / 4).SelectMany(step => step)];
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(values.Select(value => Normal.CDF(0, Sigma * Clip, value))));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(values.Select(value => Normal.CDF(0, Sigma * Clip * 1.1, value))));

        // Of 2^26 points some are met twice: of 22,000 numbers that are other draws, few.
        Assert.True(values.Intersect(Noise.SelectMany(step => step)).Count() < values.Length / 100);
    }

    [Theory]
    [InlineData(NoiseSampler.Rounded)]
    [InlineData(NoiseSampler.Exact)]
    [Trait("Statement", "S29")]
    public void What_is_released_lies_on_the_lattice_with_and_without_examples(NoiseSampler sampler)
    {
        foreach ((double rate, long size) in new[] { (1.0 / 24, -1L), (1e-12, 0) })
        {
            DpSgdParameters mechanism = new(Sigma, rate, Clip, 1, sampler);
            double step = new NoiseLattice(mechanism).Granularity;
            double[] values = [.. Draw(mechanism, 20, size).SelectMany(values => values)];
            Assert.All(values, value => Assert.Equal(Math.Round(value / step), value / step, 0));
            Assert.Contains(values, value => Math.Round(value / step) % 2 != 0);
        }
    }

    private static double[][] Draw(DpSgdParameters parameters, int steps, long batchSize = 0)
    {
        using TrainingCase training = TrainingCase.Digits();
        using ParameterBuffer buffer = new(training.Adapters!.TrainableParameters);
        using DpSgdGradient gradient = new(training.Problem, training.Adapters, buffer, parameters, RandomSource.FromSeed(11));
        double[][] noise = new double[steps][];
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            long drawn = gradient.Compute(step, 8).BatchSize;
            Assert.True(batchSize < 0 || drawn == batchSize);
            noise[step] = (buffer.Gradient * parameters.ExpectedBatchSize).data<double>().ToArray();
        }

        return noise;
    }
}
