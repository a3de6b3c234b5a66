namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of projected-gaussian/….</summary>
internal static class ProjectedGaussianSuites
{
    private const string Mean = "MeanNorm";
    private const string Ignored = "RandomNormIgnored";

    private static readonly Dictionary<string, Note> Notes = new()
    {
        [Mean] = new("the random share S of the squared norm is replaced by its mean r/m", "the tail of S is left out, and δ is too small"),
        [Ignored] = new("the norm of the projected difference is taken as that of the difference: ‖d‖ in place of ‖d‖√S", "what the projection takes away is not counted, and δ is too large"),
    };

    public static VectorSuite Delta => new(
        "projected-gaussian/delta", GaussianCertifier.ProjectedDelta, Notes,
        [
            new(1, "ranks, dimensions and ratios", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Tests(("epsilon", [0, 0.5, 4]))]),
            new(201, "corners", SuiteGroup.Certified, true, Agreement.Relative("1e-8"),
            [
                Test(16, 768, 0, 1, "nothing depends on the data", ("epsilon", 1)),
                Test(16, 768, 1, 1, "δ falls to 0", ("epsilon", double.PositiveInfinity)),
                Test(768, 768, 1, 1, "nothing is projected away", ("epsilon", 0.5), Mean: false),
                Test(1000, 768, 1, 1, "more rows than the space has dimensions", ("epsilon", 0.5), Mean: false),
                Test(1, 1, 1, 1, "one dimension", ("epsilon", 0.5), Mean: false),
                Test(1, 1048576, 100, 1, "the largest dimension", ("epsilon", 0.5)),
                Test(1048575, 1048576, 1, 1, "the largest rank, one dimension less than all", ("epsilon", 0.5), Mean: false),
                Test(4, 64, 1, 1, "far in the tail", ("epsilon", 12)),
                Test(4, 64, 1e-6, 1, "little sensitivity", ("epsilon", 1e-7)),
                Test(1, 2, 1e-30, 1, "a tiny sensitivity", ("epsilon", 0)),
                Test(4, 64, 1000, 1, "a large sensitivity", ("epsilon", 20000)),
            ]),
            InvalidTests.Group("projected-gaussian/delta", ParameterBuilder.Of(("rank", 8), ("dimension", 64), ("sensitivity", 1), ("noise", 1), ("epsilon", 1))),
        ]);

    public static VectorSuite Epsilon => new(
        "projected-gaussian/epsilon", GaussianCertifier.ProjectedEpsilon, Notes,
        [
            new(1, "ranks, dimensions and ratios", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Tests(("delta", [1e-3, 1e-8]))]),
            new(201, "corners", SuiteGroup.Certified, true, Agreement.Relative("1e-8"),
            [
                Test(16, 768, 0, 1, "nothing depends on the data", ("delta", 1e-5)),
                Test(16, 768, 1, 1, "δ above δ(0)", ("delta", 0.5)),
                Test(768, 768, 1, 1, "nothing is projected away", ("delta", 1e-5)),
                Test(2, 3, 1, 1, "a tiny δ", ("delta", 1e-60)),
            ]),
            InvalidTests.Group("projected-gaussian/epsilon", ParameterBuilder.Of(("rank", 8), ("dimension", 64), ("sensitivity", 1), ("noise", 1), ("delta", 0.001))),
        ]);

    private static IEnumerable<VectorTest> Tests((string Name, double[] Values) argument)
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(1, 2), (4, 5), (4, 64), (16, 768), (64, 768), (511, 1024)])
        {
            foreach ((double sensitivity, double noise) in ((double, double)[])[(1, 1), (3, 0.5)])
            {
                foreach (double value in argument.Values)
                {
                    yield return Test(rank, dimension, sensitivity, noise, "", (argument.Name, value));
                }
            }
        }
    }

    // At ε = 0 the mean norm is nearly all that matters, and so it is where the norm hardly varies.
    private static VectorTest Test(int rank, int dimension, double sensitivity, double noise, string comment, (string Name, double Value) last, bool? Mean = null)
    {
        JsonObject parameters = ParameterBuilder.Of(("rank", rank), ("dimension", dimension), ("sensitivity", sensitivity), ("noise", noise), last);
        bool varies = Mean ?? (comment.Length == 0 && rank <= 64 && last is not { Name: "epsilon", Value: 0 });
        bool matters = comment.Length == 0 && last.Value > 0;
        return VectorTest.Valid(parameters, comment, [.. varies ? [ProjectedGaussianSuites.Mean] : Array.Empty<string>(), .. matters ? [Ignored] : Array.Empty<string>()]);
    }
}
