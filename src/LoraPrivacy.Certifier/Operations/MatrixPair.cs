namespace LoraPrivacy.Certifier.Operations;

/// <summary>What two gradients are to each other in S16, decided in rational numbers.</summary>
internal sealed class MatrixPair
{
    private readonly ExactNumber[][] gradient;
    private readonly ExactNumber[][] neighbour;

    public MatrixPair(ExactNumber[][] gradient, ExactNumber[][] neighbour)
    {
        this.gradient = gradient;
        this.neighbour = neighbour;
    }

    /// <summary>The columns, m.</summary>
    public long Columns => gradient[0].Length;

    /// <summary>identical, scaled, vector or distinguishable.</summary>
    public string Verdict()
    {
        ExactNumber[] first = Flat(gradient);
        ExactNumber[] second = Flat(neighbour);
        if (first.SequenceEqual(second))
        {
            return "identical";
        }

        if (IsZero(first) || IsZero(second))
        {
            return "distinguishable";
        }

        if (Factor() is ExactNumber factor)
        {
            return factor.Sign > 0 ? "scaled" : "distinguishable";
        }

        return Rank(gradient) == 1 && Rank(neighbour) == 1 && HaveOneColumn() ? "vector" : "distinguishable";
    }

    /// <summary>c with G′ = cG, or null.</summary>
    public ExactNumber? Factor()
    {
        ExactNumber[] first = Flat(gradient);
        ExactNumber[] second = Flat(neighbour);
        int place = Array.FindIndex(first, entry => !entry.IsZero);
        ExactNumber factor = second[place] / first[place];
        return first.Zip(second).All(pair => pair.Second == factor * pair.First) ? factor : null;
    }

    /// <summary>‖G‖_F²/‖G′‖_F², which is λ² where the gradients share their column.</summary>
    public ExactNumber SquaredRatio() => Square(gradient) / Square(neighbour);

    /// <summary>One row of each, the same and not 0: multiples of q and q′ by one factor where the gradients share their column.</summary>
    public (ExactNumber[] First, ExactNumber[] Second) Rows()
    {
        int row = Array.FindIndex(gradient, entries => !IsZero(entries));
        return (gradient[row], neighbour[row]);
    }

    public int GradientRank() => Rank(gradient);

    // Two matrices of rank one have parallel columns where every column of the one is parallel to every column of the other.
    private bool HaveOneColumn()
    {
        ExactNumber[] first = SomeColumn(gradient);
        ExactNumber[] second = SomeColumn(neighbour);
        return Rank([first, second]) == 1;
    }

    private static ExactNumber[] SomeColumn(ExactNumber[][] matrix)
        => Enumerable.Range(0, matrix[0].Length).Select(j => matrix.Select(row => row[j]).ToArray()).First(column => !IsZero(column));

    private static bool IsZero(ExactNumber[] entries) => Array.TrueForAll(entries, entry => entry.IsZero);

    private static ExactNumber[] Flat(ExactNumber[][] matrix) => [.. matrix.SelectMany(row => row)];

    private static ExactNumber Square(ExactNumber[][] matrix) => Flat(matrix).Aggregate((ExactNumber)0, (sum, entry) => sum + entry * entry);

    // Gaussian elimination.
    private static int Rank(ExactNumber[][] matrix)
    {
        ExactNumber[][] rows = [.. matrix.Select(row => (ExactNumber[])row.Clone())];
        int rank = 0;
        for (int j = 0; j < rows[0].Length && rank < rows.Length; j++)
        {
            int pivot = Array.FindIndex(rows, rank, row => !row[j].IsZero);
            if (pivot < 0)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            for (int i = rank + 1; i < rows.Length; i++)
            {
                ExactNumber factor = rows[i][j] / rows[rank][j];
                rows[i] = [.. rows[i].Zip(rows[rank], (x, y) => x - factor * y)];
            }

            rank++;
        }

        return rank;
    }
}
