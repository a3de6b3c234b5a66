namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>The verb as its users see it.</summary>
public class ConformCommandTests
{
    private static readonly string[] Mini = ["conform", "--vectors", MiniSet.Folder];

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_right_testee_gets_exit_code_0_and_its_files()
    {
        using TemporaryDirectory folder = new();
        string junit = Path.Combine(folder.Location, "junit.xml");
        string json = Path.Combine(folder.Location, "report.json");
        CommandProcess.Result result = await OracleProcess.RunAsync(
            string.Empty, [.. Mini, "--operation", "product/*", "--operation", "matrix/*", "--junit", junit, "--json", json, "--", .. MiniSet.Oracle("evaluate")]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains("LoraPrivacy reference conforms: 7 passed, 0 failed, 0 skipped", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(junit) && File.Exists(json));
        Assert.Equal(2, Directory.GetFiles(folder.Location).Length);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_reference_conforms_to_all_vectors_and_laws()
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(
            string.Empty, ["conform", "--level", "recommended", "--", .. MiniSet.Oracle("evaluate")]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains(" 0 failed, 0 skipped", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_wrong_testee_gets_exit_code_4()
    {
        string script = MiniSet.Script("""hello; while ask; do echo "{\"id\":$id,\"result\":{\"value\":1}}"; done""")[2];
        CommandProcess.Result result = await OracleProcess.RunAsync(
            string.Empty, [.. Mini, "--operation", "product/delta", "--testee", $"sh -c '{script.Replace("'", "'\\''", StringComparison.Ordinal)}'"]);
        Assert.Equal((4, string.Empty), (result.ExitCode, result.Error));
        Assert.Contains("script does not conform: nothing passed: 0 passed, 5 failed, 0 skipped", result.Output, StringComparison.Ordinal);
        Assert.Contains("Probably: 1 is answered, whatever is asked.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Bad_command_lines_get_one_line_and_exit_code_1()
    {
        using TemporaryDirectory folder = new();
        folder.Write("bad.json", "{}"u8.ToArray());
        string known = folder.Write("known.txt", "1\n"u8.ToArray());
        foreach ((string[] arguments, string message) in new (string[], string)[]
        {
            ([.. Mini], "conform needs a testee"),
            ([.. Mini, "--testee", "'x"], "whose quotes are closed"),
            ([.. Mini, "--testee", "x", "--", "y"], "exclude each other"),
            ([.. Mini, "--testee", "no-such-program"], "no-such-program cannot be started"),
            ([.. Mini, "--testee", "sh", "--level", "some"], "--level must be required or recommended"),
            ([.. Mini, "--testee", "sh", "--timeout", "0"], "--timeout must be a number of seconds in (0, 86400]"),
            ([.. Mini, "--testee", "sh", "--jobs", "1000"], "--jobs must be an integer in [1, 256]"),
            ([.. Mini, "--testee", "sh", "--operation", "nothing/*"], "--operation must match one of"),
            ([.. Mini, "--testee", "sh", "--known-failures", known], "there is no test with the id 1"),
            ([.. Mini, "--testee", "sh", "--known-failures", Path.Combine(folder.Location, "missing")], "missing"),
            (["conform", "--testee", "sh", "--vectors", folder.Location], "bad.json: the document must be an object with the member operation"),
            (["conform", "--testee", "sh", "--vectors", Path.Combine(folder.Location, "missing")], "there is no such directory"),
        })
        {
            CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, arguments);
            Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
            Assert.StartsWith("lora-oracle: error: ", result.Error, StringComparison.Ordinal);
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
            Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
        }
    }

    /// <summary>A run that is ended ends the testee and what that has started, and writes no file; even where it is killed, if not at once.</summary>
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("HUP", 129)]
    [InlineData("KILL", 137)]
    [Trait("Speed", "Slow")]
    public async Task The_end_of_a_run_is_the_end_of_all_that_the_testee_started(string signal, int exitCode)
    {
        using TemporaryDirectory folder = new();
        string ready = Path.Combine(folder.Location, "ready");
        string mark = $"{100_000_000 + Random.Shared.Next(800_000_000)}";
        string script = MiniSet.Script($"(setsid sh -c 'sleep {mark} & sleep {mark}' >/dev/null 2>&1 &); sleep {mark} & hello; ask; : >'{ready}'; sleep {mark}")[2];
        string junit = Path.Combine(folder.Location, "junit.xml");
        using Process process = OracleProcess.Start([.. Mini, "--junit", junit, "--", "sh", "-c", script]);
        process.StandardInput.Close();
        await Until(() => File.Exists(ready) && TesteeTests.RunningWith(mark).Length > 0);
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(CommandProcess.Patience);
        Assert.Equal(exitCode, process.ExitCode);
        await Until(() => TesteeTests.RunningWith(mark).Length == 0);
        Assert.False(File.Exists(junit));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_testee_that_kills_its_guard_is_ended_with_the_run()
    {
        string mark = $"{100_000_000 + Random.Shared.Next(800_000_000)}";
        string script = MiniSet.Script($"setsid sleep {mark} & hello; ask; {(OperatingSystem.IsLinux() ? "kill -KILL $PPID; " : "")}sleep {mark}")[2];
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, [.. Mini, "--timeout", "1", "--", "sh", "-c", script]);
        Assert.Equal(4, result.ExitCode);
        await Until(() => TesteeTests.RunningWith(mark).Length == 0);
    }

    private static async Task Until(Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 600);
            await Task.Delay(20);
        }
    }
}
