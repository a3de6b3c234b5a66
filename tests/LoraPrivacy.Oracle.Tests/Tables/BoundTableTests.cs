using LoraPrivacy.Oracle.Output;
using LoraPrivacy.Oracle.Tables;
using VerifyXunit;
using Xunit;

namespace LoraPrivacy.Oracle.Tests.Tables;

public class BoundTableTests
{
    [Fact]
    public Task Noise() => Verifier.Verify(Render(NoiseTable.Build));

    [Fact]
    public Task Gaussian_distance() => Verifier.Verify(Render(GaussianDistanceTable.Build));

    [Fact]
    public Task Delta_floor() => Verifier.Verify(Render(DeltaFloorTable.Build));

    [Fact]
    public Task Worst_case_epsilon() => Verifier.Verify(Render(WorstCaseTable.Build));

    [Fact]
    public Task Best_rank() => Verifier.Verify(Render(BestRankTable.Build));

    [Fact]
    public Task Batch_size() => Verifier.Verify(Render(BatchSizeTable.Build));

    [Fact]
    public Task Comparators() => Verifier.Verify(Render(ComparatorsTable.Build));

    [Fact]
    public Task Verdicts() => Verifier.Verify(Render(VerdictsTable.Build));

    [Fact]
    public void Every_table_has_a_snapshot()
        => Assert.Equal(
            BoundTable.All.Select(table => table.Name.Replace('-', '_')).Order(),
            typeof(BoundTableTests).GetMethods()
                .Where(method => method.ReturnType == typeof(Task))
                .Select(method => method.Name.ToLowerInvariant())
                .Order());

    private static string Render(Func<TableWork, Table> build)
    {
        Table table = build(TableWork.Silent);
        Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count));
        Assert.Equal(table.Columns.Count, table.Columns.Select(column => column.Name).Distinct().Count());
        return PlainConsole.Render(console => TableText.Write(console, table));
    }
}
