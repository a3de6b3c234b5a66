namespace LoraPrivacy.Certifier.Suites;

/// <summary>All suites.</summary>
internal static class SuiteTable
{
    /// <summary>All suites, in the order of their ids.</summary>
    public static IReadOnlyList<VectorSuite> All { get; } =
    [
        .. new[]
        {
            MomentsSuite.Suite, EntryLawSuites.Density, EntryLawSuites.Cumulative, EntryLawSuites.Quantile, EntryLawSuites.Distance,
            ProductDeltaSuite.Suite, ProductSuites.Epsilon, ProductSuites.LossCdf, ProductSuites.Floor, ProductSuites.WorstCase, ProductSuites.Composed,
            FactorSuites.Delta, FactorSuites.Epsilon, MatrixSuites.Delta, MatrixSuites.Verdict,
            GaussianSuites.Delta, GaussianSuites.Epsilon, GaussianSuites.Sketched, ProjectedGaussianSuites.Delta, ProjectedGaussianSuites.Epsilon,
            WorstSpectrumSuites.Sketched, WorstSpectrumSuites.Projected,
            DpSgdSuites.Delta, DpSgdSuites.Epsilon, DpSgdSuites.NoiseMultiplier, LoraStepSuite.Suite,
        }.OrderBy(suite => suite.Operation.Block),
    ];
}
