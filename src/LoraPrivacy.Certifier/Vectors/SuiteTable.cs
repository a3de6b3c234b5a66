using LoraPrivacy.Certifier.Suites;

namespace LoraPrivacy.Certifier.Vectors;

/// <summary>All suites, and the block of ids that each operation owns: never changed, as ids are never renumbered. New operations go to the end.</summary>
internal static class SuiteTable
{
    private const int BlockSize = 1000;

    private static readonly string[] Blocks =
    [
        "noise/moments", "noise/pdf", "noise/cdf", "noise/quantile", "noise/gaussian-distance",
        "product/delta", "product/epsilon", "product/loss-cdf", "product/delta-floor", "product/worst-case-epsilon",
        "factor/delta", "factor/epsilon", "matrix/delta", "matrix/verdict", "gaussian/delta", "gaussian/epsilon",
        "dp-sgd/delta", "dp-sgd/epsilon", "dp-sgd/noise-multiplier", "lora/step", "product/composed-epsilon", "sketched-gaussian/delta",
    ];

    /// <summary>All suites, in the order of their ids.</summary>
    public static IReadOnlyList<VectorSuite> All { get; } =
    [
        .. new[]
        {
            MomentsSuite.Suite, EntryLawSuites.Density, EntryLawSuites.Cumulative, EntryLawSuites.Quantile, EntryLawSuites.Distance,
            ProductDeltaSuite.Suite, ProductSuites.Epsilon, ProductSuites.LossCdf, ProductSuites.Floor, ProductSuites.WorstCase, ProductSuites.Composed,
            FactorSuites.Delta, FactorSuites.Epsilon, MatrixSuites.Delta, MatrixSuites.Verdict,
            GaussianSuites.Delta, GaussianSuites.Epsilon, GaussianSuites.Sketched,
            DpSgdSuites.Delta, DpSgdSuites.Epsilon, DpSgdSuites.NoiseMultiplier, LoraStepSuite.Suite,
        }.OrderBy(suite => FirstId(suite.Operation)),
    ];

    /// <summary>The number that an operation's block begins at.</summary>
    public static int FirstId(string operation)
    {
        int index = Array.IndexOf(Blocks, operation);
        return index >= 0 ? BlockSize * (index + 1) : throw new ArgumentException($"{operation} has no block of ids");
    }
}
