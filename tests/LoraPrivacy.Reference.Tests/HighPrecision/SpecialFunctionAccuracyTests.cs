using MathNet.Numerics;

namespace LoraPrivacy.Reference.Tests.HighPrecision;

/// <summary>The promised accuracy of the special functions, and where MathNet's fall short.</summary>
public class SpecialFunctionAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public void Incomplete_gamma()
    {
        // The table holds logarithms: compare log P, log Q absolutely, which is P and Q relatively.
        HighPrecisionTable table = HighPrecisionTable.Load("incomplete-gamma");
        double worst = 0;
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            foreach ((string name, double actual) in ((string, double)[])[
                ("logP", IncompleteGamma.RegularizedP(point["shape"], point["x"])),
                ("logQ", IncompleteGamma.RegularizedQ(point["shape"], point["x"]))])
            {
                double log = point.Value(name);
                if (log < -700)
                {
                    Assert.InRange(actual, 0, 1e-303);
                    continue;
                }

                double expected = Math.Exp(log);
                double error = Math.Abs(actual - expected) / expected;

                // exp magnifies the rounding of a large log; so does the exponent of the function itself.
                double promised = 1e-14 + 1e-15 * Math.Abs(log);
                worst = Math.Max(worst, error);
                Assert.True(error <= promised, $"{point.Id} {name}: {actual:R}, expected {expected:R}, error {error:E2}: {point}");
            }
        }

        output.WriteLine($"{table.Count} points, worst relative error {worst:E2}");
    }

    [Fact]
    public void Complementary_error_function()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("erfc");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            double x = point["x"];
            if (point.Value("erfc") > 1e-300)
            {
                table.Compare(point, ErrorFunction.Erfc(x), 1e-14, "erfc");
            }

            table.Compare(point, ErrorFunction.Erfcx(x), x >= 0 ? 1e-15 : 1e-14, "erfcx");
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    public void Student_t()
    {
        HighPrecisionTable table = HighPrecisionTable.Load("student-t");
        foreach (HighPrecisionTable.Point point in table.Points)
        {
            int degrees = point.Integer("degrees");
            double small = Math.Min(point.Value("cdf"), point.Value("survival"));
            if (small > 1e-300)
            {
                table.Compare(point, StudentT.Cdf(point["x"], degrees), small < 1e-100 ? 1e-12 : 1e-13, "cdf");
                table.Compare(point, StudentT.Cdf(-point["x"], degrees), small < 1e-100 ? 1e-12 : 1e-13, "survival");
            }
        }

        table.Verify(output.WriteLine);
    }

    [Fact]
    public void MathNets_Bessel_K_overflows_where_its_logarithm_is_needed()
    {
        // The table holds log K. Where this fails, MathNet has gained a form that S7's closed density could use.
        HighPrecisionTable table = HighPrecisionTable.Load("bessel-k");
        int lost = table.Points.Count(point =>
            !double.IsFinite(Math.Log(SpecialFunctions.BesselK(point["order"], point["x"])))
            && !double.IsFinite(Math.Log(SpecialFunctions.BesselKScaled(point["order"], point["x"]))));
        output.WriteLine($"{lost} of {table.Count} points overflow or underflow");
        Assert.InRange(lost, 1, table.Count - 1);
    }
}
