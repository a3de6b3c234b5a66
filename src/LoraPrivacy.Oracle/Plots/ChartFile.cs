using System.CommandLine;
using System.Text;
using LoraPrivacy.Production.Files;
using ScottPlot;
using ScottPlot.Plottables;

namespace LoraPrivacy.Oracle.Plots;

/// <summary>Draws charts into .svg and .png files.</summary>
internal static class ChartFile
{
    private const int Width = 900;
    private const int Height = 600;

    /// <summary>The option --plot.</summary>
    public static Option<string?> Option(string description)
    {
        Option<string?> option = new("--plot") { Description = description + " into a .svg or .png file.", HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            string path = result.Tokens[0].Value;
            if (!IsSvg(path) && !path.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError($"--plot must name a .svg or .png file, but is '{path}'");
            }
        });
        return option;
    }

    /// <summary>Draws a chart; the extension decides the format.</summary>
    public static void Save(Chart chart, string path)
    {
        EmbeddedFont.Use();
        using Plot plot = new();
        plot.Font.Set(EmbeddedFont.Family);
        Color? previous = null;
        foreach (Line line in chart.Lines)
        {
            previous = Add(plot, chart, line, line.SharesColour ? previous : null);
        }

        plot.Title(chart.Title, size: 17);
        plot.XLabel(chart.XAxis.Label);
        plot.YLabel(chart.YAxis.Label);
        SetTicks(plot.Axes.Bottom, chart.XAxis);
        SetTicks(plot.Axes.Left, chart.YAxis);
        plot.ShowLegend(Alignment.UpperRight);

        // Room for the name of a marked minimum below it.
        bool isMarked = chart.Lines.Any(line => line.MarkedPoint >= 0);
        plot.Axes.Margins(left: chart.XAxis.IsTight ? 0 : 0.05, bottom: isMarked ? 0.12 : 0.02);
        AtomicFile.Write(path, IsSvg(path)
            ? Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height))
            : plot.GetImageBytes(Width, Height, ImageFormat.Png));
    }

    private static bool IsSvg(string path) => path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);

    private static Color Add(Plot plot, Chart chart, Line line, Color? color)
    {
        Coordinates[] points = [.. line.X.Zip(line.Y, (x, y) => new Coordinates(Place(x, chart.XAxis), Place(y, chart.YAxis)))];
        Coordinates[] drawn = [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        Scatter scatter = plot.Add.Scatter(drawn, color);
        scatter.LegendText = line.Label;
        scatter.LineWidth = line.HasLine ? 2 : 0;
        scatter.MarkerSize = line.HasPoints ? 6 : 0;
        scatter.LinePattern = line.IsDashed ? LinePattern.Dashed : LinePattern.Solid;
        if (line.Errors is double[] errors)
        {
            AddBars(plot, chart, line, errors, scatter.Color);
        }

        if (line.MarkedPoint >= 0)
        {
            Coordinates mark = points[line.MarkedPoint];
            plot.Add.Marker(mark, MarkerShape.OpenCircle, 14, scatter.Color);
            Text text = plot.Add.Text(line.MarkLabel, mark);
            text.LabelFontColor = scatter.Color;
            text.LabelAlignment = Alignment.UpperCenter;
            text.OffsetY = 12;
        }

        return scatter.Color;
    }

    private static void AddBars(Plot plot, Chart chart, Line line, double[] errors, Color color)
    {
        for (int i = 0; i < errors.Length; i++)
        {
            double x = Place(line.X[i], chart.XAxis);
            LinePlot bar = plot.Add.Line(x, Place(line.Y[i] - errors[i], chart.YAxis), x, Place(line.Y[i] + errors[i], chart.YAxis));
            bar.Color = color;
            bar.LineWidth = 1.5f;
        }
    }

    private static double Place(double value, Axis axis) => !axis.IsLogarithmic ? value : value > 0 ? Math.Log10(value) : double.NaN;

    private static void SetTicks(IAxis axis, Axis described)
    {
        if (described.IsLogarithmic)
        {
            axis.TickGenerator = new LogarithmicTicks();
        }
    }
}
