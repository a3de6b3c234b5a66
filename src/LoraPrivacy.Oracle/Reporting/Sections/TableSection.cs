namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>The tables of bounds; one that was left out is named.</summary>
internal static class TableSection
{
    /// <param name="html">Where it goes.</param>
    /// <param name="tables">Every table, or null where it was left out.</param>
    public static void Write(HtmlBuilder html, IReadOnlyList<(BoundTable Bound, Table? Table)> tables)
    {
        html.Line("p", "The tables of “lora-oracle bounds”; an asterisk marks the most private rank of a column.");
        foreach ((BoundTable bound, Table? table) in tables)
        {
            if (table is not null)
            {
                TableMarkup.Write(html, table);
                continue;
            }

            html.Open("article", ("id", $"table-{bound.Name}")).Line(
                "p", $"Left out with --quick: {bound.Summary}. “lora-oracle bounds --table {bound.Name}” prints it, and “lora-oracle report” without --quick shows it here.", ("class", "note")).CloseLine();
        }
    }
}
