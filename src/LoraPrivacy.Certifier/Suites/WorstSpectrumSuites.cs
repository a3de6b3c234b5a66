namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of …/worst-case-delta of noisy sketches, where the largest δ is known.</summary>
internal static class WorstSpectrumSuites
{
    private static readonly Agreement Narrow = Agreement.Contains with { Width = ExactNumber.ParseDecimal("1e-6") };

    public static VectorSuite Sketched => new(
        "sketched-gaussian/worst-case-delta", parameters => GaussianCertifier.WorstCaseDelta(parameters, isProjected: false), new Dictionary<string, Note>(),
        [
            new(1, "many equal singular values are the worst", SuiteGroup.Certified, true, Narrow,
                [.. Tests([(1, null), (2, null), (16, null), (1024, null)], [(1, 1, 0), (1, 1, 0.5), (4, 1, 0), (4, 1, 1), (0.01, 2, 0)]), Test(8, null, 0, 1, 1)]),
            InvalidTests.Group("sketched-gaussian/worst-case-delta", ParameterBuilder.Of(("rank", 8), ("sensitivity", 1), ("noise", 1), ("epsilon", 1))),
        ]);

    public static VectorSuite Projected => new(
        "projected-gaussian/worst-case-delta", parameters => GaussianCertifier.WorstCaseDelta(parameters, isProjected: true), new Dictionary<string, Note>(),
        [
            new(1, "equal singular values are the worst", SuiteGroup.Certified, true, Narrow,
                [.. Tests([(1, 2), (4, 64), (16, 768), (511, 1024)], [(1, 1, 0), (40, 1, 0.5), (100, 1, 2), (0.01, 2, 0)]), Test(8, 64, 0, 1, 1)]),
            new(201, "rank one is the worst", SuiteGroup.Certified, true, Narrow, [.. Tests([(1, 2), (4, 64), (16, 768), (511, 1024)], [(1, 1, 2), (2, 1, 4), (0.5, 1, 1)])]),
            new(301, "all of the space", SuiteGroup.Certified, true, Narrow, [.. Tests([(5, 5), (9, 5)], [(1, 1, 2), (3, 1, 0.5)])]),
            InvalidTests.Group("projected-gaussian/worst-case-delta", ParameterBuilder.Of(("rank", 8), ("dimension", 64), ("sensitivity", 1), ("noise", 1), ("epsilon", 1))),
        ]);

    private static IEnumerable<VectorTest> Tests((int Rank, int? Dimension)[] shapes, (double Sensitivity, double Noise, double Epsilon)[] values)
        => shapes.SelectMany(shape => values.Select(value => Test(shape.Rank, shape.Dimension, value.Sensitivity, value.Noise, value.Epsilon)));

    private static VectorTest Test(int rank, int? dimension, double sensitivity, double noise, double epsilon)
    {
        JsonObject parameters = ParameterBuilder.Of(("rank", rank), ("sensitivity", sensitivity), ("noise", noise), ("epsilon", epsilon));
        return VectorTest.Valid(dimension is int m ? parameters.With(("dimension", m)) : parameters, "");
    }
}
