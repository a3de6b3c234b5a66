using LoraPrivacy.Tests;
using Xunit;

namespace LoraPrivacy.Spec.Tests;

/// <summary>The figures of the README are those of the snapshots.</summary>
public class ReadmeTests
{
    [Fact]
    [Trait("Statement", "S14")]
    public void The_table_of_results_repeats_the_snapshot_of_the_worst_case()
    {
        string[][] snapshot = [.. File
            .ReadLines(Repository.File(
                "tests", "LoraPrivacy.Oracle.Tests", "Tables", "BoundTableTests.Worst_case_epsilon.verified.txt"))
            .Select(line => line.Replace("*", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells.Length == 8 && cells[0] == "1e-5" && cells[1] == "0.01")
            .Select(cells => cells[2..])];
        string[][] readme = [.. File
            .ReadLines(Repository.File("README.md"))
            .SkipWhile(line => !line.StartsWith("| rank | m = 64 |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Replace("*", "", StringComparison.Ordinal).Split(['|', ' '], StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(11, snapshot.Length);
        Assert.Equal(snapshot, readme);
    }
}
