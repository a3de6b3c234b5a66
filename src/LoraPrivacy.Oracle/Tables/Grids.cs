using LoraPrivacy.CommandLine.Tables;

namespace LoraPrivacy.Oracle.Tables;

/// <summary>The parameters that several tables share.</summary>
internal static class Grids
{
    /// <summary>1, 2, 4, …, 1024.</summary>
    public static IReadOnlyList<int> Ranks { get; } = [.. Enumerable.Range(0, 11).Select(power => 1 << power)];

    /// <summary>64 to 16384: from a digit image to the widest layers of large models.</summary>
    public static IReadOnlyList<int> Dimensions { get; } = [64, 256, 1024, 4096, 16384];

    /// <summary>The column of one dimension.</summary>
    public static Column DimensionColumn(int dimension) => new($"m = {dimension}", Key: $"dimension{dimension}");
}
