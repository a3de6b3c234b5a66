namespace LoraPrivacy.Oracle.Assessment;

/// <summary>The row of the gradient whose release alone is assessed.</summary>
/// <param name="Index">Its index a.</param>
/// <param name="Q">q, row a of G.</param>
/// <param name="QPrime">q′, row a of G′.</param>
internal sealed record RowChoice(int Index, double[] Q, double[] QPrime)
{
    /// <summary>‖q‖.</summary>
    public double Norm { get; } = EuclideanNorm.Of(Q);

    /// <summary>‖q′‖.</summary>
    public double NormPrime { get; } = EuclideanNorm.Of(QPrime);

    /// <summary>‖q − q′‖.</summary>
    public double Difference { get; } = EuclideanNorm.Of([.. Q.Zip(QPrime, (x, y) => x - y)]);

    /// <summary>λ and θ; null where one of the rows is 0 and a release of it is exactly 0.</summary>
    public VectorPair? Pair => Norm > 0 && NormPrime > 0 ? VectorPair.Between(Q, QPrime) : null;

    /// <summary>τ = ‖q − q′‖ / min(‖q‖, ‖q′‖) of this very pair.</summary>
    public double RelativeDifference => Difference == 0 ? 0 : Difference / Math.Min(Norm, NormPrime);

    /// <summary>A given row, or the one whose direction differs most.</summary>
    public static RowChoice Of(double[,] gradient, double[,] neighbour, int? given)
    {
        int rows = gradient.GetLength(0);
        if (given is int index)
        {
            return index >= 0 && index < rows
                ? At(gradient, neighbour, index)
                : throw new InputException($"--row must be in [0, {rows - 1}], but is {index}");
        }

        return Enumerable.Range(0, rows).Select(i => At(gradient, neighbour, i)).MaxBy(row => row.Pair?.Angle ?? -1)!;
    }

    private static RowChoice At(double[,] gradient, double[,] neighbour, int index)
        => new(index, MatrixParts.Row(gradient, index), MatrixParts.Row(neighbour, index));
}
