using System.Xml.Linq;

namespace LoraPrivacy.CommandLine.Plots;

/// <summary>
/// Draws a chart as SVG. Everything is given by attributes, so that any viewer shows it, and has the class names that the style sheet of
/// the page knows. Lines differ by their dashes and points by their shapes, not by colour alone; no text leaves the picture or is cut.
/// </summary>
internal sealed class SvgChart
{
    private const string Fonts = "Helvetica, Arial, 'DejaVu Sans', sans-serif";
    private const double Width = 720;
    private const double FrameHeight = 380;
    private const double Edge = 14;
    private const double TitleSize = 17;
    private const double LabelSize = 15;
    private const double TickSize = 13;
    private const double Swatch = 38;
    private const string Ink = "#1b1f24";
    private const string Faint = "#444b54";

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly string[] Colours = ["#0b5cad", "#b3470b", "#5b6770", "#1f6b33", "#7a2a8c", "#8a1538"];
    private static readonly double[][] Dashes = [[7, 4], [2, 3], [12, 3, 2, 3], [12, 5], [5, 2, 1, 2, 1, 2], [4, 6], [16, 3, 5, 3]];

    private readonly Chart chart;
    private readonly string id;
    private readonly AxisScale x;
    private readonly AxisScale y;
    private readonly double left;
    private readonly double right;
    private readonly XElement svg = new(Svg + "svg");
    private double top;

    /// <summary>A drawing of a chart.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="id">What its identifiers begin with, in a document with others.</param>
    /// <param name="hasTitle">Whether the title is written above it; its name it is in any case.</param>
    public SvgChart(Chart chart, string id = "chart", bool hasTitle = true)
    {
        (this.chart, this.id, x, y) = (chart, id, chart.Horizontal, chart.Vertical);
        left = Edge + (LabelSize * 1.6) + y.Ticks.Max(TickWidth) + 8;
        right = Width - Math.Max(Edge, x.Ticks.Max(TickWidth) / 2);
        svg.Add(
            new XAttribute("role", "img"),
            new XAttribute("font-family", Fonts),
            new XElement(Svg + "title", chart.Title),
            new XElement(Svg + "desc", Description()));
        Add(svg, "rect", ("class", "paper"), ("width", "100%"), ("height", "100%"), ("fill", "#ffffff"));
        top = Edge;
        foreach (string line in hasTitle ? TextWidth.Wrap(chart.Title, TitleSize, Width - (2 * Edge)) : [])
        {
            Text(Width / 2, top + TitleSize, line, TitleSize, "middle", ("class", "name"));
            top += TitleSize * 1.3;
        }

        DrawLegend();
        DrawAxes();
        DrawLines();
        double height = Bottom + (TickSize * 1.6) + (LabelSize * 1.5) + 10;
        svg.SetAttributeValue("viewBox", $"0 0 {Number(Width)} {Number(height)}");
        svg.SetAttributeValue("width", Number(Width));
        svg.SetAttributeValue("height", Number(height));
    }

    private double Bottom => top + FrameHeight;

    /// <summary>The dashes of a line, by its place among the lines; no two are alike.</summary>
    public static string? Dash(int index) => index == 0 ? null
        : string.Join(' ', Dashes[(index - 1) % Dashes.Length].Select(part => Number(part * (1 + (0.6 * ((index - 1) / Dashes.Length))))));

    public string Render() => svg.ToString();

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static double TickWidth(Tick tick) => TextWidth.Of(tick.Text, TickSize) + TextWidth.Of(tick.Exponent, TickSize * 0.75);

    private static string Colour(int index) => Colours[index % Colours.Length];

    private static XElement Add(XElement parent, string name, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        XElement element = new(Svg + name);
        foreach ((string attribute, object? value) in attributes)
        {
            element.SetAttributeValue(attribute, value is double number ? Number(number) : value);
        }

        parent.Add(element);
        return element;
    }

    private static void Segment(XElement parent, double x1, double y1, double x2, double y2, string style, string colour, double width)
        => Add(parent, "line", ("class", style), ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", colour), ("stroke-width", width));

    private static void Path(XElement parent, string style, string d, string colour, double width, string? dash)
        => Add(parent, "path", ("class", style), ("d", d), ("fill", "none"), ("stroke", colour), ("stroke-width", width), ("stroke-linejoin", "round"), ("stroke-dasharray", dash));

    private static void Point(XElement parent, int index, double x, double y)
    {
        string shape = (index % 4) switch
        {
            0 => "m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0",
            1 => "m-3.5-3.5h7v7h-7z",
            2 => "m0-4.5l4.5 4.5l-4.5 4.5l-4.5-4.5z",
            _ => "m0-4.5l4.5 8h-9z",
        };
        Add(parent, "path", ("class", $"point-{index}"), ("d", $"M{Number(x)} {Number(y)}{shape}"), ("fill", index % 2 == 0 ? Colour(index) : "#ffffff"), ("stroke", Colour(index)), ("stroke-width", 1.5));
    }

    /// <summary>The sign of an infinite value: an arrow whose tip is at a point.</summary>
    private static void Arrow(XElement parent, double x, double y, string colour)
        => Add(parent, "path", ("class", "infinite"), ("d", $"M{Number(x)} {Number(y)}l5 9h-10z"), ("fill", colour));

    private XElement Text(double x, double y, string text, double size, string anchor, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        XElement element = Add(svg, "text", [("x", x), ("y", y), ("font-size", size), ("text-anchor", anchor), ("fill", Ink), .. attributes]);
        element.Add(text);
        return element;
    }

    private void TickText(Tick tick, double x, double y, string anchor)
    {
        XElement text = Text(x, y, tick.Text, TickSize, anchor, ("fill", Faint));
        if (tick.Exponent.Length > 0)
        {
            Add(text, "tspan", ("dy", TickSize * -0.4), ("font-size", TickSize * 0.75)).Add(tick.Exponent);
        }
    }

    private double X(double value) => left + (x.Place(value) * (right - left));

    /// <summary>The height of a value; what is far outside the frame stays near it, for viewers that cannot count so far.</summary>
    private double Y(double value) => Bottom - (Math.Clamp(value > 0 || !y.IsLogarithmic ? y.Place(value) : -1, -1, 2) * FrameHeight);

    /// <summary>Whether some of a line is within the picture or marked at its edge.</summary>
    private bool IsShown(Line line) => Array.Exists(line.Y, value => double.IsPositiveInfinity(value) || (value >= y.Low && value <= y.High));

    private string Description()
    {
        StringBuilder text = new($"Horizontal axis: {chart.X.Label}. Vertical axis: {chart.Y.Label}. Lines: {string.Join("; ", chart.Lines.Where(IsShown).Select(line => line.Label))}.");
        foreach (Line line in chart.Lines.Where(line => line.MarkedPoint >= 0))
        {
            text.Append(CultureInfo.InvariantCulture, $" Marked: {line.MarkLabel}.");
        }

        foreach ((Line line, double x) in chart.Lines.SelectMany(line => line.X.Where((_, i) => double.IsPositiveInfinity(line.Y[i])).Select(x => (line, x))))
        {
            text.Append(CultureInfo.InvariantCulture, $" Infinite at {x:R}: {line.Label}.");
        }

        return text.ToString();
    }

    private void DrawLegend()
    {
        (string Label, int Index)[] entries =
        [
            .. chart.Lines.Select((line, i) => (line.Label, i)).Where(entry => IsShown(chart.Lines[entry.i])),
            .. chart.Levels.Count > 0 ? [(chart.LevelLabel, -1)] : Array.Empty<(string, int)>(),
            .. chart.HasInfinity ? [("infinite (∞)", -2)] : Array.Empty<(string, int)>(),
        ];
        double x = left;
        top += TickSize * 1.5;
        foreach ((string label, int index) in entries)
        {
            double width = Swatch + 6 + TextWidth.Of(label, TickSize);
            if (x > left && x + width > Width - Edge)
            {
                (x, top) = (left, top + (TickSize * 1.5));
            }

            DrawSwatch(index, x, top - (TickSize * 0.35));
            Text(x + Swatch + 6, top, label, TickSize, "start");
            x += width + 20;
        }

        top += 12;
    }

    private void DrawSwatch(int index, double x, double y)
    {
        if (index == -2)
        {
            Arrow(svg, x + (Swatch / 2), y - 5, Ink);
            return;
        }

        Line? line = index < 0 ? null : chart.Lines[index];
        if (line is not { HasLine: false })
        {
            Path(svg, line is null ? "level" : $"line line-{index}", $"M{Number(x)} {Number(y)}h{Number(Swatch)}", line is null ? Faint : Colour(index), line is null ? 1 : 2, line is null ? "1 2" : Dash(index));
        }

        if (line is { HasPoints: true })
        {
            Point(svg, index, x + (Swatch / 2), y);
        }
    }

    private void DrawAxes()
    {
        foreach (Tick tick in y.Ticks)
        {
            Segment(svg, left, Y(tick.Value), right, Y(tick.Value), "grid", "#d4d9e0", 1);
            TickText(tick, left - 8, Y(tick.Value) + (TickSize * 0.35), "end");
        }

        double end = 0;
        foreach (Tick tick in x.Ticks)
        {
            double x = X(tick.Value);
            if (x - (TickWidth(tick) / 2) > end)
            {
                Segment(svg, x, top, x, Bottom, "grid", "#d4d9e0", 1);
                TickText(tick, x, Bottom + (TickSize * 1.5), "middle");
                end = x + (TickWidth(tick) / 2) + 5;
            }
        }

        foreach (double value in y.SmallTicks)
        {
            Segment(svg, left, Y(value), left + 4, Y(value), "frame", Faint, 1);
        }

        foreach (double value in chart.X.Ticks is null ? x.SmallTicks : [])
        {
            Segment(svg, X(value), Bottom - 4, X(value), Bottom, "frame", Faint, 1);
        }

        Add(svg, "rect", ("class", "frame"), ("x", left), ("y", top), ("width", right - left), ("height", FrameHeight), ("fill", "none"), ("stroke", Faint));
        Text((left + right) / 2, Bottom + (TickSize * 1.6) + (LabelSize * 1.4), chart.X.Label, LabelSize, "middle", ("class", "name"));
        (double x0, double y0) = (Edge + LabelSize, top + (FrameHeight / 2));
        Text(x0, y0, chart.Y.Label, LabelSize, "middle", ("class", "name"), ("transform", $"rotate(-90 {Number(x0)} {Number(y0)})"));
    }

    private void DrawLines()
    {
        XElement clip = Add(svg, "clipPath", ("id", $"{id}-clip"));
        Add(clip, "rect", ("x", left), ("y", top), ("width", right - left), ("height", FrameHeight));
        XElement drawn = Add(svg, "g", ("clip-path", $"url(#{id}-clip)"));
        foreach (Line line in chart.Context)
        {
            Path(drawn, "context", Strokes(line), "#9aa5b0", 1, null);
        }

        foreach (double level in chart.Levels)
        {
            Path(drawn, "level", $"M{Number(left)} {Number(Y(level))}H{Number(right)}", Faint, 1, "1 2");
        }

        for (int index = 0; index < chart.Lines.Count; index++)
        {
            Draw(drawn, chart.Lines[index], index);
        }
    }

    private void Draw(XElement drawn, Line line, int index)
    {
        if (line.HasLine)
        {
            Path(drawn, $"line line-{index}", Strokes(line), Colour(index), 2, Dash(index));
        }

        for (int i = 0; i < line.X.Length; i++)
        {
            (double x, double y) = (X(line.X[i]), line.Y[i]);
            if (double.IsPositiveInfinity(y))
            {
                Arrow(svg, x, top + 1, Colour(index));
                bool isLeft = x + 24 > right;
                Text(x + (isLeft ? -8 : 8), top + 13, "∞", LabelSize, isLeft ? "end" : "start");
            }
            else if (double.IsFinite(y) && (y > 0 || !this.y.IsLogarithmic))
            {
                if (line.Errors is double[] errors)
                {
                    Path(drawn, $"line line-{index}", $"M{Number(x - 4)} {Number(Y(y - errors[i]))}h8m-4 0V{Number(Y(y + errors[i]))}m-4 0h8", Colour(index), 1.5, null);
                }

                if (line.HasPoints)
                {
                    Point(drawn, index, x, Y(y));
                }
            }
        }

        if (line.MarkedPoint >= 0)
        {
            Mark(line, X(line.X[line.MarkedPoint]), Y(line.Y[line.MarkedPoint]), index);
        }
    }

    private void Mark(Line line, double x, double y, int index)
    {
        Add(svg, "circle", ("class", "mark"), ("cx", x), ("cy", y), ("r", 8.0), ("fill", "none"), ("stroke", Colour(index)), ("stroke-width", 2.0));
        double half = TextWidth.Of(line.MarkLabel, TickSize) / 2;
        Text(Math.Clamp(x, left + half + 6, Math.Max(left + half + 6, right - half - 6)), y + 26, line.MarkLabel, TickSize, "middle");
    }

    /// <summary>The strokes between neighbouring points: up to the frame and beyond where a value of a continuous line is infinite, and none where there is no value.</summary>
    private string Strokes(Line line)
    {
        StringBuilder d = new();
        char pen = 'M';
        for (int i = 0; i < line.X.Length; i++)
        {
            bool isDrawn = double.IsFinite(line.Y[i]) || (double.IsPositiveInfinity(line.Y[i]) && !line.HasPoints);
            if (isDrawn)
            {
                d.Append(CultureInfo.InvariantCulture, $"{pen}{Number(X(line.X[i]))} {Number(Y(line.Y[i]))}");
            }

            pen = isDrawn ? 'L' : 'M';
        }

        return d.ToString();
    }
}
