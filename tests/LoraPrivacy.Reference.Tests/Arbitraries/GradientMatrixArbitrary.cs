namespace LoraPrivacy.Reference.Tests.Arbitraries;

/// <summary>A gradient matrix of 1 to 4 rows and 1 to 6 columns; zero rows and the zero matrix may come up.</summary>
public sealed record GradientMatrix(double[,] Values)
{
    public int Rows => Values.GetLength(0);

    public int Columns => Values.GetLength(1);

    public override string ToString() => string.Join("; ", Enumerable.Range(0, Rows)
        .Select(row => string.Join(", ", Enumerable.Range(0, Columns).Select(column => Values[row, column]))));
}

public static class GradientMatrixArbitrary
{
    public static Arbitrary<GradientMatrix> Generate() => OfSize(4, 6).ToArbitrary();

    internal static Gen<GradientMatrix> OfSize(int mostRows, int mostColumns) =>
        from rows in Gen.Choose(1, mostRows)
        from columns in Gen.Choose(1, mostColumns)
        from entries in Gen.ArrayOf(GradientVectorArbitrary.Entry, rows * columns)
        select new GradientMatrix(Filled(rows, columns, entries));

    private static double[,] Filled(int rows, int columns, double[] entries)
    {
        double[,] matrix = new double[rows, columns];
        for (int i = 0; i < entries.Length; i++)
        {
            matrix[i / columns, i % columns] = entries[i];
        }

        return matrix;
    }
}
