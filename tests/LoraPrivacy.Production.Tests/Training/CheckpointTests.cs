using LoraPrivacy.Production.Tensors;
using LoraPrivacy.Production.Tests.Files;

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
    private static readonly DpSgdParameters Mechanism = new(1, 0.3, 0.5, 7);

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
    [Trait("Speed", "Slow")]
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
    [Trait("Speed", "Slow")]
    public void Every_flipped_bit_is_seen_in_every_part()
    {
        using TemporaryFolder folder = new();
        string path = Saved(folder, TrainingCase.Text(ScalarType.Float32), Plain with { Privacy = Mechanism }, 2);
        using TrainingCase training = TrainingCase.Text(ScalarType.Float32);
        using Trainer trainer = Trainer(training, Plain with { Privacy = Mechanism }, training.Source);
        double[] before = training.Parameters();
        string[] files = [.. Directory.GetFiles(path)];
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors", "checkpoint.json", "state.safetensors"], files.Select(Path.GetFileName).Order());
        foreach (string file in files)
        {
            byte[] whole = File.ReadAllBytes(file);

            // All of the description; of the others the header and 100 places more: every tensor has many.
            int stride = Path.GetFileName(file) == "checkpoint.json" ? 1 : Math.Max(1, whole.Length / 100);
            for (int i = 0; i < whole.Length; i += stride)
            {
                byte[] flipped = [.. whole];
                flipped[i] ^= (byte)(1 << (i % 8));
                File.WriteAllBytes(file, flipped);
                string message = Assert.Throws<FileFormatException>(() => Checkpoint.Resume(path, trainer)).Message;
                Assert.DoesNotContain('\n', message);
            }

            File.WriteAllBytes(file, whole);
        }

        Assert.Equal(before, training.Parameters());
        Checkpoint.Resume(path, trainer);
        Assert.Equal(2, trainer.CompletedSteps);
    }

    [Fact]
    public void An_edited_step_and_the_state_of_another_run_or_step_are_refused()
    {
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();
        using TemporaryFolder later = new();
        string path = Saved(first, TrainingCase.Digits(), Plain, 2);
        string other = Saved(second, TrainingCase.Digits(), Plain, 2, RandomSource.FromSeed(8));
        string next = Saved(later, TrainingCase.Digits(), Plain, 3);
        string description = Path.Combine(path, "checkpoint.json");
        string state = Path.Combine(path, "state.safetensors");

        Changed(description, "\"Step\": 2", "\"Step\": 1", "its checksum is another");
        Changed(description, "Peak = 0.02", "Peak = 0.03", "its checksum is another");
        Changed(description, "  \"Step\"", "   \"Step\"", "its checksum is another");
        Changed(description, ",\n  \"Checksum\"", ",\n  \"Other\": 1,\n  \"Checksum\"", "its checksum is another");
        byte[] whole = File.ReadAllBytes(state);
        foreach (string stranger in new[] { other, next })
        {
            File.Copy(Path.Combine(stranger, "state.safetensors"), state, overwrite: true);
            Refused("its SHA-256 is another");
        }

        File.Delete(state);
        Refused("is missing or was changed");
        File.WriteAllBytes(state, whole);
        File.Copy(Path.Combine(other, "checkpoint.json"), description, overwrite: true);
        Refused("its randomness has another key");

        void Changed(string file, string from, string to, string message)
        {
            string text = File.ReadAllText(file);
            Assert.Contains(from, text, StringComparison.Ordinal);
            File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
            Refused(message);
            File.WriteAllText(file, text);
        }

        void Refused(string message)
        {
            using TrainingCase training = TrainingCase.Digits();
            using Trainer trainer = Trainer(training, Plain, training.Source);
            Assert.Contains(message, Assert.Throws<FileFormatException>(() => Checkpoint.Resume(path, trainer)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_state_that_is_not_finite_is_neither_saved_nor_taken()
    {
        using TemporaryFolder folder = new();
        using TrainingCase training = TrainingCase.Digits();
        using Trainer trainer = Train(training, Plain with { Privacy = Mechanism }, 1);
        string path = Checkpoint.Save(folder.Location, trainer);

        // The last number of the optimiser's memory, and checksums that fit: whoever changes a checkpoint can compute them.
        string state = Path.Combine(path, "state.safetensors");
        byte[] bytes = File.ReadAllBytes(state);
        BitConverter.GetBytes(double.NaN).CopyTo(bytes, bytes.Length - 8);
        File.WriteAllBytes(state, bytes);
        Checkpoint.Seal(path, 1, trainer.Source.ExportKey(), trainer.Identity);
        using TrainingCase again = TrainingCase.Digits();
        using Trainer resumed = Trainer(again, Plain with { Privacy = Mechanism }, again.Source);
        Assert.Contains("not finite", Assert.Throws<FileFormatException>(() => Checkpoint.Resume(path, resumed)).Message, StringComparison.Ordinal);

        trainer.Step();
        using (NewDisposeScope())
        using (no_grad())
        {
            trainer.Buffer.Values.fill_(double.PositiveInfinity);
        }

        Assert.Throws<ArithmeticException>(() => Checkpoint.Save(folder.Location, trainer));
        Assert.Single(Directory.GetDirectories(folder.Location));
    }

    [Fact]
    public void A_source_made_from_a_seed_stays_one()
    {
        using TemporaryFolder folder = new();
        Assert.True(Checkpoint.Source(Saved(folder, TrainingCase.Digits(), Plain, 1)).IsFromSeed);
        using TemporaryFolder other = new();
        Assert.False(Checkpoint.Source(Saved(other, TrainingCase.Digits(), Plain, 1, RandomSource.Fresh())).IsFromSeed);
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

    private static string Saved(TemporaryFolder folder, TrainingCase training, TrainingOptions options, int steps, RandomSource? source = null)
    {
        using (training)
        {
            using Trainer trainer = Train(training, options, steps, source);
            return Checkpoint.Save(folder.Location, trainer);
        }
    }

    private static Trainer Train(TrainingCase training, TrainingOptions options, int steps, RandomSource? source = null)
    {
        Trainer trainer = Trainer(training, options, source ?? training.Source);
        for (int step = 0; step < steps; step++)
        {
            trainer.Step();
        }

        return trainer;
    }

    private static string Digest(TrainingCase training)
        => TensorDigest.Of(training.Problem.Model.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)));
}
