namespace LoraPrivacy.CommandLine.Tables;

/// <summary>Tables as comma-separated values, each with a line of names; several are set apart by a blank line.</summary>
internal static class TableCsv
{
    public static string Render(IEnumerable<Table> tables) => string.Join("\n", tables.Select(Render));

    private static string Render(Table table)
    {
        StringBuilder text = new();
        AppendLine(text, table.Columns.Select(column => column.Name));
        foreach (IReadOnlyList<Cell> row in table.Rows)
        {
            AppendLine(text, row.Select(cell => cell.Data));
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> fields)
        => text.AppendJoin(',', fields.Select(Quoted)).Append('\n');

    private static string Quoted(string field)
        => field.AsSpan().ContainsAny(",\"\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
