using Spectre.Console;
using Table = LoraPrivacy.CommandLine.Tables.Table;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>A report as text, JSON or CSV.</summary>
internal static class ReportRendering
{
    public static void WriteText(IAnsiConsole console, Report report)
    {
        TableText.WritePairs(console, report.Facts.Select(fact => (fact.Label, fact.Value.Display)), indent: 0);
        console.WriteLine();
        TableText.Write(console, report.Sections);
        console.WriteLine();
        foreach (string line in report.Scope)
        {
            console.Write(new Text(line));
            console.WriteLine();
        }
    }

    /// <summary>For programs: the facts, the rows of each table, and the scope.</summary>
    public static string Json(Report report) => TableJson.Render(writer =>
    {
        writer.WriteStartObject();
        foreach (Fact fact in report.Facts)
        {
            TableJson.WriteCell(writer, fact.Name, fact.Value);
        }

        foreach (Table section in report.Sections)
        {
            writer.WritePropertyName(section.Name);
            TableJson.WriteRows(writer, section);
        }

        TableJson.WriteStrings(writer, "scope", report.Scope);
        writer.WriteEndObject();
    });

    /// <summary>For spreadsheets: one line a rank, with the columns of all tables that have one.</summary>
    public static string Csv(Report report)
    {
        Table[] byRank = [.. report.Sections.Where(section => section.Columns[0].Name == "rank").OrderBy(section => section.Name, StringComparer.Ordinal)];
        Table merged = byRank[0] with
        {
            Columns = [.. byRank[0].Columns, .. byRank.Skip(1).SelectMany(table => table.Columns.Skip(1))],
            Rows = [.. byRank[0].Rows.Select((row, i) => (Cell[])[.. row, .. byRank.Skip(1).SelectMany(table => table.Rows[i].Skip(1))])],
        };
        return TableCsv.Render([merged]);
    }
}
