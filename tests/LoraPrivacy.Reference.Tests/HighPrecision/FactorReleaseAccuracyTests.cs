namespace LoraPrivacy.Reference.Tests.HighPrecision;

/// <summary>The promised accuracy of the factor release: 1e-11 wherever δ ≥ 1e-100, for one to five eigenvalues.</summary>
public class FactorReleaseAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Statement", "S24")]
    public void Delta()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("factor-delta");
        Assert.True(table.Count >= 60);
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, new FactorRelease(point.Integer("rank"), point.List("eigenvalues")).Delta(point["epsilon"]), 1e-11);
        }

        table.Verify(output.WriteLine);
    }
}
