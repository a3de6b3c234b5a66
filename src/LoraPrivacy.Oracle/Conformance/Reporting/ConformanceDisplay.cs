using Spectre.Console;

namespace LoraPrivacy.Oracle.Conformance.Reporting;

/// <summary>Shows a run on standard error where a person can see it: a bar an operation.</summary>
internal static class ConformanceDisplay
{
    public static ConformanceReport Show(IReadOnlyList<ConformanceTest> tests, Func<Action<TestOutcome>, ConformanceReport> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(_ => { });
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).HideCompleted(true).Start(progress =>
        {
            ProgressTask all = progress.AddTask("all tests", maxValue: tests.Count);
            Dictionary<string, ProgressTask> tasks = tests.GroupBy(test => test.Operation)
                .ToDictionary(group => group.Key, group => progress.AddTask(Markup.Escape(group.Key), maxValue: group.Count()));
            return work(outcome =>
            {
                all.Increment(1);
                tasks[outcome.Test.Operation].Increment(1);
            });
        });
    }
}
