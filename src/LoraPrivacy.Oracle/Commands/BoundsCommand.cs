namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>bounds</c>: prints the tables of exact values and bounds.</summary>
internal static class BoundsCommand
{
    private const string AllTables = "all";

    public static Command Create()
    {
        Option<string> table = new("--table")
        {
            Description = "Which table to print, or all.",
            HelpName = "NAME",
            DefaultValueFactory = _ => AllTables,
        };
        table.AcceptOnlyFromAmong([AllTables, .. BoundTable.All.Select(bound => bound.Name)]);
        Option<string> format = new("--format") { Description = "How to print.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "markdown", "csv", "json");
        Option<bool> json = new("--json") { Description = "Short for --format json." };
        Option<string?> file = CommonOptions.Out();
        DetailedCommand command = new(
            "bounds",
            "Print tables of exact values and bounds; every printed digit is correct.",
            $"""
            Tables:
            {string.Join("\n", BoundTable.All.Select(bound => $"  {bound.Name,-20} {bound.Summary}"))}

            """)
        {
            table, format, json, file,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                string chosen = parsed.GetValue(format)!;
                if (parsed.GetValue(json) && parsed.IsGiven(format) && chosen != "json")
                {
                    throw new InputException($"--json and --format {chosen} exclude each other");
                }

                return Run(parsed.GetValue(table)!, parsed.GetValue(json) ? "json" : chosen, parsed.GetValue(file), cancellation);
            },
            cancellation));
        return command;
    }

    private static int Run(string name, string format, string? file, CancellationToken cancellation)
    {
        BoundTable[] chosen = [.. BoundTable.All.Where(bound => name == AllTables || bound.Name == name)];
        Table[] tables = ProgressDisplay.Run([.. chosen.Select(bound => bound.Name)], (i, work) => chosen[i].Build(work), cancellation);
        if (format == "text")
        {
            CommandOutput.Write(file, console => TableText.Write(console, tables));
            return ExitCode.Success;
        }

        CommandOutput.Write(file, format switch
        {
            "markdown" => TableMarkdown.Render(tables),
            "csv" => TableCsv.Render(tables),
            _ => TableJson.Render(tables),
        });
        return ExitCode.Success;
    }
}
