namespace LoraPrivacy.Oracle.Tests.Reporting.Browser;

/// <summary>An installed Chromium without a window, with one page that tests drive by the DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Variable = "LORAPRIVACY_CHROMIUM";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan Patience = CommandProcess.Patience;

    private readonly Process process;
    private readonly DirectoryInfo profile;

    private Chromium(Process process, DirectoryInfo profile, DevToolsPage page)
    {
        this.process = process;
        this.profile = profile;
        Page = page;
    }

    /// <summary>Where the browser is; null where none runs.</summary>
    public static string? Location { get; } = Find();

    /// <summary>Why no browser runs; null where one does.</summary>
    public static string? Absence { get; } = Location is not null
        ? null
        : $"no Chromium runs here: neither {Variable} nor PATH leads to one of {string.Join(", ", Names)} (Debian: apt-get install chromium)";

    /// <summary>The page.</summary>
    public DevToolsPage Page { get; }

    /// <summary>Starts the browser.</summary>
    public static async Task<Chromium> StartAsync()
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("lora-oracle-chromium-");
        ProcessStartInfo start = new(Location!) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (string flag in (string[])
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", $"--user-data-dir={profile.FullName}", "--remote-debugging-port=0", "about:blank",
            ])
        {
            start.ArgumentList.Add(flag);
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            int port = await PortAsync(profile.FullName, process);
            return new Chromium(process, profile, await DevToolsPage.ConnectAsync(port, Patience));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Page.DisposeAsync();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        try
        {
            profile.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A helper process may still be writing; the folder is temporary.
        }
    }

    // The browser chooses a free port and writes it to a file of its profile.
    private static async Task<int> PortAsync(string profile, Process process)
    {
        string file = Path.Combine(profile, "DevToolsActivePort");
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience; await Task.Delay(50))
        {
            string[] lines = File.Exists(file) ? await File.ReadAllLinesAsync(file) : [];
            if (lines.Length >= 2)
            {
                return int.Parse(lines[0]);
            }

            if (process.HasExited)
            {
                throw new InvalidOperationException($"Chromium ended with code {process.ExitCode}");
            }
        }

        throw new TimeoutException("Chromium opened no DevTools port");
    }

    private static string? Find()
    {
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        IEnumerable<string> candidates = chosen is not null
            ? [chosen]
            : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).SelectMany(folder => Names.Select(name => Path.Combine(folder, name)));
        return candidates.FirstOrDefault(path => File.Exists(path) && Runs(path));
    }

    // Some systems have a stub of this name that only asks to be installed.
    private static bool Runs(string path)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            if (process.WaitForExit(TimeSpan.FromSeconds(20)))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
