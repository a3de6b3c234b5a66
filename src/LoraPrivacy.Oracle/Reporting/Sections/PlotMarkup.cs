using LoraPrivacy.Oracle.Reporting.Plots;

namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>
/// The frame of a plot: its choices, the picture of the first choice and its numbers as a table. The script draws the picture for the
/// width that it has, and keeps picture and table to what is chosen.
/// </summary>
internal static class PlotMarkup
{
    public static void Write(HtmlBuilder html, Plot plot)
    {
        string id = $"plot-{plot.Id}";
        html.Open("figure", ("id", id), ("class", "plot"), ("data-plot", plot.Id)).Verbatim("\n");
        html.Open("figcaption", ("id", $"{id}-title")).Text(plot.Title).Text(" ").Inline("span", string.Join(", ", plot.Statements), ("class", "statements")).CloseLine();
        html.Open("div", ("class", "choices"));
        foreach (Selector selector in plot.Selectors)
        {
            WriteSelector(html, $"{id}-{selector.Id}", selector);
        }

        html.CloseLine();
        html.Open("div", ("class", "picture")).Verbatim(new SvgChart(plot.First.Chart, id, hasTitle: false).Render()).CloseLine();
        html.Line("p", plot.First.Note, ("class", "frame-note"), ("role", "status"));
        html.Line("p", "Point at the picture, tap it, or focus it and press ← and →, to read computed values.", ("class", "read-out"));
        html.Open("details").Inline("summary", "The numbers of this picture").Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", $"{id}-title"));
        WriteNumbers(html, plot);
        html.Close().CloseLine();
        foreach (string note in plot.Notes)
        {
            html.Line("p", note, ("class", "note"));
        }

        html.CloseLine();
    }

    private static void WriteSelector(HtmlBuilder html, string id, Selector selector)
    {
        html.Open("label", ("for", id)).Text(selector.Label + " ");
        if (selector.IsSlider)
        {
            html.Empty(
                "input",
                ("type", "range"),
                ("id", id),
                ("data-selector", selector.Id),
                ("min", "0"),
                ("max", $"{selector.Values.Count - 1}"),
                ("step", "1"),
                ("value", $"{selector.Default}"),
                ("autocomplete", "off"),
                ("aria-valuetext", selector.Values[selector.Default]));
            html.Inline("output", selector.Values[selector.Default], ("for", id));
        }
        else
        {
            html.Open("select", ("id", id), ("data-selector", selector.Id), ("autocomplete", "off"));
            for (int i = 0; i < selector.Values.Count; i++)
            {
                html.Inline("option", selector.Values[i], ("value", $"{i}"), ("selected", i == selector.Default ? "selected" : null));
            }

            html.Close();
        }

        html.Close();
    }

    private static void WriteNumbers(HtmlBuilder html, Plot plot)
    {
        IReadOnlyList<Line> lines = plot.First.Chart.Lines;
        double[] grid = lines[0].X;
        html.Open("table").Open("caption").Inline("div", plot.First.Note).Close();
        html.Open("thead").Open("tr").Inline("th", plot.First.Chart.X.Label, ("scope", "col"));
        foreach (Line line in lines)
        {
            html.Inline("th", line.Label, ("scope", "col"));
        }

        html.Close().CloseLine().Open("tbody").Verbatim("\n");
        for (int i = 0; i < grid.Length; i++)
        {
            html.Open("tr").Inline("th", Number(grid[i]), ("scope", "row"));
            foreach (Line line in lines)
            {
                html.Inline("td", Number(line.Y[i]));
            }

            html.CloseLine();
        }

        html.Close().Close();
    }

    private static string Number(double value) => double.IsInfinity(value) ? "∞" : Digits.Shortest(value);
}
