using Spectre.Console;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>A check's report as text or JSON.</summary>
internal static class CheckRendering
{
    /// <summary>The width of the text where it is not written to a terminal.</summary>
    public const int Width = 112;

    private const string Holds = "holds";
    private const string Fails = "FAILS";

    public static void WriteText(IAnsiConsole console, CheckReport report)
    {
        Line(console, $"device {report.Device}, libtorch {report.Libtorch}, seed {report.Settings.Seed}{(report.Settings.IsQuick ? ", quick: fewer draws and steps, with wider tolerances" : "")}");
        console.Write(Grid(report));
        TableText.Write(console, MeasuredNoiseTable.Build(report.Noise));
        console.WriteLine();
        foreach (Claim claim in report.Failures)
        {
            WriteFailure(console, claim);
        }

        console.Write(new Text(report.Summary, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        foreach (string line in CheckReport.Scope)
        {
            Line(console, line);
        }
    }

    /// <summary>For programs: every claim with all its digits, the noise by rank, and the counts.</summary>
    public static string Json(CheckReport report) => TableJson.Render(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("device", report.Device);
        writer.WriteString("libtorch", report.Libtorch);
        writer.WriteNumber("seed", report.Settings.Seed);
        writer.WriteBoolean("quick", report.Settings.IsQuick);
        writer.WriteStartArray("claims");
        foreach (Section section in report.Sections)
        {
            foreach (Claim claim in section.Claims)
            {
                WriteClaim(writer, section.Name, claim);
            }
        }

        writer.WriteEndArray();
        writer.WritePropertyName("noise");
        TableJson.WriteRows(writer, MeasuredNoiseTable.Build(report.Noise));
        writer.WriteNumber("holding", report.Claims.Count(claim => claim.Holds));
        writer.WriteNumber("failing", report.Failures.Count);
        TableJson.WriteStrings(writer, "scope", CheckReport.Scope);
        writer.WriteEndObject();
    });

    private static void WriteClaim(Utf8JsonWriter writer, string subject, Claim claim)
    {
        writer.WriteStartObject();
        writer.WriteString("subject", subject);
        writer.WriteString("statement", claim.Statement);
        writer.WriteString("title", claim.Title);
        writer.WriteString("formula", claim.Formula);
        writer.WriteString("specification", claim.Statement is string statement ? StatementIndex.PlaceOf(statement) : null);
        TableJson.WriteCell(writer, "exact", claim.ExactCell);
        TableJson.WriteCell(writer, "observed", claim.ObservedCell);
        writer.WriteString("relation", claim.Relation switch
        {
            Relation.Near => "near",
            Relation.AtMost => "atMost",
            _ => "atLeast",
        });
        writer.WriteNumber("tolerance", claim.Tolerance);
        writer.WriteString("verdict", claim.Holds ? "holds" : "fails");
        WriteOptional(writer, "standardError", claim.StandardError);
        WriteOptional(writer, "falseAlarmRate", claim.FalseAlarmRate);
        writer.WriteString("detail", claim.Detail);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is double number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static Spectre.Console.Table Grid(CheckReport report)
    {
        Spectre.Console.Table grid = new() { Border = TableBorder.Simple };
        foreach ((string heading, Justify side) in new[]
        {
            ("", Justify.Left), ("claim", Justify.Left), ("exact", Justify.Right), ("observed", Justify.Right), ("allowed", Justify.Right), ("", Justify.Left),
        })
        {
            grid.AddColumn(new TableColumn(new Text(heading)) { Alignment = side });
        }

        bool isFirst = true;
        foreach (Section section in report.Sections)
        {
            if (!isFirst)
            {
                grid.AddEmptyRow();
            }

            isFirst = false;
            grid.AddRow(new Text(string.Empty), new Text(section.Name, new Style(decoration: Decoration.Bold)));
            foreach (Claim claim in section.Claims)
            {
                grid.AddRow(
                    new Text(claim.Statement ?? string.Empty),
                    new Text(claim.Title),
                    new Text(claim.ExactCell.Display),
                    new Text(claim.ObservedCell.Display),
                    new Text(claim.Allowed),
                    claim.Holds ? new Text(Holds, new Style(Color.Green)) : new Text(Fails, new Style(Color.Red, decoration: Decoration.Bold)));
            }
        }

        return grid;
    }

    private static void WriteFailure(IAnsiConsole console, Claim claim)
    {
        Line(console, $"{Fails}: {claim.Title}");
        Line(console, $"  formula   {claim.Formula}{(claim.Statement is string statement ? $" ({StatementIndex.PlaceOf(statement)})" : "")}");
        Line(console, $"  observed  {claim.ObservedCell.Display}, exact {claim.ExactCell.Display}, allowed {claim.Allowed}");
        Line(console, $"  how       {claim.Detail}");
        console.WriteLine();
    }

    private static void Line(IAnsiConsole console, string text)
    {
        console.Write(new Text(text));
        console.WriteLine();
    }
}
