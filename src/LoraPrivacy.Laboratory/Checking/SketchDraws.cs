namespace LoraPrivacy.Laboratory.Checking;

/// <summary>
/// Steps of one layer over fresh A: for each the released row of the largest gradient, and the number uᵀYv of a combination of two rows
/// and two columns, in which the covariances across rows and columns take part.
/// </summary>
internal sealed class SketchDraws
{
    private SketchDraws(double[,] gradient, int rank, double[][] rows, double[] combinations)
    {
        Gradient = gradient;
        Rank = rank;
        Rows = rows;
        Combinations = combinations;
        (RowIndex, int otherRow) = TwoLargest([.. Enumerable.Range(0, gradient.GetLength(0)).Select(row => EuclideanNorm.Of(MatrixParts.Row(gradient, row)))]);
        Query = MatrixParts.Row(gradient, RowIndex);
        (EntryIndex, int otherEntry) = TwoLargest([.. Query.Select(Math.Abs)]);
        CombinedRows = [RowIndex, otherRow];
        CombinedColumns = [EntryIndex, otherEntry];
    }

    /// <summary>G as the reference has it.</summary>
    public double[,] Gradient { get; }

    public int Rank { get; }

    /// <summary>The row with the largest norm.</summary>
    public int RowIndex { get; }

    /// <summary>That row of G: q.</summary>
    public double[] Query { get; }

    /// <summary>The largest entry of q.</summary>
    public int EntryIndex { get; }

    /// <summary>The released row y of each draw.</summary>
    public double[][] Rows { get; }

    /// <summary>½(e_a + e_b)ᵀ Y (e_i + e_j) of each draw.</summary>
    public double[] Combinations { get; }

    /// <summary>a and b.</summary>
    public int[] CombinedRows { get; }

    /// <summary>i and j.</summary>
    public int[] CombinedColumns { get; }

    /// <summary>Makes the steps.</summary>
    /// <param name="step">The layer at a batch.</param>
    /// <param name="count">How many.</param>
    /// <param name="sequence">The stream that A of each step comes from.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static SketchDraws Collect(LayerStep step, int count, Func<long, RandomSequence> sequence, CancellationToken cancellation)
    {
        // The indices are functions of the gradient alone.
        SketchDraws draws = new(step.Gradient, step.Rank, new double[count][], new double[count]);
        for (int draw = 0; draw < count; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            CollectionSchedule.BetweenSteps();
            using RandomSequence chance = sequence(draw);
            double[,] release = step.Draw(chance);
            draws.Rows[draw] = MatrixParts.Row(release, draws.RowIndex);
            draws.Combinations[draw] = draws.Combination(release);
        }

        return draws;
    }

    /// <summary>The same draws, taken for draws of another rank.</summary>
    public SketchDraws As(int rank) => new(Gradient, rank, Rows, Combinations);

    /// <summary>½(e_a + e_b)ᵀ M (e_i + e_j).</summary>
    public double Combination(double[,] matrix)
        => CombinedRows.Sum(row => CombinedColumns.Sum(column => matrix[row, column])) / 2;

    /// <summary>The exact law of <see cref="Combinations"/>: that of an entry along (e_i + e_j)/√2 of the row Gᵀu (S7).</summary>
    public VarianceGamma CombinationLaw()
    {
        double[] row = [.. Enumerable.Range(0, Gradient.GetLength(1)).Select(column => CombinedRows.Sum(index => Gradient[index, column]) / Math.Sqrt(2))];
        double norm = EuclideanNorm.Of(row);
        return new VarianceGamma(Math.Clamp(Combination(Gradient), -norm, norm), norm, Rank);
    }

    private static (int Largest, int Second) TwoLargest(double[] sizes)
    {
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(index => sizes[index])];
        return (order[0], order[^1] == order[0] ? order[0] : order[1]);
    }
}
