namespace LoraPrivacy.Reference.Tests.HighPrecision;

/// <summary>
/// The promised accuracy of the law of one entry (1e-12 in the body, 1e-10 in tails down to 1e-100) and of its distance
/// to the normal law (1e-10).
/// </summary>
public class NoiseAccuracyTests(ITestOutputHelper output)
{
    // The body: within what has a probability of 1e-6 and more.
    private static double Promise(double value) => value > 1e-6 ? 1e-12 : 1e-10;

    [Fact]
    [Trait("Statement", "S7")]
    public void Density()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("noise-pdf");
        Assert.True(table.Count >= 80);
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            VarianceGamma law = Law(point);
            table.Compare(point, law.Density(point["x"]), Promise(point.Value("value")));
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    [Trait("Statement", "S7")]
    public void Distribution()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("noise-cdf");
        Assert.True(table.Count >= 80);
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            VarianceGamma law = Law(point);
            table.Compare(point, law.CumulativeDistribution(point["x"]), Promise(point.Value("cdf")), "cdf");
            table.Compare(point, law.ComplementaryCumulativeDistribution(point["x"]), Promise(point.Value("survival")), "survival");
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    [Trait("Statement", "S7")]
    public void Quantile()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("noise-quantile");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, Law(point).Quantile(point["probability"]), 1e-11);
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    [Trait("Statement", "S9")]
    [Trait("Speed", "Slow")]
    public void Distance_to_the_normal_law()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("gaussian-distance");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, GaussianDistance.TotalVariation(point["entryRatio"], point.Integer("rank")), 1e-10, "totalVariation");
            table.Compare(point, GaussianDistance.Kolmogorov(point["entryRatio"], point.Integer("rank")), 1e-10, "kolmogorov");
        }

        table.Verify(output.WriteLine);
    }

    private static VarianceGamma Law(HighPrecisionTable.Point point) => new(point["entry"], point["norm"], point.Integer("rank"));
}
