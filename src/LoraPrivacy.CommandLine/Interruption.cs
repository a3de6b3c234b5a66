using System.Runtime.InteropServices;

namespace LoraPrivacy.CommandLine;

/// <summary>Turns Ctrl-C, a request to terminate and the end of the terminal into a cancellation, and ends the process if that is not heeded.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
    ];

    /// <summary>How long the work may take to heed a signal. A second signal ends the process at once.</summary>
    public static TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The exit code of a process that ends by the signal that came.</summary>
    public int ExitCode { get; private set; } = CommandLine.ExitCode.Interrupted;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested)
        {
            End();
        }

        ExitCode = context.Signal switch
        {
            PosixSignal.SIGTERM => CommandLine.ExitCode.Terminated,
            PosixSignal.SIGHUP => CommandLine.ExitCode.HungUp,
            _ => CommandLine.ExitCode.Interrupted,
        };
        _ = Task.Delay(Patience).ContinueWith(_ => End(), TaskScheduler.Default);
        source.Cancel();
    }

    private void End()
    {
        // A progress bar that is not unwound has left the terminal without its cursor.
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write("\u001B[?25h\n");
        }

        Environment.Exit(ExitCode);
    }
}
