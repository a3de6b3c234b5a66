using LoraPrivacy.Production;
using LoraPrivacy.Production.Data;
using LoraPrivacy.Production.Layers;
using LoraPrivacy.Production.Models;
using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Production.Randomness;
using LoraPrivacy.Production.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace LoraPrivacy.Benchmarks.Peers;

/// <summary>What one child process measured.</summary>
/// <param name="Library">The library and its version.</param>
/// <param name="SecondsPerStep">The median over the timed steps.</param>
/// <param name="CpuSecondsPerStep">The same of the time on all cores.</param>
/// <param name="PeakMegabytes">The most memory the process ever held (VmHWM), in 10^6 bytes.</param>
/// <param name="Loss">The loss before the last step, to see that both train.</param>
internal sealed record Measurement(string Library, double SecondsPerStep, double CpuSecondsPerStep, double PeakMegabytes, double Loss);

/// <summary>
/// Our side, in a process of its own: LoRA of a byte-level transformer with 6 blocks of width 384, 6 heads, context 128, batch 8, rank 8
/// on the four linear layers of a block, AdamW, float32. The same as peer/lora_training.py.
/// </summary>
internal static class TrainingRun
{
    public const string Verb = "training-run";

    public const int BatchSize = 8;
    public const int Context = 128;

    private const int WarmUpSteps = 3;

    /// <summary>The text of the one batch, and the byte after it.</summary>
    public static ReadOnlySpan<byte> Text => TextCorpus.Bundled().Training.Span[..((BatchSize * Context) + 1)];

    /// <summary>Runs and prints a <see cref="Measurement"/> as JSON.</summary>
    /// <param name="options">train-A, frozen-A, dp-train-A or dp-frozen-A; threads; steps.</param>
    public static int Run(string[] options)
    {
        bool isPrivate = options[0].StartsWith("dp-", StringComparison.Ordinal);
        int threads = int.Parse(options[1]);
        int steps = int.Parse(options[2]);
        Device device = ComputeDevice.Choose("cpu");
        set_num_threads(threads);
        RandomSource source = RandomSource.FromSeed(1);
        using GptModel model = new(new GptConfiguration { Width = 384, Depth = 6, Heads = 6, Context = Context }, source);
        LoraAdapters adapters = LoraAdapters.Wrap(
            model,
            new LoraConfiguration { Targets = TargetModules.Named("c_attn", "c_proj", "c_fc"), Rank = 8, TrainsA = options[0].EndsWith("train-A", StringComparison.Ordinal) },
            source);

        // One batch of text: with a sampling rate of 1 the batches of DP-SGD are all of it, the same work as without privacy.
        TextProblem problem = new(model, tensor(ByteTokenizer.Plain.Encode(Text), device: device), Context);
        TrainingOptions training = new()
        {
            Steps = WarmUpSteps + steps,
            BatchSize = BatchSize,
            MicroBatchSize = BatchSize,
            Privacy = isPrivate ? new DpSgdParameters(NoiseMultiplier: 1, SamplingRate: 1, ClippingNorm: 1, ExpectedBatchSize: BatchSize) : null,
        };
        using Trainer trainer = new(problem, adapters, training, source);
        List<double> seconds = [];
        List<double> cpuSeconds = [];
        double loss = double.NaN;
        for (int i = 0; i < training.Steps; i++)
        {
            if (i == training.Steps - 1)
            {
                using var scope = NewDisposeScope();
                using var frozen = no_grad();
                loss = problem.ExampleLosses([0, 1, 2, 3, 4, 5, 6, 7]).mean().item<float>();
            }

            long start = Stopwatch.GetTimestamp();
            TimeSpan cpuStart = Environment.CpuUsage.TotalTime;
            trainer.Step();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            cpuSeconds.Add((Environment.CpuUsage.TotalTime - cpuStart).TotalSeconds);
        }

        string library = $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, libtorch {torch.__version__}";
        Measurement measurement = new(
            library, Median(seconds.Skip(WarmUpSteps)), Median(cpuSeconds.Skip(WarmUpSteps)), PeakMegabytes(), loss);
        Console.WriteLine(JsonSerializer.Serialize(measurement));
        return 0;
    }

    /// <summary>The upper median.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]) * 1024 / 1e6;
    }
}
