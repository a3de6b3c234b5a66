namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>A table of results as an HTML table that scrolls inside its own box.</summary>
internal static class TableMarkup
{
    public static void Write(HtmlBuilder html, Table table)
    {
        html.Open("article", ("id", $"table-{table.Name}")).Verbatim("\n");
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", $"caption-{table.Name}"));
        html.Open("table");
        html.Open("caption", ("id", $"caption-{table.Name}")).Open("div").Text(table.Title).Text(" ").Inline("span", string.Join(", ", table.Statements), ("class", "statements")).Close().CloseLine();
        html.Open("thead").Open("tr");
        foreach (Column column in table.Columns)
        {
            html.Inline("th", column.Heading, ("scope", "col"), ("class", ClassOf(column)));
        }

        html.Close().CloseLine().Open("tbody").Verbatim("\n");
        for (int i = 0; i < table.Rows.Count; i++)
        {
            if (table.StartsGroup(i))
            {
                html.CloseLine().Open("tbody").Verbatim("\n");
            }

            WriteRow(html, table, table.Rows[i]);
        }

        html.CloseLine().Close().CloseLine();
        foreach (string note in table.Notes)
        {
            html.Line("p", note, ("class", "note"));
        }

        html.CloseLine();
    }

    // The key of a row, or its first cell where it belongs to no group, is its heading.
    private static void WriteRow(HtmlBuilder html, Table table, IReadOnlyList<Cell> row)
    {
        int headings = Math.Max(1, Math.Min(table.GroupColumns + 1, row.Count - 1));
        html.Open("tr");
        for (int j = 0; j < row.Count; j++)
        {
            string? style = ClassOf(table.Columns[j]);
            if (j < headings)
            {
                html.Inline("th", row[j].Display, ("scope", "row"), ("class", style));
            }
            else if (row[j].IsMarked)
            {
                html.Open("td", ("class", style)).Inline("strong", row[j].Display + "*").Close();
            }
            else
            {
                html.Inline("td", row[j].Display, ("class", style));
            }
        }

        html.CloseLine();
    }

    private static string? ClassOf(Column column) => column.IsText ? "text" : null;
}
