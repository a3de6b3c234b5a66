using BenchmarkDotNet.Attributes;
using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Benchmarks;

/// <summary>δ(ε), ε(δ) and the worst case of the product release, with the peer in the same run.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class ProductReleaseBenchmarks
{
    private readonly VectorPair pair = new(1, 0.01);
    private ProductRelease release = new(64, 4096);
    private WorstCase worst = new(64, 4096);

    [Params(64)]
    public int Rank { get; set; }

    [Params(768, 4096)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        release = new ProductRelease(Rank, Dimension);
        worst = new WorstCase(Rank, Dimension);
        double ours = release.Delta(pair, 0.5);
        double peer = MathNetProductCurve.Delta(Rank, Dimension, pair, 0.5);
        Console.WriteLine($"// delta {ours:R}, peer {peer:R}, relative difference {Math.Abs(peer - ours) / ours:E1}");
    }

    [Benchmark(Baseline = true)]
    public double Delta() => release.Delta(pair, 0.5);

    [Benchmark]
    public double DeltaByMathNet() => MathNetProductCurve.Delta(Rank, Dimension, pair, 0.5);

    [Benchmark]
    public double Epsilon() => release.Epsilon(pair, 1e-5);

    [Benchmark]
    public WorstCaseResult WorstCaseEpsilon() => worst.Epsilon(0.01, 1e-5);
}
