namespace LoraPrivacy.CommandLine.Output;

/// <summary>Work whose length is not known: a spinner and the seconds on standard error where a person sees them, and an end at once on an interrupt.</summary>
internal static class WaitingDisplay
{
    /// <summary>Runs the work on another thread.</summary>
    public static async Task<T> Run<T>(Func<T> work, CancellationToken cancellation)
    {
        Task<T> running = Task.Run(work, cancellation);
        if (!Console.IsErrorRedirected)
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            await console.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ElapsedTimeColumn()).StartAsync(async progress =>
            {
                progress.AddTask("computing").IsIndeterminate = true;
                await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellation)).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }

        return await running.WaitAsync(cancellation).ConfigureAwait(false);
    }
}
