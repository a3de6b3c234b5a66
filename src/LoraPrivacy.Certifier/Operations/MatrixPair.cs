using LoraPrivacy.Certifier.Arithmetic;

namespace LoraPrivacy.Certifier.Operations;

/// <summary>What two gradients are to each other in S16, decided in rational numbers.</summary>
internal sealed class MatrixPair
{
    private readonly Rational[][] _gradient;
    private readonly Rational[][] _neighbour;

    public MatrixPair(Rational[][] gradient, Rational[][] neighbour)
    {
        _gradient = gradient;
        _neighbour = neighbour;
    }

    /// <summary>The columns, m.</summary>
    public long Columns => _gradient[0].Length;

    /// <summary>identical, scaled, vector or distinguishable.</summary>
    public string Verdict()
    {
        Rational[] first = Flat(_gradient);
        Rational[] second = Flat(_neighbour);
        if (first.SequenceEqual(second))
        {
            return "identical";
        }

        if (IsZero(first) || IsZero(second))
        {
            return "distinguishable";
        }

        if (Factor() is Rational factor)
        {
            return factor.Sign > 0 ? "scaled" : "distinguishable";
        }

        return Rank(_gradient) == 1 && Rank(_neighbour) == 1 && HaveOneColumn() ? "vector" : "distinguishable";
    }

    /// <summary>c with G′ = cG, or null.</summary>
    public Rational? Factor()
    {
        Rational[] first = Flat(_gradient);
        Rational[] second = Flat(_neighbour);
        int place = Array.FindIndex(first, entry => !entry.IsZero);
        Rational factor = second[place] / first[place];
        return first.Zip(second).All(pair => pair.Second == factor * pair.First) ? factor : null;
    }

    /// <summary>‖G‖_F²/‖G′‖_F², which is λ² where the gradients share their column.</summary>
    public Rational SquaredRatio() => Square(_gradient) / Square(_neighbour);

    /// <summary>One row of each, the same and not 0: multiples of q and q′ by one factor where the gradients share their column.</summary>
    public (Rational[] First, Rational[] Second) Rows()
    {
        int row = Array.FindIndex(_gradient, entries => !IsZero(entries));
        return (_gradient[row], _neighbour[row]);
    }

    /// <summary>rank G.</summary>
    public int GradientRank() => Rank(_gradient);

    // Two matrices of rank one have parallel columns where every column of the one is parallel to every column of the other.
    private bool HaveOneColumn()
    {
        Rational[] first = SomeColumn(_gradient);
        Rational[] second = SomeColumn(_neighbour);
        return Rank([first, second]) == 1;
    }

    private static Rational[] SomeColumn(Rational[][] matrix)
        => Enumerable.Range(0, matrix[0].Length).Select(j => matrix.Select(row => row[j]).ToArray()).First(column => !IsZero(column));

    private static bool IsZero(Rational[] entries) => Array.TrueForAll(entries, entry => entry.IsZero);

    private static Rational[] Flat(Rational[][] matrix) => [.. matrix.SelectMany(row => row)];

    private static Rational Square(Rational[][] matrix) => Flat(matrix).Aggregate((Rational)0, (sum, entry) => sum + entry * entry);

    // Gaussian elimination.
    private static int Rank(Rational[][] matrix)
    {
        Rational[][] rows = [.. matrix.Select(row => (Rational[])row.Clone())];
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
                Rational factor = rows[i][j] / rows[rank][j];
                rows[i] = [.. rows[i].Zip(rows[rank], (x, y) => x - factor * y)];
            }

            rank++;
        }

        return rank;
    }
}
