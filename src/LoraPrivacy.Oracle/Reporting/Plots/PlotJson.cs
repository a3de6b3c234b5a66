using System.Text.Json.Serialization;

namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>Plots as the JSON that the page's script reads; every number is there to its last digit, an infinite one as "Infinity".</summary>
internal static class PlotJson
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>All plots, as one object. The default encoder escapes what would end a script element.</summary>
    public static string Render(IReadOnlyList<Plot> plots) => JsonSerializer.Serialize(new { plots = plots.Select(Content) }, Options);

    private static object Content(Plot plot)
    {
        // What frames share, they share here as well.
        List<Line> lines = [.. plot.Frames.SelectMany(frame => frame.Chart.Lines.Concat(frame.Chart.Context)).Distinct()];
        List<double[]> grids = [.. lines.Select(line => line.X).Distinct()];
        return new
        {
            id = plot.Id,
            x = new { label = plot.First.Chart.X.Label, log = plot.First.Chart.X.IsLogarithmic },
            y = new { label = plot.First.Chart.Y.Label, log = plot.First.Chart.Y.IsLogarithmic },
            selectors = plot.Selectors.Select(selector => new { id = selector.Id, values = selector.Values }),
            grids,
            lines = lines.Select(line => new { name = line.Label, grid = grids.IndexOf(line.X), points = line.HasPoints, y = line.Y }),
            frames = plot.Frames.Select(frame => new
            {
                lines = frame.Chart.Lines.Select(line => lines.IndexOf(line)),
                context = frame.Chart.Context.Select(line => lines.IndexOf(line)),
                x = Content(frame.Chart.Horizontal),
                y = Content(frame.Chart.Vertical),
                note = frame.Note,
                mark = frame.Chart.Lines[0].MarkedPoint,
            }),
        };
    }

    private static object Content(AxisScale scale)
        => new { ends = new[] { scale.Low, scale.High }, ticks = scale.Ticks.Select(tick => new object[] { tick.Value, tick.Text, tick.Exponent }) };
}
