namespace LoraPrivacy.CommandLine.Tables;

/// <summary>Tables as GitHub-flavoured Markdown.</summary>
internal static class TableMarkdown
{
    public static string Render(IEnumerable<Table> tables) => string.Join("\n", tables.Select(Render));

    private static string Render(Table table)
    {
        StringBuilder text = new();
        text.Append("### ").Append(table.Title).Append("\n\n");
        AppendRow(text, table.Columns.Select(column => column.Heading));
        AppendRow(text, table.Columns.Select(column => column.IsText ? "---" : "---:"));
        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            AppendRow(text, row.Select(cell => cell.IsMarked ? $"**{cell.Display}**" : cell.Display));
        }

        foreach (string note in table.Notes)
        {
            text.Append('\n').Append(Escaped(note)).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IEnumerable<string> cells)
        => text.Append("| ").AppendJoin(" | ", cells.Select(Escaped)).Append(" |\n");

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
