namespace LoraPrivacy.CommandLine.Input;

/// <summary>What a gradient file holds: a gradient matrix, or the per-example gradients of a batch.</summary>
internal sealed class GradientInput
{
    private GradientInput(string source, double[,]? matrix, IReadOnlyList<double[,]>? perExample)
    {
        Source = source;
        Matrix = matrix;
        PerExample = perExample;
    }

    /// <summary>The file and tensor, for messages.</summary>
    public string Source { get; }

    /// <summary>The gradient, n rows by m columns; null where the file holds per-example gradients.</summary>
    public double[,]? Matrix { get; }

    /// <summary>One n×m gradient an example; null where the file holds a gradient matrix.</summary>
    public IReadOnlyList<double[,]>? PerExample { get; }

    /// <summary>
    /// Reads a tensor's shape as gradients: m is one row vector, n×m a matrix (or b examples of one row vector), b×n×m per-example
    /// gradients.
    /// </summary>
    public static GradientInput From(Tensor tensor, bool rowsArePerExample)
    {
        int[] shape = tensor.Shape;
        if (rowsArePerExample && shape.Length != 2)
        {
            throw new InputException(
                $"{tensor.Source}: --per-example reads the rows of a two-dimensional tensor, but this one is {Tensor.Describe(shape.Select(s => (long)s))}");
        }

        return shape.Length == 3 ? new(tensor.Source, null, Split(tensor, shape[0], shape[1], shape[2]))
            : rowsArePerExample ? new(tensor.Source, null, Split(tensor, shape[0], 1, shape[1]))
            : new(tensor.Source, Split(tensor, 1, shape.Length == 2 ? shape[0] : 1, shape[^1])[0], null);
    }

    private static double[][,] Split(Tensor tensor, int examples, int rows, int columns)
    {
        double[][,] parts = new double[examples][,];
        for (int b = 0; b < examples; b++)
        {
            parts[b] = new double[rows, columns];
            Buffer.BlockCopy(tensor.Values, b * rows * columns * sizeof(double), parts[b], 0, rows * columns * sizeof(double));
        }

        return parts;
    }
}
