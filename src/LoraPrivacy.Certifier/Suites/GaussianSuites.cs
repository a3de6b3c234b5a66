namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of gaussian/delta, gaussian/epsilon and sketched-gaussian/delta.</summary>
internal static class GaussianSuites
{
    private const string Classical = "ClassicalBound";
    private const string Cancellation = "Cancellation";
    private const string Overflow = "ExponentialOverflow";
    private const string NormIgnored = "RandomNormIgnored";

    private static readonly Dictionary<string, Note> Notes = new()
    {
        [Classical] = new("the classical bound σ = √(2 ln(1.25/δ))Δ/ε, or a tail bound, is used for the exact curve", "ε is too large, or for ε > 1 not even a bound"),
        [Cancellation] = new("Φ(·) − e^ε Φ(·) is formed from two rounded numbers that nearly agree", "δ of 1e-9 has no right digit, or is negative"),
        [Overflow] = new("e^ε is formed although Φ(−μ/2 − ε/μ) underflows", "infinities and NaN for large ε"),
    };

    public static VectorSuite Delta => new(
        "gaussian/delta", GaussianCertifier.Delta, Notes,
        [
            new(1, "ratios", SuiteGroup.Certified, true, Agreement.Relative("1e-9"), [.. Deltas()]),
            new(401, "extremes", SuiteGroup.Certified, false, Agreement.Relative("1e-9"), [.. Extremes()]),
            InvalidTests.Group("gaussian/delta", ParameterBuilder.Of(("mu", 1), ("epsilon", 1))),
        ]);

    public static VectorSuite Epsilon => new(
        "gaussian/epsilon", GaussianCertifier.Epsilon, Notes,
        [
            new(1, "ratios", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Epsilons()]),
            InvalidTests.Group("gaussian/epsilon", ParameterBuilder.Of(("mu", 1), ("delta", 0.125))),
        ]);

    public static VectorSuite Sketched => new(
        "sketched-gaussian/delta", GaussianCertifier.SketchedDelta,
        new Dictionary<string, Note> { [NormIgnored] = new("the norm of the sketched difference is taken as that of the difference: ‖d‖ in place of ‖d‖√S", "the tail of S is left out, and δ is too small where it is small") },
        [
            new(1, "ranks and ratios", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. SketchedDeltas()]),
            InvalidTests.Group("sketched-gaussian/delta", ParameterBuilder.Of(("rank", 8), ("sensitivity", 1), ("noise", 1), ("epsilon", 1))),
        ]);

    private static IEnumerable<VectorTest> Deltas()
    {
        foreach (double mu in (double[])[0.01, 0.125, 0.5, 1, 2.5, 10])
        {
            foreach (double epsilon in (double[])[0, 0.015625, 0.25, 1, 2.5, 8, 30])
            {
                // Only where δ stays far above the smallest double.
                if (epsilon / mu < 30)
                {
                    yield return Delta1(mu, epsilon, "", epsilon > 4 * mu ? [Classical, Cancellation] : [Classical]);
                }
            }
        }
    }

    private static IEnumerable<VectorTest> Extremes()
    {
        yield return Delta1(0, 1, "nothing depends on the data");
        yield return Delta1(1, double.PositiveInfinity, "δ falls to 0");
        yield return Delta1(1e-12, 0, "a tiny ratio", Cancellation);
        yield return Delta1(1e-12, 1e-12, "a tiny ratio and ε", Cancellation);
        yield return Delta1(1e-9, 1e-8, "a tiny ratio, in the tail", Cancellation);
        yield return Delta1(100, 5000, "ε = μ²/2", Overflow);
        yield return Delta1(100, 6500, "e^ε beyond the doubles", Overflow);
        yield return Delta1(30, 100, "δ next to 1", Overflow);
        yield return Delta1(1, 20, "1e-85", Cancellation, Classical);
        yield return Delta1(0.5, 10, "1e-87", Cancellation, Classical);
        yield return Delta1(1000, 500000, "a large ratio", Overflow);
    }

    private static IEnumerable<VectorTest> Epsilons()
    {
        foreach (double mu in (double[])[0.01, 0.125, 0.5, 1, 2.5, 10, 100])
        {
            foreach (double delta in (double[])[1e-3, 1e-5, 1e-6, 1e-10, 1e-20, 0.25])
            {
                yield return VectorTest.Valid(ParameterBuilder.Of(("mu", mu), ("delta", delta)), "", Classical);
            }
        }

        yield return VectorTest.Valid(ParameterBuilder.Of(("mu", 0), ("delta", 1e-5)), "nothing depends on the data");
        yield return VectorTest.Valid(ParameterBuilder.Of(("mu", 1), ("delta", 1e-100)), "a tiny δ", Classical, Cancellation);
        yield return VectorTest.Valid(ParameterBuilder.Of(("mu", 0.001), ("delta", 1e-100)), "a tiny δ and ratio", Classical, Cancellation);
        yield return VectorTest.Valid(ParameterBuilder.Of(("mu", 1), ("delta", 0.5)), "δ above δ(0) = 0.38");
        yield return VectorTest.Valid(ParameterBuilder.Of(("mu", 1e-9), ("delta", 1e-12)), "a tiny ratio", Cancellation);
    }

    private static IEnumerable<VectorTest> SketchedDeltas()
    {
        foreach (int rank in (int[])[1, 2, 7, 64, 1024])
        {
            foreach ((double sensitivity, double noise) in ((double, double)[])[(1, 1), (0.25, 2), (3, 1)])
            {
                foreach (double epsilon in (double[])[0, 0.5, 4])
                {
                    // At rank 1024 the norm hardly varies, and at ε = 0 the mean norm is all that matters.
                    yield return SketchedDelta(rank, sensitivity, noise, epsilon, "", rank <= 64 && epsilon > 0 ? [NormIgnored] : []);
                }
            }
        }

        yield return SketchedDelta(8, 0, 1, 1, "nothing depends on the data");
        yield return SketchedDelta(8, 1, 1, double.PositiveInfinity, "δ falls to 0");
        yield return SketchedDelta(1048576, 1, 1, 1, "the largest rank");
        yield return SketchedDelta(4, 1, 1, 20, "far in the tail", NormIgnored);
        yield return SketchedDelta(4, 1e-6, 1, 1e-6, "little sensitivity", NormIgnored);
    }

    private static VectorTest Delta1(double mu, double epsilon, string comment, params string[] flags)
        => VectorTest.Valid(ParameterBuilder.Of(("mu", mu), ("epsilon", epsilon)), comment, flags);

    private static VectorTest SketchedDelta(int rank, double sensitivity, double noise, double epsilon, string comment, params string[] flags)
    {
        JsonObject parameters = ParameterBuilder.Of(("rank", rank), ("sensitivity", sensitivity), ("noise", noise), ("epsilon", epsilon));
        return VectorTest.Valid(parameters, comment, flags);
    }
}
