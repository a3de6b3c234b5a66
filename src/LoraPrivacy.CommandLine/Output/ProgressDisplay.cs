using LoraPrivacy.CommandLine.Tables;

namespace LoraPrivacy.CommandLine.Output;

/// <summary>Computes parts one after the other, with a bar for each on standard error where a person can see it.</summary>
internal static class ProgressDisplay
{
    /// <summary>Computes all parts.</summary>
    /// <param name="names">What the bars are called.</param>
    /// <param name="compute">Computes the part of an index.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static T[] Run<T>(IReadOnlyList<string> names, Func<int, TableWork, T> compute, CancellationToken cancellation)
    {
        if (Console.IsErrorRedirected)
        {
            return [.. Enumerable.Range(0, names.Count).Select(i => compute(i, new TableWork(_ => { }, cancellation)))];
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(progress =>
        {
            ProgressTask[] tasks = [.. names.Select(name => progress.AddTask(name, maxValue: 1))];
            return Enumerable.Range(0, names.Count)
                .Select(i => compute(i, new TableWork(part => tasks[i].Value = Math.Max(part, tasks[i].Value), cancellation)))
                .ToArray();
        });
    }
}
