namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of noise/moments.</summary>
internal static class MomentsSuite
{
    private const string RankSquared = "VarianceOverRankSquared";
    private const string Kurtosis = "KurtosisIgnored";
    private const string OwnEntry = "OwnEntryForgotten";
    private const string Cancellation = "Cancellation";

    private static readonly double[][] Gradients =
    [
        [1], [0.5, -2], [3, 4, 0], [1, 1, 1, 1], [0.1, -0.2, 0.3, -0.4, 0.5], [1e-3, 1, 1e3], [-7, 0, 0, 0, 0, 0, 24],
    ];

    public static VectorSuite Suite => new(
        "noise/moments", NoiseCertifier.Moments,
        new Dictionary<string, Note>
        {
            [RankSquared] = new("the entries of A are taken to have variance 1/r² (PEFT's \"gaussian\" initialisation) and not 1/r", "the noise is too small by the factor r"),
            [Kurtosis] = new("the kurtosis of the entries of A is ignored: that of the normal law, 3, is taken for every law", "the noise of uniform, Rademacher and other A is wrong"),
            [OwnEntry] = new("the entry's own share (κ − 2)q_i² of its variance is forgotten", "all entries seem to have the same noise ‖q‖²/r"),
            [Cancellation] = new("‖q‖² − q_i² is formed by subtracting rounded squares", "a variance that is small, or 0, comes out with no right digit"),
        },
        [
            new(1, "normal entries", SuiteGroup.Exact, true, Agreement.Relative("1e-12"), [.. Normal()]),
            new(201, "other kurtoses", SuiteGroup.Exact, true, Agreement.Relative("1e-12"), [.. OtherKurtoses()]),
            new(401, "extremes", SuiteGroup.Exact, false, Agreement.Relative("1e-12"), [.. Extremes()]),
            InvalidTests.Group(
                "noise/moments", ParameterBuilder.Of(("gradient", Gradients[1]), ("rank", 4)),
                VectorTest.Invalid(ParameterBuilder.Of(("gradient", Gradients[0]), ("rank", 4), ("kurtosis", 0.5)), "out-of-range", "kurtosis", "no law of mean 0 has a kurtosis below 1")),
        ]);

    private static IEnumerable<VectorTest> Normal()
    {
        foreach (double[] gradient in Gradients)
        {
            foreach (int rank in (int[])[1, 2, 4, 8, 64, 1024])
            {
                string[] flags = rank > 1 ? [OwnEntry, RankSquared] : [OwnEntry];
                yield return VectorTest.Valid(Parameters(gradient, rank), "", flags);
            }
        }
    }

    private static IEnumerable<VectorTest> OtherKurtoses()
    {
        foreach (double[] gradient in Gradients.Skip(1))
        {
            foreach ((double kurtosis, string name) in ((double, string)[])[(1.8, "uniform, rounded"), (1, "Rademacher"), (6, "the exponential law's, two-sided")])
            {
                foreach (int rank in (int[])[2, 16])
                {
                    yield return VectorTest.Valid(Parameters(gradient, rank).With(("kurtosis", kurtosis)), $"kurtosis {name}", Kurtosis, RankSquared);
                }
            }
        }
    }

    private static IEnumerable<VectorTest> Extremes()
    {
        yield return VectorTest.Valid(Parameters([1], 8).With(("kurtosis", 1)), "one sign and one dimension: no noise at all");
        yield return VectorTest.Valid(Parameters([0, 5, 0], 8).With(("kurtosis", 1)), "the entry that is all of q has no noise", Kurtosis);
        yield return VectorTest.Valid(Parameters([1, Math.ScaleB(1, -30)], 8).With(("kurtosis", 1)), "a variance of 2^-60 beside 1", Cancellation, Kurtosis);
        yield return VectorTest.Valid(Parameters([Math.ScaleB(1, -40), 3, Math.ScaleB(1, -41)], 3).With(("kurtosis", 1)), "as before", Cancellation, Kurtosis);
        yield return VectorTest.Valid(Parameters([1e150, -1e149], 64), "squares near the largest double", OwnEntry, RankSquared);
        yield return VectorTest.Valid(Parameters([1e-150, 1e-151], 64), "squares near the smallest double", OwnEntry, RankSquared);
        yield return VectorTest.Valid(Parameters([0, 0, 0], 4), "no gradient, no noise");
        yield return VectorTest.Valid(Parameters([1, 2], 1048576), "the largest rank", OwnEntry, RankSquared);
        yield return VectorTest.Valid(Parameters([.. Enumerable.Range(0, 128).Select(i => Math.ScaleB(i % 7 - 3, -i % 5))], 16), "128 entries", OwnEntry, RankSquared);
    }

    private static JsonObject Parameters(double[] gradient, int rank) => ParameterBuilder.Of(("gradient", gradient), ("rank", rank));
}
