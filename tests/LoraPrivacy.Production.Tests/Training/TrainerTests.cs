namespace LoraPrivacy.Production.Tests.Training;

public class TrainerTests
{
    private static readonly TrainingOptions Options = new()
    {
        Steps = 8,
        BatchSize = 6,
        MicroBatchSize = 6,
        Schedule = new LearningRateSchedule { Peak = 0.05 },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Batches_in_pieces_train_as_whole_ones_do(int microBatchSize)
    {
        double[] whole = Train(Options with { MaxGradientNorm = 0.1 });
        double[] pieces = Train(Options with { MaxGradientNorm = 0.1, MicroBatchSize = microBatchSize });
        double scale = whole.Max(Math.Abs);
        Assert.All(whole.Zip(pieces), pair => Assert.Equal(pair.First, pair.Second, 1e-10 * scale));

        static double[] Train(TrainingOptions options)
        {
            using TrainingCase training = TrainingCase.Text(trainsA: true);
            using Trainer trainer = new(training.Problem, training.Adapters!, options, training.Source);
            Assert.True(trainer.Run());
            return training.Parameters();
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, true)]
    [InlineData(ScalarType.BFloat16, true)]
    [InlineData(ScalarType.BFloat16, false)]
    [InlineData(ScalarType.Float64, false)]
    public void Training_lowers_the_loss_in_every_precision(ScalarType type, bool adapted)
    {
        using TrainingCase training = TrainingCase.Text(type, adapted: adapted);
        double before = training.Problem.MeanLoss();
        TrainingOptions options = Options with { Steps = 40 };
        using Trainer trainer = adapted
            ? new(training.Problem, training.Adapters!, options, training.Source)
            : new(training.Problem, options, training.Source);
        trainer.Run();
        Assert.InRange(training.Problem.MeanLoss(), 0, before - 0.03);
    }

    [Fact]
    public void Every_step_drops_by_chance_of_its_own()
    {
        using TrainingCase training = TrainingCase.Digits(dropout: 0.5);
        TrainingOptions options = new() { Steps = 2, BatchSize = 4, Optimizer = new SgdOptions() };
        using Trainer trainer = new(training.Problem, training.Adapters!, options, LoraPrivacy.Production.Randomness.RandomSource.FromSeed(1));

        // Both steps draw as many numbers: with one seed for both, what follows them would be the same.
        Assert.NotEqual(AfterStep(), AfterStep());

        double[] AfterStep()
        {
            trainer.Step();
            using TorchSharp.torch.Tensor next = TorchSharp.torch.rand(4, TorchSharp.torch.ScalarType.Float64);
            return [.. next.data<double>()];
        }
    }

    [Fact]
    public void A_step_drops_inputs_whatever_mode_the_model_was_left_in()
    {
        double[] kept = AfterOneStep(dropout: 0);
        double[] dropped = AfterOneStep(dropout: 0.5);
        Assert.Contains(kept.Zip(dropped), pair => pair.First != pair.Second);

        static double[] AfterOneStep(double dropout)
        {
            using TrainingCase training = TrainingCase.Digits(dropout: dropout);
            training.Problem.Model.eval();
            TrainingOptions options = new() { Steps = 1, BatchSize = 4, Optimizer = new SgdOptions() };
            using Trainer trainer = new(training.Problem, training.Adapters!, options, LoraPrivacy.Production.Randomness.RandomSource.FromSeed(1));
            trainer.Step();
            return [.. trainer.Buffer.Values.cpu().to(TorchSharp.torch.ScalarType.Float64).data<double>()];
        }
    }

    [Fact]
    public void The_gradients_norm_is_cut_down_but_not_up()
    {
        using TrainingCase training = TrainingCase.Digits();
        foreach ((double limit, bool isCut) in new[] { (1e-3, true), (1e6, false) })
        {
            using Trainer trainer = new(training.Problem, training.Adapters!, Options with { MaxGradientNorm = limit }, training.Source);
            trainer.Step();
            double norm = trainer.Buffer.Gradient.norm().item<double>();
            Assert.True(isCut ? Math.Abs(norm - limit) < 2e-3 * limit : norm is > 0.01 and < 1e3);
        }
    }

    [Fact]
    public void Every_epoch_takes_every_example_once_in_an_order_of_its_own()
    {
        ExampleOrder order = new(RandomSource.FromSeed(1), 10, 4);
        long[] drawn = [.. Enumerable.Range(0, 10).SelectMany(step => order.Batch(step))];
        long[][] epochs = [.. drawn.Chunk(10)];
        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), epoch.Order()));
        Assert.Equal(4, epochs.Select(epoch => string.Join(' ', epoch)).Distinct().Count());

        // A step's batch does not depend on what was asked for before.
        Assert.Equal(drawn[12..16], new ExampleOrder(RandomSource.FromSeed(1), 10, 4).Batch(3));
    }

    [Fact]
    public void Fresh_A_merges_and_draws_before_every_step_but_the_first()
    {
        using var scope = NewDisposeScope();
        using TrainingCase training = TrainingCase.Digits();
        using Trainer trainer = new(
            training.Problem, training.Adapters!, Options with { FreshA = true, Optimizer = new SgdOptions() }, training.Source);
        LoraLinear layer = training.Adapters!.Layers[0];
        Tensor first = layer.A.detach().clone();
        trainer.Step();
        Assert.True(first.equal(layer.A).all().item<bool>());
        Tensor merged = layer.EffectiveWeight();
        trainer.Step();
        Assert.False(first.equal(layer.A).any().item<bool>());
        Assert.True(merged.equal(layer.Weight).all().item<bool>());
        using RandomSequence sequence = training.Source.Sequence($"A {layer.Path}", 1);
        Assert.True(layer.Initialization.Sample(layer.Rank, layer.InputFeatures, layer.Scale, sequence).equal(layer.A).all().item<bool>());
    }

    [Fact]
    public void Reports_say_what_was_seen_and_why_there_is_no_epsilon()
    {
        using TrainingCase training = TrainingCase.Text();
        using Trainer trainer = new(training.Problem, training.Adapters!, Options with { ReportEvery = 3 }, training.Source);
        List<TrainingProgress> reports = [];
        Assert.False(trainer.Run(new Immediate(reports.Add), until: 7));
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.False(trainer.Run(cancellation: cancelled.Token));
        Assert.Equal(7, trainer.CompletedSteps);
        Assert.True(trainer.Run(new Immediate(reports.Add)));
        Assert.Equal([3L, 6, 8], reports.Select(report => report.Step));
        Assert.All(reports, report =>
        {
            Assert.Null(report.Epsilon);
            Assert.Equal("plain training adds no noise", report.WithoutEpsilon);
            Assert.InRange(report.Loss!.Value, 4, 7);
            Assert.Equal(("tokens", 0.05, 8L), (report.UnitName, report.LearningRate, report.Steps));
            Assert.True(report.UnitsPerSecond > 0 && report.ResidentBytes > 1 << 20);
        });
        Assert.Throws<InvalidOperationException>(trainer.Step);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_plain_training_with_a_reason()
    {
        using TrainingCase training = TrainingCase.Digits(ScalarType.Float32);
        using Trainer trainer = new(
            training.Problem, training.Adapters!, Options with { Optimizer = new SgdOptions(), Schedule = new LearningRateSchedule { Peak = 3e38 } }, training.Source);
        Assert.Contains("a lower learning rate", Assert.Throws<ArithmeticException>(() => trainer.Run()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step", 1.0, 24)]
    [InlineData("a parameter after step 1 is not finite", 1e-12, 1e-30)]
    public void What_is_not_finite_ends_private_training_with_a_reason(string reason, double rate, double expectedBatch)
    {
        using TrainingCase training = TrainingCase.Digits(ScalarType.Float32);
        TrainingOptions options = Options with
        {
            Privacy = new(1, rate, 1, expectedBatch),
            Optimizer = new SgdOptions(),
            Schedule = new LearningRateSchedule { Peak = 3e38 },
        };
        using Trainer trainer = new(training.Problem, training.Adapters!, options, training.Source);
        List<TrainingProgress> reports = [];
        string message = Assert.Throws<ArithmeticException>(() => trainer.Run(new Immediate(reports.Add))).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Contains("a lower learning rate", message, StringComparison.Ordinal);
        Assert.True(reports.Count < options.Steps);
    }

    [Fact]
    public void An_example_whose_gradient_alone_is_not_finite_ends_private_training()
    {
        // It counts as 0, and what is trained stays finite: nothing but the example tells.
        using var scope = NewDisposeScope();
        RandomSource source = RandomSource.FromSeed(1);
        foreach ((float[] last, bool isFinite) in new[] { (new[] { 1f, 1, 1 }, true), ([float.PositiveInfinity, 1, 1], false) })
        {
            using Perceptron model = new([3, 2], HiddenActivation.Relu, source);
            LoraAdapters adapters = LoraAdapters.Wrap(model, new LoraConfiguration { Targets = TargetModules.Named("0"), Rank = 1, Alpha = 1 }, source);
            ClassificationProblem problem = new(model, tensor((float[])[1, 2, 3, .. last], [2, 3]), tensor(new long[] { 0, 1 }));
            using Trainer trainer = new(problem, adapters, new TrainingOptions { Steps = 2, Privacy = new(1, 1, 1, 2) }, source);
            if (isFinite)
            {
                Assert.True(trainer.Run());
            }
            else
            {
                Assert.Contains("at step 1 is", Assert.Throws<ArithmeticException>(() => trainer.Run()).Message, StringComparison.Ordinal);
                Assert.True(trainer.IsFinite());
            }
        }
    }

    [Fact]
    public void The_schedule_rises_and_falls_as_it_says()
    {
        LearningRateSchedule schedule = new() { Peak = 2, Warmup = 3, Decay = LearningRateDecay.Linear };
        Assert.Equal([0.5, 1, 1.5, 2, 1.6, 1.2, 0.8, 0.4], Rates(schedule), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(2 * 0.5 * (1 + Math.Cos(Math.PI * 0.4)), Rates(schedule with { Decay = LearningRateDecay.Cosine })[5], 1e-12);
        Assert.All(Rates(schedule with { Decay = LearningRateDecay.Constant })[3..], rate => Assert.Equal(2, rate));

        static double[] Rates(LearningRateSchedule schedule) => [.. Enumerable.Range(0, 8).Select(step => schedule.At(step, 8))];
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name_value_and_range()
    {
        (TrainingOptions Options, string Message)[] wrong =
        [
            (Options with { Steps = 0 }, "Steps must be at least 1, but is 0"),
            (Options with { BatchSize = 25 }, "BatchSize must be in [1, examples = 24], but is 25"),
            (Options with { MicroBatchSize = 0 }, "MicroBatchSize must be at least 1, but is 0"),
            (Options with { MaxGradientNorm = double.NaN }, "MaxGradientNorm must be positive and finite, but is NaN"),
            (Options with { Delta = 1 }, "Delta must be in (0, 1), but is 1"),
            (Options with { Schedule = new() { Peak = -1 } }, "learning rate must be positive and finite, but is -1"),
            (Options with { Schedule = new() { Warmup = 8 } }, "Warmup must be in [0, Steps = 8), but is 8"),
            (Options with { Optimizer = new SgdOptions { Momentum = 1 } }, "Momentum must be in [0, 1), but is 1"),
            (Options with { Optimizer = new AdamWOptions { Beta2 = -1 } }, "Beta2 must be in [0, 1), but is -1"),
            (Options with { Privacy = new(0, 0.1, 1, 2) }, "NoiseMultiplier must be in [1e-6, 1e6], but is 0"),
            (Options with { Privacy = new(1, 1.5, 1, 2) }, "SamplingRate must be in (0, 1], but is 1.5"),
            (Options with { Privacy = new(1, 0.1, double.NaN, 2) }, "ClippingNorm must be in [1e-30, 1e30], but is NaN"),
            (Options with { Privacy = new(1, 0.1, 1, 0) }, "ExpectedBatchSize must be in [1e-30, 1e30], but is 0"),
            (Options with { Privacy = new(1, 0.1, 1, 2), MaxGradientNorm = 1 }, "exclude each other"),
            (Options with { FreshA = true }, "FreshA needs SGD without momentum"),
        ];
        using TrainingCase training = TrainingCase.Digits();
        foreach ((TrainingOptions options, string message) in wrong)
        {
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => new Trainer(training.Problem, training.Adapters!, options, training.Source));
            Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        }

        Assert.ThrowsAny<ArgumentException>(() => new Trainer(training.Problem, Options with { Privacy = new(1, 0.1, 1, 2) }, training.Source));
        training.Adapters!.Layers[0].Weight.requires_grad = true;
        Assert.ThrowsAny<ArgumentException>(() => new Trainer(training.Problem, training.Adapters, Options, training.Source));
    }
}
