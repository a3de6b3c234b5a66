namespace LoraPrivacy.Tests;

/// <summary>Runs a command as a child process, as its users do.</summary>
internal static class CommandProcess
{
    /// <summary>What takes this long hangs: it is ten times what the slowest command of the tests takes, and more where the machine is busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What a finished run left.</summary>
    internal sealed record Result(int ExitCode, string Output, string Error);

    /// <summary>Starts the command with all its standard streams redirected.</summary>
    public static Process Start(string command, params string[] arguments)
    {
        // Whoever runs the tests in the background of a shell, or by nohup, has signals ignored that are sent here.
        string[] words = OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP,INT,TERM", "dotnet"] : ["dotnet"];
        ProcessStartInfo start = new(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // What is trained in tests is too small for two threads, which wait for each other where the machine is busy.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, command + ".dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs the command to its end.</summary>
    public static Task<Result> RunAsync(string command, string input, params string[] arguments) => RunAsync(Start(command, arguments), input);

    /// <summary>Runs a script, in which <c>$dll</c> is the command's library.</summary>
    public static Task<Result> ShellAsync(string command, string script)
    {
        ProcessStartInfo start = new("sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["dll"] = Path.Combine(AppContext.BaseDirectory, command + ".dll");
        return RunAsync(Process.Start(start)!, string.Empty);
    }

    private static async Task<Result> RunAsync(Process started, string input)
    {
        using Process process = started;
        using CancellationTokenSource limit = new(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return new Result(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
