namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>Rows of gradients, and samples of the entries of sketched ones.</summary>
internal static class GradientRows
{
    public static double[] Row(this double[,] matrix, int row) => [.. Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[row, j])];

    public static double Dot(double[] left, double[] right) => left.Zip(right, (x, y) => x * y).Sum();

    public static double Norm(double[] vector) => Math.Sqrt(Dot(vector, vector));

    /// <summary>The rows by falling norm.</summary>
    public static int[] RowsByNorm(this double[,] matrix)
        => [.. Enumerable.Range(0, matrix.GetLength(0)).OrderByDescending(row => Norm(matrix.Row(row)))];

    /// <summary>The columns by falling size of a row's entry.</summary>
    public static int[] ColumnsBySize(double[] row) => [.. Enumerable.Range(0, row.Length).OrderByDescending(j => Math.Abs(row[j]))];

    /// <summary>One entry in every draw, of draws × outputs × inputs.</summary>
    public static double[] Entry(this Tensor draws, int row, int column)
    {
        using DisposeScope scope = NewDisposeScope();
        return draws.select(1, row).select(1, column).contiguous().data<double>().ToArray();
    }

    /// <summary>‖y − q‖² of one row in every draw.</summary>
    public static double[] RowNoise(this Tensor draws, double[,] gradient, int row)
    {
        using DisposeScope scope = NewDisposeScope();
        return (draws.select(1, row) - tensor(gradient.Row(row))).square().sum(dim: 1).data<double>().ToArray();
    }

    /// <summary>⟨y, q⟩/‖q‖² of one row in every draw.</summary>
    public static double[] RowShare(this Tensor draws, double[,] gradient, int row)
    {
        using DisposeScope scope = NewDisposeScope();
        double[] q = gradient.Row(row);
        return draws.select(1, row).matmul(tensor(q)).div(Dot(q, q)).data<double>().ToArray();
    }
}
