namespace LoraPrivacy.Reference.Tests.HighPrecision;

/// <summary>The promised accuracy of the Gaussian mechanism, and how little the Rényi bounds are rounded up.</summary>
[Trait("Statement", "S19")]
public class AccountingAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public void Gaussian_delta()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("gaussian-delta");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            GaussianMechanism mechanism = new(point["mu"]);
            table.Compare(point, mechanism.Delta(point["epsilon"]), 1e-12);
            double logarithm = mechanism.LogDelta(point["epsilon"]);
            Assert.True(Math.Abs(logarithm - Math.Log(point.Value("value"))) <= 1e-12, $"{point.Id}: {logarithm:R}");
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    public void Gaussian_epsilon()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("gaussian-epsilon");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            table.Compare(point, new GaussianMechanism(point["mu"]).Epsilon(point["delta"]), 1e-11, absolute: 1e-13 * point["mu"]);
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    public void Subsampled_gaussian_log_moment()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("subsampled-gaussian-log-moment");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            int order = point.Integer("order");
            SubsampledGaussianRenyi step = new(point["noiseMultiplier"], point["samplingRate"]);
            double bound = step.LogMoment(order);
            Assert.True(bound >= point.Value("value"), $"{point.Id}: {bound:R} is below the moment: {point}");
            table.Compare(point, bound, order < 1024 ? 1e-10 : 1e-9);
            Assert.True(step.RenyiDivergence(order) >= point.Value("value") / (order - 1), $"{point.Id}");
        }

        table.Verify(output.WriteLine);
    }

    // The formula with k² for k(k − 1), without the binomial coefficients, or without the rate's complement.
    [Theory]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, false)]
    public void A_mutated_moment_does_not_agree(int shift, bool binomial, bool complement)
    {
        // Where many terms count; at a small σ the last one is all.
        HighPrecisionTable.Point point = HighPrecisionTable.Load("subsampled-gaussian-log-moment").Points.Single(
            point => point["noiseMultiplier"] == 4 && point["samplingRate"] == 0.3 && point.Integer("order") == 17);
        double expected = point.Value("value");
        Assert.Equal(expected, NaiveMoment(4, 0.3, 17, 1, true, true), 1e-12 * expected);
        double mutated = NaiveMoment(4, 0.3, 17, shift, binomial, complement);
        Assert.True(Math.Abs(mutated / expected - 1) > 1e-3, $"{mutated:R}");
    }

    private static double NaiveMoment(double noise, double rate, int order, int shift, bool binomial, bool complement)
    {
        double excess = 0;
        double coefficient = 1;
        for (int k = 0; k <= order; k++)
        {
            double weight = (binomial ? coefficient : 1) * Math.Pow(rate, k) * (complement ? Math.Pow(1 - rate, order - k) : 1);
            excess += weight * (Math.Exp(k * (k - (double)shift) / (2 * noise * noise)) - 1);
            coefficient *= (order - k) / (k + 1.0);
        }

        return Math.Log(1 + excess);
    }
}
