namespace LoraPrivacy.Reference.Tests.HighPrecision;

/// <summary>The promised accuracy of the product release, over the whole promised domain, corners included.</summary>
public class ProductReleaseAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Delta()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("product-delta");
        Assert.True(table.Count >= 300);
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, Release(point).Delta(Pair(point), point["epsilon"]), 1e-11);
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Epsilon()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("product-epsilon");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, Release(point).Epsilon(Pair(point), point["delta"]), 1e-9, absolute: 1e-12);
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    [Trait("Statement", "S13")]
    public void Loss_distribution()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("product-loss-cdf");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, Release(point).Curve(Pair(point)).LossCdf(point["loss"]), 1e-11, "cdf");
            table.Compare(point, Release(point).Curve(Pair(point)).LossSurvival(point["loss"]), 1e-11, "survival");
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    [Trait("Statement", "S12")]
    public void Delta_floor()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("product-delta-floor");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, ProductRelease.DeltaFloor(point.Integer("rank"), point["angle"]), point.Value("value") < 1e-100 ? 1e-11 : 1e-12);
        }

        table.Verify(output.WriteLine);
    }

    private static ProductRelease Release(HighPrecisionTable.Point point) => new(point.Integer("rank"), point.Integer("dimension"));

    private static VectorPair Pair(HighPrecisionTable.Point point) => new(point["normRatio"], point["angle"]);
}
