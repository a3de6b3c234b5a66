using Spectre.Console;

namespace LoraPrivacy.Oracle.Conformance.Reporting;

/// <summary>A report for people: a table by operation, what fails and why, and the verdict.</summary>
internal static class ConformanceText
{
    /// <summary>The width of the text where it is not written to a terminal.</summary>
    public const int Width = 112;

    private const int MostListed = 5;
    private const int LongestQuery = 100;

    public static void Write(IAnsiConsole console, ConformanceReport report)
    {
        Line(console, report.Identity is { } identity ? $"{identity.Name} {identity.Version}" : "the testee never said hello");
        console.Write(Grid(report));
        foreach (IGrouping<string, TestOutcome> outcomes in report.ByOperation)
        {
            WriteFailures(console, report, outcomes.Key, [.. outcomes.Where(outcome => outcome.IsFailing && !outcome.IsKnownFailure)]);
        }

        foreach (TestOutcome pass in report.UnexpectedPasses)
        {
            Line(console, $"{pass.Test.Id} passes although it is listed as a known failure: strike it from the list");
        }

        if (report.UnexpectedPasses.Count > 0)
        {
            console.WriteLine();
        }

        Line(console, report.Summary, report.Conforms ? new Style(Color.Green, decoration: Decoration.Bold) : new Style(Color.Red, decoration: Decoration.Bold));
        string restarts = report.Restarts > 0 ? $"; the testee was started anew {report.Restarts} times" : "";
        Line(console, string.Create(CultureInfo.InvariantCulture, $"{report.Outcomes.Count} tests in {report.Duration.TotalSeconds:0.0} s{restarts}"));
    }

    private static Spectre.Console.Table Grid(ConformanceReport report)
    {
        Spectre.Console.Table grid = new() { Border = TableBorder.Simple };
        grid.AddColumn(new TableColumn(new Text("operation")));
        foreach (string heading in (string[])["tests", "passed", "failed", "skipped", "errors", "known"])
        {
            grid.AddColumn(new TableColumn(new Text(heading)) { Alignment = Justify.Right });
        }

        foreach (IGrouping<string, TestOutcome> outcomes in report.ByOperation)
        {
            int failed = outcomes.Count(outcome => outcome.Verdict == TestVerdict.Failed);
            int errors = outcomes.Count(outcome => outcome.Verdict is TestVerdict.Error or TestVerdict.NotRun);
            grid.AddRow(
                new Text(outcomes.Key),
                Number(outcomes.Count()),
                Number(outcomes.Count(outcome => outcome.Verdict == TestVerdict.Passed), Color.Green),
                Number(failed, Color.Red),
                Number(outcomes.Count(outcome => outcome.Verdict == TestVerdict.Skipped), Color.Yellow),
                Number(errors, Color.Red),
                Number(outcomes.Count(outcome => outcome.IsKnownFailure && outcome.IsFailing)));
        }

        return grid;
    }

    private static Text Number(int count, Color? color = null)
        => count == 0 ? new Text("·") : color is Color painted ? new Text($"{count}", new Style(painted)) : new Text($"{count}");

    private static void WriteFailures(IAnsiConsole console, ConformanceReport report, string operation, TestOutcome[] failures)
    {
        if (failures.Length == 0)
        {
            return;
        }

        Line(console, $"{operation}: {failures.Length} of {report.Outcomes.Count(outcome => outcome.Test.Operation == operation)} tests fail", new Style(decoration: Decoration.Bold));
        foreach (Explanation explanation in report.Explanations.Where(explanation => explanation.Operation == operation))
        {
            string bug = explanation.Kind switch
            {
                ExplanationKind.Mistake => $"Probably: {explanation.Bug}",
                ExplanationKind.Observation => $"Seen: {explanation.Bug}",
                _ => $"{char.ToUpperInvariant(explanation.Bug[0])}{explanation.Bug[1..]}",
            };
            Line(console, $"  {bug}.");
            Line(console, $"    {char.ToUpperInvariant(explanation.Evidence[0])}{explanation.Evidence[1..]}.{(explanation.Effect is string effect ? $" Effect: {effect}." : "")}");
        }

        foreach (TestOutcome failure in failures.Take(MostListed))
        {
            string subject = string.Join(' ', ((string[])[$"{failure.Test.Id}", failure.Test.Comment, failure.Test.IsRequired ? "" : "(recommended)"]).Where(word => word.Length > 0));
            Line(console, $"  {subject}: {failure.Message}");
            if (failure.Test.Parameters.Length is > 0 and <= LongestQuery)
            {
                Line(console, $"    {failure.Test.Parameters}");
            }
        }

        if (failures.Length > MostListed)
        {
            Line(console, $"  … and {failures.Length - MostListed} more (--json FILE has them all)");
        }

        console.WriteLine();
    }

    private static void Line(IAnsiConsole console, string text, Style? style = null)
    {
        console.Write(style is Style painted ? new Text(text, painted) : new Text(text));
        console.WriteLine();
    }
}
