using System.Text.RegularExpressions;
using LoraPrivacy.CommandLine.Plots;
using LoraPrivacy.Oracle.Plots;
using LoraPrivacy.Reference.Gradients;
using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Laboratory.Tests.Plots;

/// <summary>What pictures show, and that it can be read.</summary>
public class ChartTests
{
    private static readonly int[] Ranks = [4, 16, 64, 256];

    private static readonly Chart Small = new(
        "A small picture", new Axis("abscissa", IsLogarithmic: true), new Axis("ordinate"), [new Line("a & b", [1, 10, 100], [double.PositiveInfinity, 0.5, 2]) { HasPoints = true }]);

    private static readonly Chart Noise = NoiseChart.Of(new Dictionary<string, NoisePoint[]>
    {
        ["one"] = [new NoisePoint(1, 65, 60, 30, 1), new NoisePoint(64, 1, 1.1, 0.01, 1)],
        ["other"] = [new NoisePoint(1, 65, 66, 2, 1), new NoisePoint(64, 1, 0.9, 0.01, 1)],
    });

    /// <summary>Every kind of picture, with labels that are long or at an edge.</summary>
    public static TheoryData<string> Names => [.. Pictures.Keys];

    private static readonly Dictionary<string, Chart> Pictures = new()
    {
        ["law"] = DensityChart.Of(new VarianceGamma(0.3, 1, 8)),
        ["law, infinite"] = DensityChart.Of(new VarianceGamma(-1, 1, 1)),
        ["law, tiny"] = DensityChart.Of(new VarianceGamma(1e-100, 1e-100, 1 << 20)),
        ["law, large"] = DensityChart.Of(new VarianceGamma(1e6, 1e6, 1 << 20)),
        ["curve"] = PrivacyCurveChart.Of(Ranks, 64, new VectorPair(1, 0.1), null),
        ["curve, many ranks"] = PrivacyCurveChart.Of([.. Enumerable.Range(1, 20)], 64, new VectorPair(1, 0.1), 5),
        ["epsilon"] = EpsilonChart.Of("ε at δ = 1e-5 of one product release, for one pair (m = 16384, norm ratio 0.1234, angle 0.1234), and more words than fit", [1, 2, 4, 8], [double.PositiveInfinity, 3, 2, 1.9], 1e-5),
        ["epsilon, one rank"] = EpsilonChart.Of("title", [1024], [1.2345678901], 1e-5),
        ["noise"] = Noise,
        ["small"] = Small,
    };

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Speed", "Slow")]
    public void No_text_leaves_the_picture(string name)
    {
        XElement svg = XElement.Parse(new SvgChart(Pictures[name]).Render());
        Assert.Empty(Outside(svg));
        Assert.NotEmpty(svg.Named("desc").Single().Value);
        Assert.Equal(("img", Pictures[name].Title), ((string?)svg.Attribute("role"), svg.Named("title").Single().Value));
        Assert.DoesNotContain(svg.Named("text"), text => text.Value == "−0");

        // Shown able to fail: a text that is moved to an edge is found.
        XElement moved = svg.Named("text").First();
        moved.SetAttributeValue("x", "715");
        Assert.Equal([moved], Outside(svg));
    }

    [Fact]
    public async Task A_small_picture_to_its_last_letter() => await Verifier.Verify(new SvgChart(Small).Render());

    [Fact]
    [Trait("Statement", "S11"), Trait("Statement", "S12")]
    public void A_curve_is_shown_from_where_it_starts_to_where_it_has_come_down()
    {
        Chart chart = PrivacyCurveChart.Of([16, 64, 256], 64, new VectorPair(1, 0.1), null);
        AxisScale x = chart.Horizontal;
        Assert.Equal((0, 1e-12, 1), (x.Low, chart.Vertical.Low, chart.Vertical.High));
        Assert.All(chart.Lines, line => Assert.True(line.Y[^1] < 1e-12));

        // No wider than that: the slowest curve is still to be seen at nine tenths of the width.
        Assert.Contains(chart.Lines, line => line.Y[line.Y.Length * 9 / 10] > 1e-12);
        Assert.Equal(["1", "10−2", "10−4", "10−6", "10−8", "10−10", "10−12"], chart.Vertical.Ticks.Select(tick => tick.Text + tick.Exponent).Reverse());
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_slow_curve_does_not_press_the_others_to_the_edge()
    {
        Chart chart = PrivacyCurveChart.Of(Ranks, 64, new VectorPair(1, 0.1), null);
        Assert.Equal(25, chart.Horizontal.High);
        Assert.True(chart.Lines[0].Y[^1] > 2 * chart.Levels[0]);
        Assert.Equal(3, chart.Lines.Count(line => line.Y[^1] < 1e-12));
        Assert.Equal(7, PrivacyCurveChart.Of(Ranks, 64, new VectorPair(1, 0.1), 7).Horizontal.High);
    }

    [Fact]
    [Trait("Statement", "S7")]
    public void An_infinite_density_is_drawn_to_the_frame_and_marked()
    {
        Chart chart = DensityChart.Of(new VarianceGamma(0, 1, 1));
        XElement svg = XElement.Parse(new SvgChart(chart).Render());
        (double top, _) = Frame(svg);
        Assert.Contains(Regex.Matches((string)svg.Named("path").Single(path => (string?)path.Attribute("class") == "line line-0" && ((string)path.Attribute("d")!).Length > 100).Attribute("d")!, "[ML][^ ]+ (-?[0-9.]+)"),
            match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) < top);
        Assert.Equal(2, svg.Named("path").Count(path => (string?)path.Attribute("class") == "infinite"));
        Assert.Equal(["infinite (∞)", "∞"], svg.Named("text").Select(text => text.Value).Where(text => text.Contains('∞', StringComparison.Ordinal)));
        Assert.Contains("Infinite at 0: exact", svg.Named("desc").Single().Value, StringComparison.Ordinal);

        // A density that is finite everywhere has no such mark.
        Assert.DoesNotContain(XElement.Parse(new SvgChart(DensityChart.Of(new VarianceGamma(0, 1, 2))).Render()).Named("path"), path => (string?)path.Attribute("class") == "infinite");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_legend_names_what_is_drawn_and_nothing_else()
    {
        Assert.Equal(["rank 4", "rank 16", "rank 64", "rank 256", "floor δ_∞ of a rank"], Legend(PrivacyCurveChart.Of(Ranks, 64, new VectorPair(1, 0.1), null)));
        Assert.Equal(["rank 64", "rank 256"], Legend(PrivacyCurveChart.Of([64, 256], 64, new VectorPair(1, 0.1), null)));
        Assert.Equal(["ε at δ = 1e-5"], Legend(EpsilonChart.Of("title", [1, 2], [2, 1], 1e-5)));
        Assert.Equal(["inside"], Legend(new Chart("title", new Axis("x"), new Axis("y", Greatest: 1), [new Line("inside", [0, 1], [0, 1]), new Line("beyond", [0, 1], [2, 2])])));
        Assert.Equal(["exact, (m + 1)/r", "one, measured ± 3 standard errors", "other, measured ± 3 standard errors"], Legend(Noise));
    }

    [Fact]
    public void Lines_differ_without_their_colours()
    {
        string?[] dashes = [.. Enumerable.Range(0, 40).Select(SvgChart.Dash)];
        Assert.Equal(dashes.Length, dashes.Distinct().Count());
        Assert.Null(dashes[0]);
    }

    [Theory]
    [InlineData(1, 1024, "1 10 100 1000")]
    [InlineData(0.7, 6, "1 2 5")]
    [InlineData(1.1, 1.4, "1.1 1.15 1.2 1.25 1.3 1.35 1.4")]
    [InlineData(1e-5, 1, "10−5 10−4 10−3 10−2 10−1 1")]
    [InlineData(1e-300, 1, "10−300 10−250 10−200 10−150 10−100 10−50 1")]
    public void Logarithmic_axes_have_round_labels(double low, double high, string expected)
        => Assert.Equal(expected, string.Join(' ', AxisScale.Fit(new Axis("x", true, low, high), [], 0).Ticks.Select(tick => tick.Text + tick.Exponent)));

    [Theory]
    [InlineData(-0.1, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0, 2.5e7, "0 5·106 107 1.5·107 2·107 2.5·107")]
    [InlineData(999999, 1000001, "999999 999999.5 1000000 1000000.5 1000001")]
    public void Linear_axes_have_round_labels(double low, double high, string expected)
        => Assert.Equal(expected, string.Join(' ', AxisScale.Fit(new Axis("x", false, low, high), [], 0).Ticks.Select(tick => tick.Text + tick.Exponent)));

    private static string[] Legend(Chart chart)
    {
        XElement svg = XElement.Parse(new SvgChart(chart, hasTitle: false).Render());
        double top = Frame(svg).Top;
        return [.. svg.Named("text").Where(text => (double)text.Attribute("y")! < top - 5 && (string?)text.Attribute("text-anchor") == "start").Select(text => text.Value)];
    }

    private static (double Top, double Left) Frame(XElement svg)
    {
        XElement frame = svg.Named("rect").Single(rect => (string?)rect.Attribute("class") == "frame");
        return ((double)frame.Attribute("y")!, (double)frame.Attribute("x")!);
    }

    /// <summary>The texts that are not within the picture by the table of widths.</summary>
    private static XElement[] Outside(XElement svg)
    {
        double[] box = [.. ((string)svg.Attribute("viewBox")!).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        return [.. svg.Named("text").Where(text =>
        {
            double size = (double)text.Attribute("font-size")!;
            bool isUpright = text.Attribute("transform") is not null;
            (double along, double across) = ((double)text.Attribute(isUpright ? "y" : "x")!, (double)text.Attribute(isUpright ? "x" : "y")!);
            double width = TextWidth.Of(text.Value, size);
            double start = along - ((string?)text.Attribute("text-anchor") switch { "middle" => width / 2, "end" => width, _ => 0 });
            return start < 2 || start + width > box[isUpright ? 3 : 2] - 2 || across - size < 0 || across + (size / 4) > box[isUpright ? 2 : 3];
        })];
    }
}
