namespace LoraPrivacy.Oracle.Tables;

/// <summary>A table that the verb bounds can compute.</summary>
internal sealed record BoundTable(string Name, string Summary, Func<TableWork, Table> Build)
{
    /// <summary>All tables, in the order in which they are printed.</summary>
    public static IReadOnlyList<BoundTable> All { get; } =
    [
        new(NoiseTable.Name, "noise variance against rank", NoiseTable.Build),
        new(GaussianDistanceTable.Name, "distance of an entry's law to the normal law against rank", GaussianDistanceTable.Build),
        new(DeltaFloorTable.Name, "the smallest possible δ against τ and rank", DeltaFloorTable.Build),
        new(WorstCaseTable.Name, "worst-case ε against rank, dimension and τ", WorstCaseTable.Build),
        new(BestRankTable.Name, "the most private rank", BestRankTable.Build),
        new(BatchSizeTable.Name, "the smallest batch for a target (ε, δ)", BatchSizeTable.Build),
        new(ComparatorsTable.Name, "exact ε beside published bounds and the normal approximation", ComparatorsTable.Build),
        new(DpSgdTable.Name, "DP-SGD on B: ε between bounds against noise, sampling rate and steps", DpSgdTable.Build),
        new(FreshSketchTable.Name, "many releases with a fresh A each: ε between bounds", FreshSketchTable.Build),
        new(SketchedGaussianTable.Name, "added noise with and without a sketch, against rank", SketchedGaussianTable.Build),
        new(ProjectedGaussianTable.Name, "noise before the projection on the rows of A, against rank and dimension", ProjectedGaussianTable.Build),
        new(VerdictsTable.Name, "what is and is not private, release by release", VerdictsTable.Build),
    ];
}

/// <summary>The parameters that several tables share.</summary>
internal static class Grids
{
    /// <summary>1, 2, 4, …, 1024.</summary>
    public static IReadOnlyList<int> Ranks { get; } = [.. Enumerable.Range(0, 11).Select(power => 1 << power)];

    /// <summary>64 to 16384: from a digit image to the widest layers of large models.</summary>
    public static IReadOnlyList<int> Dimensions { get; } = [64, 256, 1024, 4096, 16384];

    public static Column DimensionColumn(int dimension) => new($"m = {dimension}", Key: $"dimension{dimension}");
}
