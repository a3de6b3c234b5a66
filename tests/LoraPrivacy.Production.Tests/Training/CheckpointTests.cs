using LoraPrivacy.Production.Files;
using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Production.Randomness;
using LoraPrivacy.Production.Tests.Files;
using LoraPrivacy.Production.Training;
using Xunit;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Tests.Training;

public class CheckpointTests
{
    private const int Steps = 6;

    private static readonly TrainingOptions Plain = new()
    {
        Steps = Steps,
        BatchSize = 7,
        MicroBatchSize = 3,
        Schedule = new LearningRateSchedule { Peak = 0.02, Warmup = 2, Decay = LearningRateDecay.Cosine },
    };

    private static readonly SgdOptions Sgd = new() { Momentum = 0.9, WeightDecay = 0.01 };
    private static readonly DpSgdParameters Mechanism = new(1, 0.3, 0.5);

    public static TheoryData<string> Configurations => [.. Cases.Keys];

    private static Dictionary<string, (Func<TrainingCase> Case, TrainingOptions Options)> Cases { get; } = new()
    {
        ["SGD, float64"] = (() => TrainingCase.Digits(), Plain with { Optimizer = Sgd }),
        ["AdamW, accumulation, float32"] = (() => TrainingCase.Text(ScalarType.Float32, trainsA: true), Plain with { MaxGradientNorm = 0.5 }),
        ["dropout"] = (() => TrainingCase.Digits(ScalarType.Float32, dropout: 0.3), Plain),
        ["DP-SGD"] = (() => TrainingCase.Text(ScalarType.Float32, dropout: 0.1), Plain with { Privacy = Mechanism }),
        ["DP-SGD, trained A, fresh A"] = (() => TrainingCase.Digits(trainsA: true), Plain with { Privacy = Mechanism, FreshA = true, Optimizer = new SgdOptions() }),
        ["DP-SGD, bfloat16"] = (() => TrainingCase.Text(ScalarType.BFloat16, trainsA: true), Plain with { Privacy = Mechanism }),
        ["DP-SGD, discrete noise"] = (() => TrainingCase.Digits(), Plain with { Privacy = Mechanism with { Sampler = NoiseSampler.Exact } }),
        ["fresh A"] = (() => TrainingCase.Digits(ScalarType.Float32), Plain with { FreshA = true, Optimizer = new SgdOptions() }),
        ["all parameters, bfloat16"] = (() => TrainingCase.Text(ScalarType.BFloat16, adapted: false), Plain),
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_resumed_training_ends_with_the_bits_of_the_uninterrupted_one(string name)
    {
        (Func<TrainingCase> make, TrainingOptions options) = Cases[name];
        using TemporaryFolder folder = new();
        string straight;
        using (TrainingCase training = make())
        {
            using Trainer trainer = Train(training, options, Steps);
            straight = Digest(training);
        }

        using (TrainingCase training = make())
        {
            string before = Digest(training);
            using Trainer trainer = Train(training, options, 2);
            Checkpoint.Save(folder.Location, trainer);
            trainer.Step();
            Checkpoint.Save(folder.Location, trainer);
            Assert.NotEqual(before, Digest(training));
        }

        string path = Checkpoint.Latest(folder.Location)!;
        Assert.EndsWith("step-000000000003", path, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(folder.Location));
        using (TrainingCase training = make())
        {
            using Trainer trainer = Trainer(training, options, Checkpoint.Source(path));
            Checkpoint.Resume(path, trainer);
            Assert.Equal(3, trainer.CompletedSteps);
            Assert.True(trainer.Run());
            Assert.Equal(straight, Digest(training));
        }
    }

    [Fact]
    public void A_checkpoint_of_another_training_at_the_same_step_is_not_taken_for_this_ones()
    {
        using TemporaryFolder folder = new();
        using TrainingCase training = TrainingCase.Digits();
        using TrainingCase other = TrainingCase.Digits();
        string path;
        using (Trainer trainer = Train(training, Plain, 2))
        {
            path = Checkpoint.Save(folder.Location, trainer);
            Assert.Equal(path, Checkpoint.Save(folder.Location, trainer));
        }

        byte[] before = File.ReadAllBytes(Path.Combine(path, "state.safetensors"));
        using Trainer second = Train(other, Plain with { MaxGradientNorm = 0.5 }, 2);
        IOException failure = Assert.Throws<IOException>(() => Checkpoint.Save(folder.Location, second));
        Assert.Equal($"{path}: is a checkpoint of another training", failure.Message);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(path, "state.safetensors")));
        Assert.Single(Directory.GetFileSystemEntries(folder.Location));
    }

    [Fact]
    public void Another_training_is_refused_and_the_difference_named()
    {
        using TemporaryFolder folder = new();
        using (TrainingCase training = TrainingCase.Digits())
        {
            using Trainer trainer = Train(training, Plain, 2);
            Checkpoint.Save(folder.Location, trainer);
        }

        string path = Checkpoint.Latest(folder.Location)!;
        Assert.Contains("Steps is 6 there, but 7 here", Refusal(TrainingCase.Digits(), Plain with { Steps = 7 }), StringComparison.Ordinal);
        Assert.Contains("Optimizer is AdamWOptions", Refusal(TrainingCase.Digits(), Plain with { Optimizer = Sgd }), StringComparison.Ordinal);
        Assert.Contains("Precision is Float64 there, but Float32 here", Refusal(TrainingCase.Digits(ScalarType.Float32), Plain), StringComparison.Ordinal);
        Assert.Contains("Adapters is layers.0 rank 2", Refusal(TrainingCase.Digits(trainsA: true), Plain), StringComparison.Ordinal);
        Assert.Contains("data (SHA-256) is ", Refusal(TrainingCase.Digits(examples: 25), Plain), StringComparison.Ordinal);
        Assert.Contains("frozen weights (SHA-256) is ", Refusal(TrainingCase.Digits(seed: 2), Plain), StringComparison.Ordinal);
        Assert.Contains("its randomness has another key", Refusal(TrainingCase.Digits(), Plain, RandomSource.FromSeed(2)), StringComparison.Ordinal);
        using (TrainingCase training = TrainingCase.Digits())
        {
            using Trainer trainer = Train(training, Plain, 1);
            Assert.Throws<InvalidOperationException>(() => Checkpoint.Resume(path, trainer));
        }

        string Refusal(TrainingCase training, TrainingOptions options, RandomSource? source = null)
        {
            using (training)
            {
                using Trainer trainer = Trainer(training, options, source ?? training.Source);
                double[] before = training.Parameters();
                string message = Assert.Throws<FileFormatException>(() => Checkpoint.Resume(path, trainer)).Message;
                Assert.Equal(before, training.Parameters());
                Assert.DoesNotContain('\n', message);
                return message;
            }
        }
    }

    [Theory]
    [InlineData("checkpoint.json")]
    [InlineData("state.safetensors")]
    public void A_damaged_checkpoint_is_refused(string name)
    {
        using TemporaryFolder folder = new();
        using TrainingCase training = TrainingCase.Digits();
        using (Trainer trainer = Train(training, Plain, 1))
        {
            Checkpoint.Save(folder.Location, trainer);
        }

        string path = Checkpoint.Latest(folder.Location)!;
        using (FileStream file = File.OpenWrite(Path.Combine(path, name)))
        {
            file.SetLength(file.Length / 2);
        }

        using TrainingCase again = TrainingCase.Digits();
        using Trainer resumed = Trainer(again, Plain, again.Source);
        Assert.Throws<FileFormatException>(() => Checkpoint.Resume(path, resumed));
    }

    [Fact]
    public void What_a_crash_leaves_behind_does_not_hide_the_last_whole_checkpoint()
    {
        using TemporaryFolder folder = new();
        using TrainingCase training = TrainingCase.Digits();
        using Trainer trainer = Train(training, Plain, 1);
        string whole = Checkpoint.Save(folder.Location, trainer);
        Directory.CreateDirectory(Path.Combine(folder.Location, ".unfinished-abc"));
        Directory.CreateDirectory(Path.Combine(folder.Location, "step-unknown"));
        Assert.Equal(whole, Checkpoint.Latest(folder.Location));

        // A place that cannot be written: the old one stays.
        trainer.Step();
        File.WriteAllText(Path.Combine(folder.Location, "step-000000000002"), "in the way");
        Assert.ThrowsAny<IOException>(() => Checkpoint.Save(folder.Location, trainer));
        Assert.Equal(whole, Checkpoint.Latest(folder.Location));
        Assert.True(File.Exists(Path.Combine(whole, "adapter_model.safetensors")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(whole));
        }
    }

    private static Trainer Trainer(TrainingCase training, TrainingOptions options, RandomSource source)
        => training.Adapters is null ? new(training.Problem, options, source) : new(training.Problem, training.Adapters, options, source);

    private static Trainer Train(TrainingCase training, TrainingOptions options, int steps)
    {
        Trainer trainer = Trainer(training, options, training.Source);
        for (int step = 0; step < steps; step++)
        {
            trainer.Step();
        }

        return trainer;
    }

    private static string Digest(TrainingCase training)
        => TensorDigest.Of(training.Problem.Model.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)));
}
