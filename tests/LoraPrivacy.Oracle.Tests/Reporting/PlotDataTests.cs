using LoraPrivacy.Oracle.Reporting.Plots;
using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.Oracle.Tests.Reporting;

/// <summary>The numbers in the page are those of the reference, to the last digit.</summary>
public class PlotDataTests
{
    private readonly JsonElement plots = JsonDocument.Parse(SamplePage.Document.WithId(ReportPage.DataId).Value).RootElement.GetProperty("plots");

    [Fact]
    [Trait("Statement", "S7")]
    public void Densities_are_those_of_the_variance_gamma_law()
    {
        (double[] z, double[][] lines) = Chosen(DensityPlot.Id, ("ratio", "1"), ("rank", "16"));
        VarianceGamma law = new(1, 1, 16);
        double deviation = Math.Sqrt(law.Variance);
        Assert.Equal(z.Select(x => law.Density(1 + (x * deviation)) * deviation), lines[0]);
        Assert.Equal(0.3989422804014327, lines[1][Array.IndexOf(z, 0)], 1e-15);
    }

    [Fact]
    [Trait("Statement", "S7")]
    public void A_density_that_is_infinite_is_so_in_the_page()
    {
        (double[] z, double[][] lines) = Chosen(DensityPlot.Id, ("ratio", "0"), ("rank", "1"));
        Assert.Equal(double.PositiveInfinity, lines[0][Array.IndexOf(z, 0)]);
        Assert.Single(lines[0], double.IsInfinity);
    }

    [Fact]
    [Trait("Statement", "S14")]
    public void Curves_are_the_worst_case_and_stay_above_their_floor()
    {
        (double[] epsilons, double[][] lines) = Chosen(CurvePlot.Id, ("dimension", "1024"), ("tau", "0.01"), ("rank", "2"));
        Assert.Equal(epsilons.Select(epsilon => new WorstCase(2, 1024).Delta(0.01, epsilon)), lines[0]);
        Assert.All(lines[1], floor => Assert.Equal(new WorstCase(2, 1024).DeltaFloor(0.01), floor));
        Assert.All(lines[0].Zip(lines[1]), pair => Assert.True(pair.First >= pair.Second));
    }

    [Fact]
    [Trait("Statement", "S15")]
    [Trait("Speed", "Slow")]
    public void Epsilon_by_rank_is_the_worst_case_and_its_least_is_marked()
    {
        JsonElement frame = Frame(Plot(RankPlot.Id), ("tau", "0.01"), ("dimension", "64"));
        (double[] ranks, double[][] lines) = Chosen(RankPlot.Id, ("tau", "0.01"), ("dimension", "64"));
        Assert.Equal(ranks.Select(rank => new WorstCase((int)rank, 64).Epsilon(0.01, 1e-5).Epsilon), lines[0]);
        Assert.Equal(ranks.Select(rank => 65 / rank), lines[1]);
        Assert.Equal(double.PositiveInfinity, lines[0][0]);
        Assert.Equal(Array.IndexOf(lines[0], lines[0].Min()), frame.GetProperty("mark").GetInt32());
    }

    [Fact]
    [Trait("Statement", "S19"), Trait("Statement", "S27")]
    public void Brackets_are_those_of_the_accountant()
    {
        (double[] steps, double[][] lines) = Chosen(DpSgdPlot.Id, ("rate", "0.01"), ("noise", "1"));
        for (int i = 0; i < steps.Length; i++)
        {
            DpSgdMechanism run = new(1, 0.01, (long)steps[i]);
            Bracket bracket = run.Epsilon(1e-5);
            double renyi = new RenyiAccountant((RenyiCurve.SubsampledGaussian(1, 0.01), run.Steps)).Epsilon(1e-5).Upper;
            Assert.Equal((bracket.Upper, bracket.Lower, renyi), (lines[0][i], lines[1][i], lines[2][i]));
        }
    }

    [Fact]
    public void Every_choice_has_a_frame_whose_lines_exist_and_fit_their_grid()
    {
        foreach (JsonElement plot in plots.EnumerateArray())
        {
            int choices = plot.GetProperty("selectors").EnumerateArray().Aggregate(1, (product, selector) => product * selector.GetProperty("values").GetArrayLength());
            Assert.Equal(choices, plot.GetProperty("frames").GetArrayLength());
            foreach (JsonElement frame in plot.GetProperty("frames").EnumerateArray())
            {
                JsonElement[] lines = [.. frame.GetProperty("lines").EnumerateArray().Concat(frame.GetProperty("context").EnumerateArray()).Select(index => plot.GetProperty("lines")[index.GetInt32()])];
                int grid = Assert.Single(lines.Select(line => line.GetProperty("grid").GetInt32()).Distinct());
                Assert.All(lines, line => Assert.Equal(plot.GetProperty("grids")[grid].GetArrayLength(), line.GetProperty("y").GetArrayLength()));
            }
        }
    }

    [Fact]
    public void The_table_below_a_picture_has_the_numbers_of_its_first_choice()
    {
        foreach (Plot plot in SamplePage.Page.Plots)
        {
            XElement table = SamplePage.Document.WithId($"plot-{plot.Id}").Named("table").Single();
            double[][] cells = [.. table.Named("tbody").Single().Named("tr").Select(row => row.Elements().Select(cell => Number(cell.Value)).ToArray())];
            Assert.Equal(plot.First.Chart.Lines[0].X.Select((x, i) => (double[])[x, .. plot.First.Chart.Lines.Select(line => line.Y[i])]), cells);
        }
    }

    private static double Number(string text) => text == "∞" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);

    private JsonElement Plot(string id) => plots.EnumerateArray().Single(plot => plot.GetProperty("id").GetString() == id);

    private static JsonElement Frame(JsonElement plot, params (string Selector, string Value)[] choices)
    {
        int index = 0;
        foreach (JsonElement selector in plot.GetProperty("selectors").EnumerateArray())
        {
            string[] values = [.. selector.GetProperty("values").EnumerateArray().Select(value => value.GetString()!)];
            int chosen = Array.IndexOf(values, choices.Single(choice => choice.Selector == selector.GetProperty("id").GetString()).Value);
            Assert.InRange(chosen, 0, values.Length - 1);
            index = (index * values.Length) + chosen;
        }

        return plot.GetProperty("frames")[index];
    }

    /// <summary>What the page shows for a choice: the abscissas and the lines.</summary>
    private (double[] Grid, double[][] Lines) Chosen(string id, params (string Selector, string Value)[] choices)
    {
        JsonElement plot = Plot(id);
        JsonElement[] lines = [.. Frame(plot, choices).GetProperty("lines").EnumerateArray().Select(line => plot.GetProperty("lines")[line.GetInt32()])];
        return (Numbers(plot.GetProperty("grids")[lines[0].GetProperty("grid").GetInt32()]), [.. lines.Select(line => Numbers(line.GetProperty("y")))]);
    }

    private static double[] Numbers(JsonElement list)
        => [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.Parse(value.GetString()!, CultureInfo.InvariantCulture))];
}
