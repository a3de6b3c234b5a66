namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of product/delta.</summary>
internal static class ProductDeltaSuite
{
    public static VectorSuite Suite => new(
        "product/delta", ProductCertifier.Delta,
        new Dictionary<string, Note>
        {
            [ProductNotes.Direction] = ProductNotes.DirectionNote,
            [ProductNotes.Degrees] = ProductNotes.DegreesNote,
            [ProductNotes.Floor] = ProductNotes.FloorNote,
            [ProductNotes.Cancellation] = ProductNotes.CancellationNote,
            [ProductNotes.Overflow] = ProductNotes.OverflowNote,
        },
        [
            new(1, "rotated pairs", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Rotated()]),
            new(201, "scaled pairs, in closed form", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Scaled()]),
            new(401, "the floor, at ε = ∞", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Infinite()]),
            new(501, "extremes", SuiteGroup.Certified, false, Agreement.Relative("1e-8"), [.. Extremes()]),
            InvalidTests.Group(
                "product/delta", Pair(8, 16, 1, 0.25).With(("epsilon", 1)),
                VectorTest.Invalid(Pair(8, 1, 1, 0.25).With(("epsilon", 1)), "out-of-range", "angle", "no angle but 0 and π in one dimension")),
        ]);

    /// <summary>The parameters of a pair.</summary>
    public static JsonObject Pair(int rank, int dimension, double normRatio, double angle)
        => ParameterBuilder.Of(("rank", rank), ("dimension", dimension), ("normRatio", normRatio), ("angle", angle));

    private static IEnumerable<VectorTest> Rotated()
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(1, 2), (1, 64), (2, 2), (2, 64), (4, 2), (4, 64), (16, 2), (16, 64), (16, 768), (64, 2), (64, 64), (64, 768)])
        {
            foreach ((double ratio, double angle, double epsilon) in ((double, double, double)[])[(1, 0.01, 0), (1, 0.0625, 0.5), (1.25, 0.3, 0.5), (0.8, 0.3, 0.5)])
            {
                string[] flags = [.. ratio != 1 ? [ProductNotes.Direction] : (string[])[], .. rank == 1 ? [ProductNotes.Floor] : (string[])[]];
                yield return At(rank, dimension, ratio, angle, epsilon, "", flags);
            }
        }
    }

    private static IEnumerable<VectorTest> Scaled()
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(1, 1), (1, 768), (8, 1), (8, 768), (64, 64), (1024, 768), (1024, 16384), (4, 16384)])
        {
            foreach (double ratio in (double[])[0.5, 0.96875, 1.03125, 2])
            {
                foreach (double epsilon in (double[])[0, 0.5])
                {
                    string[] overflow = dimension > 10000 ? [ProductNotes.Overflow] : [];

                    // Where δ is next to 1 no formula is far off, and at ε = 0 both directions agree.
                    bool isInside = Math.Abs(ratio - 1) < 0.1 || rank + dimension < 20;
                    string[] degrees = dimension > 1 && rank > 1 && isInside ? [ProductNotes.Degrees] : [];
                    string[] direction = epsilon > 0 && isInside ? [ProductNotes.Direction] : [];
                    yield return At(rank, dimension, ratio, 0, epsilon, "", [.. direction, .. degrees, .. overflow]);
                }
            }
        }

        yield return At(16, 768, 1, 0, 0, "identical queries");
        yield return At(16, 768, 1, 0, 3, "identical queries");
        yield return At(4, 4, 0.5, 0, 3, "ε beyond the largest loss: exactly 0", ProductNotes.Direction);
    }

    private static IEnumerable<VectorTest> Infinite()
    {
        foreach (int rank in (int[])[1, 2, 8, 64])
        {
            foreach (double angle in (double[])[0, 0.01, 1, 2])
            {
                string[] flags = angle > 0 ? [ProductNotes.Floor] : [];
                yield return At(rank, 16, 1.5, angle, double.PositiveInfinity, "", flags);
            }
        }
    }

    private static IEnumerable<VectorTest> Extremes()
    {
        yield return At(8, 32, 0.125, 0.5, 1, "a small norm ratio");
        yield return At(64, 768, 1, 0.01, 2, "tiny δ", ProductNotes.Cancellation);
        yield return At(512, 64, 1, 0.01, 1, "rank above dimension", ProductNotes.Overflow);
        yield return At(17, 16, 1, 0.25, 0.5, "r = m + 1: k = 0", ProductNotes.Degrees);
        yield return At(1, 16, 2, 0.25, 0, "rank 1 at ε = 0: c vanishes with λ − h");
    }

    private static VectorTest At(int rank, int dimension, double ratio, double angle, double epsilon, string comment, params string[] flags)
        => VectorTest.Valid(Pair(rank, dimension, ratio, angle).With(("epsilon", epsilon)), comment, flags);
}
