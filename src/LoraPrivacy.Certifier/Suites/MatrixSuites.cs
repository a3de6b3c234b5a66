namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of matrix/verdict and matrix/delta.</summary>
internal static class MatrixSuites
{
    private const string RowColumn = "RowColumnConfusion";
    private const string Sign = "SignIgnored";
    private const string Degrees = "DegreesOfFreedom";
    private const string Rows = "RowsComposed";

    private static readonly Dictionary<string, Note> Notes = new()
    {
        [RowColumn] = new("a common row is taken for a common column: the matrix is transposed", "a perfectly distinguishable pair is called private"),
        [Sign] = new("proportional gradients of opposite sign are called a scale family", "a perfectly distinguishable pair is called private"),
        [Degrees] = new("N = rm or r + m − 1 is taken whatever the rank of the gradient is", "δ of scaled matrices is wrong"),
        [Rows] = new("the rows are accounted as independent vector releases", "a guarantee is given where the symmetry of Y·Gᵀ tells the data sets apart"),
    };

    /// <summary>Pairs of gradients, with what is special about them.</summary>
    private static readonly (double[][] Gradient, double[][] Neighbour, string Comment, string[] Flags)[] Pairs =
    [
        ([[1, 2]], [[1, 2]], "identical", []),
        ([[0, 0]], [[0, 0]], "both zero: identical", []),
        ([[1, 2]], [[0, 0]], "one is zero", []),
        ([[0, 0], [0, 0]], [[1, 2], [3, 4]], "one is zero", []),
        ([[1, 2, 2]], [[2, 1, 2]], "one row: a vector", []),
        ([[1, 0]], [[0, 1]], "one row, at a right angle", []),
        ([[3, 4]], [[6, 8]], "one row, scaled", []),
        ([[3, 4]], [[-3, -4]], "one row, opposite", [Sign]),
        ([[1, 2], [2, 4]], [[2, 1], [4, 2]], "a common column", [RowColumn]),
        ([[1, 2], [2, 4]], [[3, 6], [1, 2]], "a common row, and other columns", [RowColumn, Rows]),
        ([[1, 2, 3], [0, 0, 0]], [[2, 2, 1], [0, 0, 0]], "a common column with zeros", [RowColumn]),
        ([[1, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 1, 0]], "one entry each, in other rows and columns", [Rows]),
        ([[1, 0], [0, 1]], [[2, 0], [0, 2]], "scaled, of rank two", [Degrees]),
        ([[1, 0], [0, 1]], [[-2, 0], [0, -2]], "opposite, of rank two", [Sign]),
        ([[1, 0], [0, 1]], [[1, 0], [0, 1.5]], "the rows scaled differently", [Rows]),
        ([[1, 2], [3, 4]], [[1, 2], [3, 5]], "one entry changed", [Rows]),
        ([[1, 2, 0, 1], [0, 1, 1, 2], [1, 3, 1, 3]], [[1.25, 2.5, 0, 1.25], [0, 1.25, 1.25, 2.5], [1.25, 3.75, 1.25, 3.75]], "scaled, of rank two in three rows", [Degrees]),
        ([[1, 2, 3], [2, 4, 6]], [[1, 2, 3], [2, 4, 6.5]], "of rank one against rank two", [Rows]),
        ([[1], [2]], [[2], [1]], "one column, not proportional", [RowColumn]),
        ([[1], [2]], [[2], [4]], "one column, scaled", []),
        ([[0.5, -0.25], [0.25, -0.125]], [[0.25, 0.5], [0.125, 0.25]], "a common column, at a right angle", [RowColumn]),
        ([[1, 1, 1, 1, 1, 1]], [[1, 1, 1, 1, 1, 0.875]], "a small change of one entry", []),
        ([[1, 2], [2, 4], [3, 6]], [[-2, 1], [-4, 2], [-6, 3]], "a common column of three rows", [RowColumn]),
        ([[1, 2], [2, 4]], [[-1, -2], [-2, -4]], "a common column, opposite", [Sign]),
    ];

    public static VectorSuite Verdict => new(
        "matrix/verdict", MatrixCertifier.Verdict, Notes,
        [
            new(1, "pairs and their reverse", SuiteGroup.Exact, true, Agreement.Bits, [.. Verdicts()]),
            InvalidTests.Group("matrix/verdict", ParameterBuilder.Of(("gradient", Pairs[15].Gradient), ("neighbour", Pairs[15].Neighbour)), Unequal([])),
        ]);

    public static VectorSuite Delta => new(
        "matrix/delta", MatrixCertifier.Delta, Notes,
        [
            new(1, "pairs", SuiteGroup.Certified, true, Agreement.Relative("1e-8"), [.. Deltas()]),
            InvalidTests.Group(
                "matrix/delta", ParameterBuilder.Of(("gradient", Pairs[15].Gradient), ("neighbour", Pairs[15].Neighbour), ("rank", 2), ("epsilon", 1)),
                Unequal([("rank", 2), ("epsilon", 1)])),
        ]);

    private static VectorTest Unequal((string, object?)[] more) => VectorTest.Invalid(
        ParameterBuilder.Of([("gradient", new double[][] { [1, 2] }), ("neighbour", new double[][] { [1, 2, 3] }), .. more]), "bad-params", "neighbour", "of another shape");

    private static IEnumerable<VectorTest> Verdicts()
    {
        foreach ((double[][] gradient, double[][] neighbour, string comment, string[] flags) in Pairs)
        {
            string[] known = [.. flags.Where(flag => flag != Degrees)];
            yield return VectorTest.Valid(ParameterBuilder.Of(("gradient", gradient), ("neighbour", neighbour)), comment, known);
            yield return VectorTest.Valid(ParameterBuilder.Of(("gradient", neighbour), ("neighbour", gradient)), comment + ", reversed", known);
        }
    }

    private static IEnumerable<VectorTest> Deltas()
    {
        foreach ((double[][] gradient, double[][] neighbour, string comment, string[] flags) in Pairs)
        {
            foreach ((int rank, double epsilon) in ((int, double)[])[(3, 0.5), (1, 0), (16, 2)])
            {
                JsonObject parameters = ParameterBuilder.Of(("gradient", gradient), ("neighbour", neighbour), ("rank", rank), ("epsilon", epsilon));
                yield return VectorTest.Valid(parameters, comment, flags);
            }
        }
    }
}
