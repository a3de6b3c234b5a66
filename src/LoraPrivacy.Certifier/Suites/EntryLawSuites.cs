namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of noise/pdf, noise/cdf, noise/quantile and noise/gaussian-distance.</summary>
internal static class EntryLawSuites
{
    private const string Normal = "NormalApproximation";
    private const string Overflow = "LogGammaOverflow";
    private const string Tail = "CancellationInTail";
    private const string Swapped = "DistancesSwapped";

    private static readonly Note NormalNote = new(
        "the entry is taken to be normal with the right mean and variance", "wrong everywhere at small ranks, and in the tails at every rank: events are called impossible that happen");

    private static readonly Note OverflowNote = new(
        "gamma or Bessel functions are formed before their logarithms are subtracted", "infinities and NaN from a rank of a few hundred on");

    public static VectorSuite Density => new(
        "noise/pdf", NoiseCertifier.Density, new Dictionary<string, Note> { [Normal] = NormalNote, [Overflow] = OverflowNote },
        [
            new(1, "body and tails", SuiteGroup.Certified, true, Agreement.Relative("1e-9"), [.. Grid()]),
            new(401, "special points", SuiteGroup.Certified, true, Agreement.Relative("1e-9"), [.. DensityPoints()]),
            Invalid("noise/pdf", ("x", 1.0)),
        ]);

    public static VectorSuite Cumulative => new(
        "noise/cdf", NoiseCertifier.Cumulative,
        new Dictionary<string, Note>
        {
            [Normal] = NormalNote,
            [Tail] = new("a small probability is formed as 1 less a large one", "no digits below 1e-16, where privacy is decided"),
        },
        [
            new(1, "body and tails", SuiteGroup.Certified, true, Agreement.Relative("1e-9"), [.. Grid().Select(test => test with { Flags = CumulativeFlags(test) })]),
            new(401, "special points", SuiteGroup.Certified, true, Agreement.Relative("1e-9"), [.. CumulativePoints()]),
            Invalid("noise/cdf", ("x", 1.0)),
        ]);

    public static VectorSuite Quantile => new(
        "noise/quantile", NoiseCertifier.Quantile, new Dictionary<string, Note> { [Normal] = NormalNote },
        [
            new(1, "body and tails", SuiteGroup.Certified, true, Agreement.Relative("1e-9"), [.. Quantiles()]),
            new(401, "the median of a symmetric law", SuiteGroup.Definition, true, Agreement.Absolute("1e-15"), [VectorTest.Valid(Parameters(0, 1, 8).With(("probability", 0.5)), "0")]),
            Invalid("noise/quantile", ("probability", 0.25)),
        ]);

    public static VectorSuite Distance => new(
        "noise/gaussian-distance", NoiseCertifier.Distance,
        new Dictionary<string, Note> { [Swapped] = new("total variation and Kolmogorov distance are mixed up", "the smaller one is taken for a bound of every event") },
        [
            new(1, "ratios and ranks", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Distances()]),
            InvalidTests.Group("noise/gaussian-distance", ParameterBuilder.Of(("entryRatio", 0.5), ("rank", 4))),
        ]);

    private static SuiteGroup Invalid(string operation, (string, object?) argument) => InvalidTests.Group(
        operation, Parameters(0.5, 1, 4).With(argument), VectorTest.Invalid(Parameters(1.5, 1, 4).With(argument), "out-of-range", "entry", "an entry above the norm"));

    private static IEnumerable<VectorTest> Grid()
    {
        foreach (int rank in (int[])[1, 2, 3, 8, 17, 64, 257, 1024])
        {
            foreach ((double entry, double norm) in ((double, double)[])[(0, 1), (0.5, 1), (-1.5, 2), (0.0625, 0.25)])
            {
                foreach (double deviations in (double[])[-6, -1, 0.5, 4])
                {
                    // A few standard deviations from the mean, rounded to few bits.
                    double x = Math.Round((entry + deviations * Math.Sqrt((norm * norm + entry * entry) / rank)) * 4096) / 4096;
                    string[] flags = rank > 256 ? [Normal, Overflow] : [Normal];
                    yield return VectorTest.Valid(Parameters(entry, norm, rank).With(("x", x)), "", flags);
                }
            }
        }
    }

    private static string[] CumulativeFlags(VectorTest test)
    {
        ExactParameters parameters = new(test.Parameters);
        return parameters.Real("x") < parameters.Real("entry") - parameters.Real("norm") ? [Normal, Tail] : [Normal];
    }

    private static IEnumerable<VectorTest> DensityPoints()
    {
        yield return VectorTest.Acceptable(Parameters(0, 1, 1).With(("x", 0)), "an infinite density may be refused", "unbounded at 0 for rank 1");
        yield return At(0, 1, 2, 0, "the peak of a Laplace law", Normal);
        yield return At(0.5, 1, 3, 0, "at 0", Normal);
        yield return At(0.25, 1, 1, 1e-12, "beside the singularity of rank 1", Normal);
        yield return At(1, 1, 1, 0.5, "all of q in one entry: a chi-squared law", Normal);
        yield return At(1, 1, 2, 0.25, "as before", Normal);
        yield return At(-2, 2, 6, -1, "as before, mirrored", Normal);
        yield return At(1, 1, 8, -0.5, "outside the support of a chi-squared law", Normal);
        yield return At(1, 1, 8, 0, "at the end of the support", Normal);
        yield return At(0, 1, 64, 8, "64 standard deviations out", Normal);
        yield return At(0.5, 1, 16, 40, "far in the tail", Normal);
        yield return At(0.5, 1, 1048576, 0.5, "the largest rank", Overflow);
        yield return At(0.5, 1, 4, double.PositiveInfinity, "at infinity");
        yield return At(0.5, 1, 4, double.NegativeInfinity, "at negative infinity");
        yield return At(1e-100, 1e-99, 8, 1e-100, "a tiny gradient");
        yield return At(1e100, 1e101, 8, 1e100, "a huge gradient");
    }

    private static IEnumerable<VectorTest> CumulativePoints()
    {
        yield return At(0, 1, 8, 0, "half, by symmetry");
        yield return At(0.5, 1, 8, 0, "the probability of the wrong sign", Normal);
        yield return At(0.96875, 1, 64, 0, "the wrong sign, far out", Normal, Tail);
        yield return At(0.5, 1, 1, 1e-9, "beside 0", Normal);
        yield return At(1, 1, 1, 0.5, "all of q in one entry: a chi-squared law", Normal);
        yield return At(1, 1, 8, 0, "at the end of the support", Normal);
        yield return At(1, 1, 8, -1, "outside the support", Normal);
        yield return At(-2, 2, 6, -1, "a chi-squared law, mirrored", Normal);
        yield return At(-2, 2, 6, -40, "its tail", Normal, Tail);
        yield return At(0, 1, 2, -100, "1e-87, a Laplace law", Normal, Tail);
        yield return At(0.5, 1, 7, -30, "a tail of odd rank", Normal, Tail);
        yield return At(0.5, 1, 1048576, 0.5, "the largest rank, at the mean");
        yield return At(0.5, 1, 4, double.PositiveInfinity, "at infinity");
        yield return At(0.5, 1, 4, double.NegativeInfinity, "at negative infinity");
        yield return At(1e100, 1e101, 8, 1e100, "a huge gradient");
    }

    private static IEnumerable<VectorTest> Quantiles()
    {
        foreach (int rank in (int[])[1, 2, 5, 64])
        {
            foreach ((double entry, double norm) in ((double, double)[])[(0, 1), (0.5, 1), (-1.75, 2)])
            {
                foreach (double probability in (double[])[1e-9, 0.75])
                {
                    yield return VectorTest.Valid(Parameters(entry, norm, rank).With(("probability", probability)), "", Normal);
                }
            }
        }

        yield return VectorTest.Valid(Parameters(1, 1, 8).With(("probability", 0.5)), "the median of a chi-squared law", Normal);
        yield return VectorTest.Valid(Parameters(-1, 1, 3).With(("probability", 0.001)), "a mirrored chi-squared law", Normal);
        yield return VectorTest.Valid(Parameters(0.25, 1, 4).With(("probability", 1e-100)), "far in the tail", Normal);
        yield return VectorTest.Valid(Parameters(0.25, 1, 4).With(("probability", 1 - Math.ScaleB(1, -53))), "the largest probability below 1", Normal);
    }

    private static IEnumerable<VectorTest> Distances()
    {
        foreach (int rank in (int[])[1, 2, 8, 64])
        {
            foreach (double ratio in (double[])[0, -0.5, 1])
            {
                yield return VectorTest.Valid(ParameterBuilder.Of(("entryRatio", ratio), ("rank", rank)), "", Swapped);
            }
        }
    }

    private static VectorTest At(double entry, double norm, int rank, double x, string comment, params string[] flags)
        => VectorTest.Valid(Parameters(entry, norm, rank).With(("x", x)), comment, flags);

    private static JsonObject Parameters(double entry, double norm, int rank)
        => ParameterBuilder.Of(("entry", entry), ("norm", norm), ("rank", rank));
}
