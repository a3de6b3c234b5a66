using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using LoraPrivacy.Reference.Accounting;
using LoraPrivacy.Reference.Numerics;
using LoraPrivacy.Reference.Privacy;

namespace LoraPrivacy.Benchmarks;

/// <summary>ε of DP-SGD at noise 1, rate 0.01, δ = 1e-5 on one core: our brackets, and a peer's published algorithm that gives one number; and one δ of noise before a projection.</summary>
[Config(typeof(OneCore))]
public class AccountingBenchmarks
{
    private const double Delta = 1e-5;
    private readonly DpSgdMechanism usual = new(1, 0.01, 10_000);
    private readonly DpSgdMechanism million = new(1, 0.01, 1_000_000);
    private readonly int steps = 10_000;
    private readonly SketchedGaussianMechanism projected = SketchedGaussianMechanism.Projected(16, 768, 1, 1);
    private readonly PrivacyPair step = PrivacyPair.SubsampledGaussian(1, 0.01, NeighbouringRelation.AddRemove);

    [GlobalSetup]
    public void SetUp()
        => Console.WriteLine($"// {NarrowBracket()} width {NarrowBracket().Upper - NarrowBracket().Lower:E2}, connect the dots {ConnectTheDots():R}, a million steps {MillionSteps()}");

    [Benchmark(Baseline = true)]
    public Bracket NarrowBracket() => new PrivacyAccountant((step, steps)) { RelativeWidth = 1.6e-5 }.BothDirections().Epsilon(Delta);

    [Benchmark]
    public Bracket UsualBracket() => usual.Epsilon(Delta);

    [Benchmark]
    public Bracket MillionSteps() => million.Epsilon(Delta);

    [Benchmark]
    public double ConnectTheDots() => ConnectTheDotsAccountant.Epsilon(1, 0.01, steps, Delta, 1e-4);

    [Benchmark]
    public double ProjectedGaussian() => projected.Delta(0.5);

    private sealed class OneCore : ManualConfig
    {
        public OneCore()
        {
            AddJob(Job.ShortRun.WithAffinity(1));
            AddDiagnoser(MemoryDiagnoser.Default);
        }
    }
}
