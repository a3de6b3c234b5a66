namespace LoraPrivacy.Oracle.Tables;

/// <summary>The smallest batch size that gives a target (ε, δ) in the worst case (S14).</summary>
internal static class BatchSizeTable
{
    public const string Name = "batch-size";

    private const double Delta = 1e-5;

    private static readonly double[] ClipToFloor = [1, 10];
    private static readonly double[] Targets = [1, 4];
    private static readonly int[] Ranks = [4, 16, 64, 256];
    private static readonly int[] Dimensions = [256, 1024, 4096];

    public static Table Build(TableWork work)
    {
        (double Ratio, double Epsilon, int Rank)[] rows =
            [.. ClipToFloor.SelectMany(ratio => Targets.SelectMany(epsilon => Ranks.Select(rank => (ratio, epsilon, rank))))];
        long[][] sizes = work.Grid(rows, Dimensions, (row, dimension) => PrivacyPlanning.SmallestBatch(
            row.Rank, dimension, row.Epsilon, Delta, clip: row.Ratio, floor: 1, NeighbouringRelation.ReplaceOne));
        return new(
            Name,
            "Smallest batch size for (ε, δ = 1e-5), one example replaced",
            ["S14"],
            [new("C/β", Key: "clipToFloor"), new("ε", Key: "epsilon"), new("rank"), .. Dimensions.Select(Grids.DimensionColumn)],
            [.. rows.Select((row, i) => (Cell[])
            [
                Cell.Parameter(row.Ratio), Cell.Parameter(row.Epsilon), Cell.Of(row.Rank), .. sizes[i].Select(Cell.Of),
            ])],
            [
                "C: clipping norm of the per-example gradients; β: norm that the batch mean is known to have at least. One product release of a "
                    + "vector, as in worst-case-epsilon; half as many suffice for one example added or removed.",
            ])
        {
            GroupColumns = 2,
        };
    }
}
