namespace LoraPrivacy.Certifier.Suites;

/// <summary>The tests of lora/step.</summary>
internal static class LoraStepSuite
{
    private const string Scale = "ScaleForgotten";
    private const string RowColumn = "RowColumnConfusionOfA";
    private const string BatchSum = "SumForMean";
    private const string Softmax = "SoftmaxOverflow";

    public static VectorSuite Suite => new(
        "lora/step", LoraStepCertifier.Step,
        new Dictionary<string, Note>
        {
            [Scale] = new("the scale s = α/r is left out of the forward pass or of the gradients of A and B", "training runs at another learning rate, or at its square"),
            [RowColumn] = new("A is read with rows and columns exchanged", "another adapter is trained than the one in the file"),
            [BatchSum] = new("losses and gradients are summed over the batch and not averaged", "the learning rate grows with the batch"),
            [Softmax] = new("the cross-entropy forms e^z before dividing, or log of a rounded probability", "infinities and NaN, or a loss of 0, for confident predictions"),
        },
        [
            new(1, "squared error", SuiteGroup.Exact, true, Agreement.Relative("1e-10"), [.. SquaredErrors()]),
            new(201, "cross-entropy", SuiteGroup.Certified, true, Agreement.Relative("1e-10"), [.. CrossEntropies()]),
            new(401, "confident predictions", SuiteGroup.Certified, true, Agreement.Absolute("1e-12"), [.. Confident()]),
            InvalidTests.Group(
                "lora/step", Layer(2, 3, 1, 1, 0.5, 1, "squared-error"),
                VectorTest.Invalid(Layer(2, 3, 1, 1, 0.5, 1, "hinge"), "bad-params", "loss", "there is no such loss"),
                VectorTest.Invalid(Layer(2, 3, 1, 1, 0.5, 1, "squared-error").With(("a", new double[][] { [1, 2] })), "bad-params", "a", "A has too few columns"),
                VectorTest.Invalid(Layer(2, 3, 1, 1, 0.5, 1, "squared-error").With(("b", new double[][] { [1, 2] })), "bad-params", "b", "B has the wrong shape"),
                VectorTest.Invalid(Layer(2, 3, 1, 1, 0.5, 1, "cross-entropy").With(("target", new double[][] { [0.5, 0.25] })), "out-of-range", "target", "a row that is no probability vector")),
        ]);

    private static IEnumerable<VectorTest> SquaredErrors()
    {
        int seed = 1;
        foreach ((int rows, int columns, int rank) in ((int, int, int)[])[(1, 1, 1), (2, 2, 2), (2, 3, 1), (3, 4, 2), (4, 3, 3), (1, 8, 2), (5, 2, 2)])
        {
            foreach ((int batch, double scale) in ((int, double)[])[(1, 1), (1, 2), (3, 0.5), (4, 16)])
            {
                string[] flags = [.. scale != 1 ? [Scale] : (string[])[], .. batch > 1 ? [BatchSum] : (string[])[], .. rank == columns && rank > 1 ? [RowColumn] : (string[])[]];
                yield return VectorTest.Valid(Layer(rows, columns, rank, batch, scale, seed++, "squared-error"), "", flags);
            }
        }

        yield return VectorTest.Valid(Layer(2, 3, 2, 2, 2, 99, "squared-error").With(("b", new double[][] { [0, 0], [0, 0] })), "B = 0: the gradient of A vanishes", Scale);
        yield return VectorTest.Valid(Layer(2, 3, 2, 2, 0, 98, "squared-error"), "a scale of 0: the adapter has no effect", Scale);
    }

    private static IEnumerable<VectorTest> CrossEntropies()
    {
        int seed = 50;
        foreach ((int rows, int columns, int rank) in ((int, int, int)[])[(2, 2, 2), (3, 2, 1), (4, 3, 2), (2, 5, 1)])
        {
            foreach ((int batch, double scale) in ((int, double)[])[(1, 1), (2, 0.25), (4, 4)])
            {
                string[] flags = [.. scale != 1 ? [Scale] : (string[])[], .. batch > 1 ? [BatchSum] : (string[])[], .. rank == columns ? [RowColumn] : (string[])[]];
                yield return VectorTest.Valid(Layer(rows, columns, rank, batch, scale, seed++, "cross-entropy"), "", flags);
            }
        }
    }

    // Of the small differences p − t only the absolute error can be asked for: p is a rounded probability next to 1.
    private static IEnumerable<VectorTest> Confident()
    {
        JsonObject confident = Layer(2, 2, 1, 1, 1, 70, "cross-entropy");
        yield return VectorTest.Valid(confident.With(("weight", new double[][] { [1000, 0], [0, -1000] }), ("input", new double[][] { [1, 1] }), ("target", new double[][] { [0, 1] })), "a loss of 2000", Softmax);
        yield return VectorTest.Valid(confident.With(("weight", new double[][] { [40, 0], [0, -40] }), ("input", new double[][] { [1, 1] }), ("target", new double[][] { [1, 0] })), "a loss of 1e-35: confident and right", Softmax);
    }

    // Small dyadic numbers that differ from each other, the same for one seed for ever.
    private static JsonObject Layer(int rows, int columns, int rank, int batch, double scale, int seed, string loss)
    {
        uint state = (uint)seed * 2654435761;
        double Next()
        {
            state = state * 1664525 + 1013904223;
            return ((int)(state >> 24) - 127) / 64.0;
        }

        double[][] Matrix(int height, int width) => [.. Enumerable.Range(0, height).Select(_ => Enumerable.Range(0, width).Select(_ => Next()).ToArray())];
        JsonObject parameters = ParameterBuilder.Of(
            ("weight", Matrix(rows, columns)), ("a", Matrix(rank, columns)), ("b", Matrix(rows, rank)), ("scale", scale), ("input", Matrix(batch, columns)));
        double[][] target = loss == "cross-entropy"
            ? [.. Enumerable.Range(0, batch).Select(i => Enumerable.Range(0, rows).Select(j => j == i % rows ? 0.75 : j == (i + 1) % rows ? 0.25 : 0.0).ToArray())]
            : Matrix(batch, rows);
        return parameters.With(("target", target), ("loss", loss));
    }
}
