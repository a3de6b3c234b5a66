using LoraPrivacy.Production.Tests.Training;
using NoiseLattice = LoraPrivacy.Reference.Accounting.NoiseLattice;

namespace LoraPrivacy.Production.Tests.Privacy;

/// <summary>DP-SGD step by step against a plain implementation of its definition, one example at a time.</summary>
public class DpSgdReplayTests
{
    private const double Rate = 0.3;
    private const double Noise = 0.7;
    private const double Clip = 0.8;
    private const double LearningRate = 0.5;
    private const int Steps = 5;

    // Not what the rate would give for the examples there are: it is declared.
    private const double ExpectedBatch = 6.5;

    [Theory]
    [InlineData("digits", false, 4)]
    [InlineData("digits", true, 100)]
    [InlineData("text", false, 2)]
    [InlineData("text", true, 3)]
    [Trait("Statement", "S19")]
    [Trait("Statement", "S29")]
    [Trait("Speed", "Slow")]
    public void Every_step_is_the_definitions(string problem, bool trainsA, int microBatchSize)
    {
        using TrainingCase trained = Case(problem, trainsA, 1);
        using TrainingCase replayed = Case(problem, trainsA, 1);
        using Trainer trainer = Trainer(trained, microBatchSize);
        for (int step = 0; step < Steps; step++)
        {
            trainer.Step();
            Replay(replayed, step, ExpectedBatch);
            AssertClose(replayed.Parameters(), trained.Parameters(), 1e-10);
        }
    }

    [Fact]
    public void A_counted_or_rounded_batch_size_in_the_denominator_is_caught()
    {
        using TrainingCase trained = Case("digits", false, 1);
        using Trainer trainer = Trainer(trained, 8);
        trainer.Step();
        using RandomSequence sequence = trained.Source.Sequence("batch");
        int realised = PoissonSampling.Sample(24, Rate, sequence).Length;
        Assert.NotEqual(0, realised);
        foreach (double denominator in new double[] { 6, 7, realised, Rate * 24, 24 })
        {
            using TrainingCase replayed = Case("digits", false, 1);
            Replay(replayed, 0, denominator);
            double[] expected = replayed.Parameters();
            Assert.True(expected.Zip(trained.Parameters()).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-4);
        }
    }

    [Fact]
    public void One_seed_gives_one_run_and_another_seed_another()
    {
        double[] first = Run(1);
        Assert.Equal(first, Run(1));
        Assert.NotEqual(first, Run(2));

        static double[] Run(long seed)
        {
            // The same weights and A, but other batches and noise.
            using TrainingCase training = Case("digits", false, 1);
            using Trainer trainer = new(training.Problem, training.Adapters!, Options(8), RandomSource.FromSeed(seed));
            Assert.True(trainer.Run());
            return training.Parameters();
        }
    }

    [Fact]
    public void The_mechanism_reaches_the_accountant_as_it_is()
    {
        Recorder recorder = new();
        using TrainingCase training = Case("digits", false, 1);
        using Trainer trainer = new(
            training.Problem, training.Adapters!, Options(8) with { Delta = 1e-7 }, training.Source, recorder);
        List<TrainingProgress> reports = [];
        trainer.Run(new Immediate(reports.Add));

        // Composing takes its time: nothing is composed before it is looked at.
        Assert.Empty(recorder.Asked);
        Assert.Equal(Enumerable.Range(1, Steps).Select(step => (double?)(step / 4.0)), reports.Select(report => report.Epsilon));
        Assert.All(reports, report => Assert.Null(report.WithoutEpsilon));
        Assert.Equal(Enumerable.Range(1, Steps).Select(step => (new DpSgdParameters(Noise, Rate, Clip, ExpectedBatch), (long)step, 1e-7)), recorder.Asked);
    }

    private static TrainingCase Case(string problem, bool trainsA, long seed)
        => problem == "digits" ? TrainingCase.Digits(trainsA: trainsA, seed: seed) : TrainingCase.Text(trainsA: trainsA, seed: seed);

    private static TrainingOptions Options(int microBatchSize) => new()
    {
        Steps = Steps,
        MicroBatchSize = microBatchSize,
        Optimizer = new SgdOptions(),
        Schedule = new LearningRateSchedule { Peak = LearningRate },
        Privacy = new DpSgdParameters(Noise, Rate, Clip, ExpectedBatch),
    };

    private static Trainer Trainer(TrainingCase training, int microBatchSize)
        => new(training.Problem, training.Adapters!, Options(microBatchSize), training.Source);

    private static void Replay(TrainingCase training, int step, double denominator)
    {
        using var scope = NewDisposeScope();
        training.Problem.Model.train();
        Parameter[] parameters = [.. training.Adapters!.TrainableParameters];
        NoiseLattice lattice = new(Noise, Clip);
        double[] sum = new double[parameters.Sum(parameter => parameter.numel())];
        using RandomSequence batch = training.Source.Sequence("batch", step);
        for (long example = 0; example < training.Problem.ExampleCount; example++)
        {
            if ((batch.NextUInt64() >> 11) * Math.ScaleB(1, -53) >= Rate)
            {
                continue;
            }

            double[] gradient = [.. autograd.grad([training.Problem.ExampleLosses([example]).sum()], parameters)
                .SelectMany(part => part.flatten().data<double>().ToArray())];
            double norm = Math.Sqrt(gradient.Sum(entry => entry * entry));
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += lattice.Steps(gradient[i] * Math.Min(1, Clip / norm));
            }
        }

        using RandomSequence normal = training.Source.Sequence("noise", step);
        double[] noise = new Production.Privacy.NoiseLattice(new(Noise, Rate, Clip, ExpectedBatch)).Noise(normal, sum.Length).data<double>().ToArray();
        int offset = 0;
        using var frozen = no_grad();
        foreach (Parameter parameter in parameters)
        {
            int count = (int)parameter.numel();
            double[] change = [.. Enumerable.Range(offset, count).Select(i => LearningRate * lattice.Granularity * (sum[i] + noise[i]) / denominator)];
            parameter.sub_(tensor(change, parameter.shape, ScalarType.Float64));
            offset += count;
        }
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
    }

    private sealed class Recorder : IPrivacyAccountant
    {
        public List<(DpSgdParameters Mechanism, long Steps, double Delta)> Asked { get; } = [];

        public double? EpsilonSoFar(DpSgdParameters mechanism, long steps, double delta)
        {
            Asked.Add((mechanism, steps, delta));
            return steps / 4.0;
        }
    }
}
