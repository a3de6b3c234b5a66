namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of the other operations product/….</summary>
internal static class ProductSuites
{
    private const string OneSided = "OneSidedTail";
    private const string OneDirection = "OneDirection";

    private static readonly int[] Ranks = [1, 2, 3, 8, 64, 512, 1024];

    public static VectorSuite Epsilon => new(
        "product/epsilon", ProductCertifier.Epsilon,
        new Dictionary<string, Note>
        {
            [ProductNotes.Direction] = ProductNotes.DirectionNote,
            [ProductNotes.Degrees] = ProductNotes.DegreesNote,
            [ProductNotes.Floor] = ProductNotes.FloorNote,
        },
        [
            new(1, "scaled pairs", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. ScaledEpsilons()]),
            new(201, "rotated pairs", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. RotatedEpsilons()]),
            new(401, "no ε at all, or 0", SuiteGroup.Certified, true, Agreement.Bits, [.. SpecialEpsilons()]),
            InvalidTests.Group(
                "product/epsilon", ProductDeltaSuite.Pair(8, 16, 1, 0.25).With(("delta", 0.125)),
                VectorTest.Invalid(ProductDeltaSuite.Pair(8, 1, 1, 0.25).With(("delta", 0.125)), "out-of-range", "angle", "no angle but 0 and π in one dimension")),
        ]);

    /// <summary>product/composed-epsilon for one step.</summary>
    public static VectorSuite Composed => new(
        "product/composed-epsilon", ProductCertifier.Composed,
        new Dictionary<string, Note> { [OneDirection] = new("one direction of the pair is composed only", "the bracket lies below the ε that both directions need") },
        [
            new(1, "one step", SuiteGroup.Certified, true, Agreement.Contains, [.. ComposedEpsilons()]),
            InvalidTests.Group("product/composed-epsilon", ProductDeltaSuite.Pair(8, 16, 1, 0.25).With(("steps", 1), ("delta", 0.125))),
        ]);

    public static VectorSuite LossCdf => new(
        "product/loss-cdf", ProductCertifier.LossCdf,
        new Dictionary<string, Note>
        {
            [ProductNotes.Direction] = ProductNotes.DirectionNote,
            [ProductNotes.Floor] = new("the atom P(L = ∞) is not left out of P(L ≤ ℓ)", "the distribution function tends to 1 where it tends to 1 − δ_∞"),
        },
        [
            new(1, "rotated pairs", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. RotatedLosses()]),
            new(201, "scaled pairs", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. ScaledLosses()]),
            InvalidTests.Group("product/loss-cdf", ProductDeltaSuite.Pair(8, 16, 1, 0.25).With(("loss", 1))),
        ]);

    public static VectorSuite Floor => new(
        "product/delta-floor", ProductCertifier.Floor,
        new Dictionary<string, Note> { [OneSided] = new("the two-sided tail I(r/2, ½) is taken, or the sign of cot θ is lost", "the floor is twice too large, or its complement") },
        [
            new(1, "angles", SuiteGroup.Certified, true, Agreement.Relative("1e-9"), [.. Floors().Where(test => !IsBelowDoubles(test))]),
            new(401, "below the smallest double, and above 0", SuiteGroup.Certified, false, Agreement.UpperBound, [.. Floors().Where(IsBelowDoubles)]),
            InvalidTests.Group("product/delta-floor", ParameterBuilder.Of(("rank", 8), ("angle", 0.5))),
        ]);

    /// <summary>product/worst-case-epsilon: only what is certain, a lower bound.</summary>
    public static VectorSuite WorstCase => new(
        "product/worst-case-epsilon", ProductCertifier.WorstCase,
        new Dictionary<string, Note> { [OneDirection] = new("one direction of a pair, or one pair of the neighbourhood, is taken for the worst case", "ε is promised that a neighbour exceeds") },
        [
            new(1, "at least the ε of pure scaling", SuiteGroup.Certified, true, Agreement.UpperBound, [.. WorstCases()]),
            InvalidTests.Group("product/worst-case-epsilon", ParameterBuilder.Of(("rank", 8), ("dimension", 16), ("relativeSensitivity", 0.125), ("delta", 0.001))),
        ]);

    private static IEnumerable<VectorTest> ScaledEpsilons()
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(1, 1), (4, 64), (64, 768), (1024, 768), (16, 16384)])
        {
            foreach (double ratio in (double[])[0.75, 0.96875, 1.03125, 1.5])
            {
                foreach (double delta in (double[])[1e-5, 1e-12])
                {
                    string[] degrees = rank > 1 && dimension > 1 ? [ProductNotes.Degrees] : [];
                    yield return At(rank, dimension, ratio, 0, delta, "", [ProductNotes.Direction, .. degrees]);
                }
            }
        }

        yield return At(8, 64, 1.25, 0, 1e-100, "a tiny δ", ProductNotes.Direction);
    }

    private static IEnumerable<VectorTest> RotatedEpsilons()
    {
        yield return At(4, 64, 1, 0.0625, 1e-3, "");
        yield return At(32, 16, 1.125, 0.125, 1e-3, "", ProductNotes.Direction);
        yield return At(64, 768, 1, 0.01, 1e-5, "S15, for sin θ next to 0.01: 0.392");
        yield return At(8, 64, 1, 0.01, 1e-9, "a small δ");
    }

    private static IEnumerable<VectorTest> SpecialEpsilons()
    {
        foreach (int rank in (int[])[1, 2, 4])
        {
            yield return At(rank, 768, 1, 0.5, 1e-3, "δ below the floor: no ε is enough", ProductNotes.Floor);
            yield return At(rank, 64, 1.5, 2, 0.25, "the floor is above a half", ProductNotes.Floor);
        }

        yield return At(2, 768, 1, 0.01, 1e-5, "the example of S15: infinite", ProductNotes.Floor);
        yield return At(64, 768, 1, 0, 1e-9, "identical queries");
        yield return At(64, 768, 1, 0.001, 0.5, "δ above δ(0): 0 is enough");
        yield return At(8, 64, 0.96875, 0, 0.75, "δ above δ(0), scaled");
    }

    private static IEnumerable<VectorTest> ComposedEpsilons()
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(4, 64), (64, 768)])
        {
            foreach (double ratio in (double[])[0.75, 0.9375, 1.0625])
            {
                foreach (double delta in (double[])[1e-3, 1e-6])
                {
                    yield return VectorTest.Valid(ProductDeltaSuite.Pair(rank, dimension, ratio, 0).With(("steps", 1), ("delta", delta)), "", OneDirection);
                }
            }
        }

        yield return VectorTest.Valid(ProductDeltaSuite.Pair(2, 768, 1, 0.01).With(("steps", 1), ("delta", 1e-5)), "δ below the floor");
        yield return VectorTest.Valid(ProductDeltaSuite.Pair(8, 64, 1, 0).With(("steps", 1), ("delta", 1e-5)), "identical queries");
        yield return VectorTest.Valid(ProductDeltaSuite.Pair(8, 64, 1.5, 0).With(("steps", 0), ("delta", 1e-5)), "no steps");
    }

    private static IEnumerable<VectorTest> RotatedLosses()
    {
        foreach (int rank in (int[])[1, 16])
        {
            foreach (int dimension in (int[])[2, 64])
            {
                foreach ((double ratio, double angle) in ((double, double)[])[(1, 0.05), (1.25, 0.3)])
                {
                    foreach (double loss in (double[])[0.25, -0.5])
                    {
                        string[] flags = [.. ratio != 1 ? [ProductNotes.Direction] : (string[])[], .. rank == 1 && loss > 0 ? [ProductNotes.Floor] : (string[])[]];
                        yield return Loss(rank, dimension, ratio, angle, loss, "", flags);
                    }
                }
            }
        }

        yield return Loss(4, 64, 1, 0.05, double.PositiveInfinity, "at infinity");
        yield return Loss(4, 64, 1, 0.05, double.NegativeInfinity, "at negative infinity");
        yield return Loss(16, 64, 1, 0.3, 0, "at 0");
        yield return Loss(17, 16, 1, 0.25, 0.5, "r = m + 1");
    }

    private static IEnumerable<VectorTest> ScaledLosses()
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(1, 1), (8, 768), (1024, 64), (64, 16384)])
        {
            foreach (double ratio in (double[])[0.75, 0.96875, 1.03125, 1.5])
            {
                foreach (double loss in (double[])[-1, 0.125, 1])
                {
                    bool isCertain = rank == 1 && Math.Abs(ratio - 1) < 0.1 && loss == 1;
                    yield return Loss(rank, dimension, ratio, 0, loss, "", isCertain ? [] : [ProductNotes.Direction]);
                }
            }
        }

        yield return Loss(8, 8, 1, 0, -1, "identical queries: the loss is 0");
        yield return Loss(8, 8, 1, 0, 0, "identical queries: the loss is 0");
    }

    private static IEnumerable<VectorTest> Floors()
    {
        foreach (int rank in Ranks)
        {
            foreach (double angle in (double[])[1e-3, 0.01, 0.125, 0.5, 1, Math.PI / 2, 1.75, 2.5, 3, 3.140625])
            {
                yield return VectorTest.Valid(ParameterBuilder.Of(("rank", rank), ("angle", angle)), "", OneSided);
            }
        }

        yield return VectorTest.Valid(ParameterBuilder.Of(("rank", 4), ("angle", 0)), "no floor at 0");
        yield return VectorTest.Valid(ParameterBuilder.Of(("rank", 1), ("angle", 1e-9)), "a tiny angle", OneSided);
        yield return VectorTest.Valid(ParameterBuilder.Of(("rank", 8), ("angle", 1e-9)), "1e-73", OneSided);
        yield return VectorTest.Valid(ParameterBuilder.Of(("rank", 1048576), ("angle", 1.5703125)), "the largest rank", OneSided);
    }

    // The floor is at most sin^r θ for acute angles.
    private static bool IsBelowDoubles(VectorTest test)
    {
        ExactParameters parameters = new(test.Parameters);
        double angle = parameters.Real("angle").ToDouble();
        return angle is > 0 and < 1.5 && parameters.Integer("rank") * Math.Log10(Math.Sin(angle)) < -300;
    }

    private static IEnumerable<VectorTest> WorstCases()
    {
        foreach ((int rank, int dimension) in ((int, int)[])[(4, 64), (8, 64), (16, 256), (64, 768), (256, 1024), (8, 1)])
        {
            foreach (double sensitivity in (double[])[0.01, 0.125, 0.5])
            {
                yield return Worst(rank, dimension, sensitivity, 1e-5, "", OneDirection);
            }
        }

        yield return Worst(1, 64, 0.01, 1e-5, "below the floor of rank 1", OneDirection);
        yield return Worst(2, 64, 0.01, 1e-5, "below the floor of rank 2", OneDirection);
        yield return Worst(64, 64, 2, 1e-5, "the queries can be opposite", OneDirection);
        yield return Worst(64, 1, 4, 1e-5, "the queries can be opposite in one dimension", OneDirection);
        yield return Worst(64, 64, Math.ScaleB(1, -20), 0.5, "δ above δ(0)");
    }

    private static VectorTest Worst(int rank, int dimension, double sensitivity, double delta, string comment, params string[] flags)
        => VectorTest.Valid(
            ParameterBuilder.Of(("rank", rank), ("dimension", dimension), ("relativeSensitivity", sensitivity), ("delta", delta)), comment, flags);

    private static VectorTest Loss(int rank, int dimension, double ratio, double angle, double loss, string comment, params string[] flags)
        => VectorTest.Valid(ProductDeltaSuite.Pair(rank, dimension, ratio, angle).With(("loss", loss)), comment, flags);

    private static VectorTest At(int rank, int dimension, double ratio, double angle, double delta, string comment, params string[] flags)
        => VectorTest.Valid(ProductDeltaSuite.Pair(rank, dimension, ratio, angle).With(("delta", delta)), comment, flags);
}
