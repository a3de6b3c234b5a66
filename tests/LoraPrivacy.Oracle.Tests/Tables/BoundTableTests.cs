using LoraPrivacy.Oracle.Tables;

namespace LoraPrivacy.Oracle.Tests.Tables;

public class BoundTableTests
{
    [Fact]
    [Trait("Statement", "S4")]
    public Task Noise() => Verifier.Verify(Render(NoiseTable.Build));

    [Fact]
    [Trait("Statement", "S9")]
    public Task Gaussian_distance() => Verifier.Verify(Render(GaussianDistanceTable.Build));

    [Fact]
    [Trait("Statement", "S12"), Trait("Statement", "S14")]
    public Task Delta_floor() => Verifier.Verify(Render(DeltaFloorTable.Build));

    [Fact]
    [Trait("Statement", "S14"), Trait("Statement", "S15")]
    [Trait("Speed", "Slow")]
    public Task Worst_case_epsilon() => Verifier.Verify(Render(WorstCaseTable.Build));

    [Fact]
    [Trait("Statement", "S15")]
    [Trait("Speed", "Slow")]
    public Task Best_rank() => Verifier.Verify(Render(BestRankTable.Build));

    [Fact]
    [Trait("Statement", "S14")]
    [Trait("Speed", "Slow")]
    public Task Batch_size() => Verifier.Verify(Render(BatchSizeTable.Build));

    [Fact]
    [Trait("Statement", "S26")]
    public Task Comparators() => Verifier.Verify(Render(ComparatorsTable.Build));

    [Fact]
    [Trait("Statement", "S19"), Trait("Statement", "S27")]
    [Trait("Speed", "Slow")]
    public Task Dp_sgd() => Verifier.Verify(Render(DpSgdTable.Build));

    [Fact]
    [Trait("Statement", "S22")]
    [Trait("Speed", "Slow")]
    public Task Fresh_sketch() => Verifier.Verify(Render(FreshSketchTable.Build));

    [Fact]
    [Trait("Statement", "S20"), Trait("Statement", "S21")]
    [Trait("Speed", "Slow")]
    public Task Sketched_gaussian() => Verifier.Verify(Render(SketchedGaussianTable.Build));

    [Fact]
    [Trait("Statement", "S33")]
    [Trait("Speed", "Slow")]
    public Task Projected_gaussian() => Verifier.Verify(Render(ProjectedGaussianTable.Build));

    [Fact]
    [Trait("Statement", "S16"), Trait("Statement", "S17"), Trait("Statement", "S18"), Trait("Statement", "S23"), Trait("Statement", "S24"), Trait("Statement", "S25")]
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
