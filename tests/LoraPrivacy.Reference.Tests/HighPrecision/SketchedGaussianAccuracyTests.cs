namespace LoraPrivacy.Reference.Tests.HighPrecision;

/// <summary>The promised accuracy of the Gaussian mechanism with the sensitivity of a sketch.</summary>
[Trait("Statement", "S20")]
public class SketchedGaussianAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Speed", "Slow")]
    public void Sketched_gaussian_delta()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("sketched-gaussian-delta");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            SketchedGaussianMechanism mechanism = new(point.Integer("rank"), point["ratio"], 1);
            table.Compare(point, mechanism.Delta(point["epsilon"]), 1e-11);
        }

        table.Verify(output.WriteLine);
    }
}
