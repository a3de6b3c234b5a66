namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of factor/delta and factor/epsilon.</summary>
internal static class FactorSuites
{
    private const string Inverted = "EigenvalueInverted";
    private const string Dimension = "DimensionCounted";
    private const string Multiplicity = "MultiplicityIgnored";

    private static readonly Dictionary<string, Note> Notes = new()
    {
        [Inverted] = new("the eigenvalues are those of Σ^{-1/2}Σ′Σ^{-1/2}, the reciprocals", "δ of the other direction is reported"),
        [Dimension] = new("the degrees of freedom r + m − 1 of the product release are taken, in place of r", "the factor release seems less private than it is"),
        [Multiplicity] = new("an eigenvalue that occurs twice is counted once", "δ is too small"),
    };

    private static readonly double[][] Eigenvalues =
    [
        [1.25], [0.75], [1.5, 0.75], [1.25, 1.25], [1.0625, 0.9375, 1.5], [0.5, 0.75], [4, 0.25],
    ];

    public static VectorSuite Delta => new(
        "factor/delta", FactorCertifier.Delta, Notes,
        [
            new(1, "few eigenvalues", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Deltas()]),
            new(401, "extremes", SuiteGroup.Certified, false, Agreement.Relative("1e-8"), [.. Extremes()]),
            Invalid("factor/delta", ("epsilon", 1)),
        ]);

    public static VectorSuite Epsilon => new(
        "factor/epsilon", FactorCertifier.Epsilon, Notes,
        [
            new(1, "few eigenvalues", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Epsilons()]),
            Invalid("factor/epsilon", ("delta", 0.125)),
        ]);

    private static SuiteGroup Invalid(string operation, (string, object?) argument) => InvalidTests.Group(
        operation, Parameters(8, 1.5, 0.75).With(argument),
        VectorTest.Invalid(Parameters(8, 1.5, 0).With(argument), "out-of-range", "eigenvalues", "an eigenvalue of 0"),
        VectorTest.Invalid(Parameters(8, -1.5).With(argument), "out-of-range", "eigenvalues", "a negative eigenvalue"));

    private static IEnumerable<VectorTest> Deltas()
    {
        foreach (double[] eigenvalues in Eigenvalues)
        {
            foreach (int rank in (int[])[1, 2, 8, 64])
            {
                foreach (double epsilon in (double[])[0, 0.5, 3])
                {
                    string[] flags = Flags(eigenvalues);
                    yield return VectorTest.Valid(Parameters(rank, eigenvalues).With(("epsilon", epsilon)), "", epsilon > 0 ? flags : [.. flags.Where(flag => flag != Inverted)]);
                }
            }
        }
    }

    private static IEnumerable<VectorTest> Extremes()
    {
        yield return At(8, 1, "no eigenvalue but 1: identical", [], 1, 1, 1);
        yield return At(8, double.PositiveInfinity, "δ falls to 0", [], 1.5, 0.75);
        yield return At(4, 1, "no eigenvalue above 1, and ε within the bounded loss", [Inverted], 0.5, 0.5);
        yield return At(4, 100, "ε beyond the bounded loss: exactly 0", [], 0.5, 0.75);
        yield return At(1024, 0.5, "a large rank", [Inverted], 1.03125, 0.96875);
        yield return At(1024, 20, "a tiny δ", [Inverted], 1.03125, 0.96875);
        yield return At(64, 40, "a tiny δ", [Inverted], 1.25, 1.125);
        yield return At(1048576, 1, "the largest rank", [Inverted], 1.0009765625);
        yield return At(2, 1, "eigenvalues far apart", [], 1e-6, 1e6);
        yield return At(16, 1, "twenty eigenvalues", [Inverted], [.. Enumerable.Range(1, 20).Select(i => 1 + (i % 2 == 0 ? 1 : -1) * i / 64.0)]);
    }

    private static IEnumerable<VectorTest> Epsilons()
    {
        foreach (double[] eigenvalues in Eigenvalues)
        {
            foreach (int rank in (int[])[2, 16])
            {
                foreach (double delta in (double[])[1e-3, 1e-9])
                {
                    yield return VectorTest.Valid(Parameters(rank, eigenvalues).With(("delta", delta)), "", Flags(eigenvalues));
                }
            }
        }

        yield return VectorTest.Valid(Parameters(4, 1, 1).With(("delta", 1e-5)), "identical");
        yield return VectorTest.Valid(Parameters(4, 1.0009765625).With(("delta", 0.5)), "δ above δ(0)");
        yield return VectorTest.Valid(Parameters(8, 1.5, 0.75).With(("delta", 1e-100)), "a tiny δ", Inverted);
    }

    private static string[] Flags(double[] eigenvalues)
        => [.. eigenvalues.Aggregate((x, y) => x * y) != 1 ? [Inverted] : (string[])[], .. eigenvalues.Distinct().Count() < eigenvalues.Length ? [Multiplicity] : (string[])[], .. eigenvalues.Length == 1 ? [Dimension] : (string[])[]];

    private static VectorTest At(int rank, double epsilon, string comment, string[] flags, params double[] eigenvalues)
        => VectorTest.Valid(Parameters(rank, eigenvalues).With(("epsilon", epsilon)), comment, flags);

    private static JsonObject Parameters(int rank, params double[] eigenvalues) => ParameterBuilder.Of(("rank", rank), ("eigenvalues", eigenvalues));
}
