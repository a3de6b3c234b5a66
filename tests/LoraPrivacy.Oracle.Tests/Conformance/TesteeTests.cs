namespace LoraPrivacy.Oracle.Tests.Conformance;

public class TesteeTests
{
    // Each goes on for ever, or dies, or says what it should not, or leaves something behind: $mark is the length of a sleep like no other.
    public static TheoryData<string, string> BadTestees { get; } = new()
    {
        { "exit 3", "ended with exit code 3" },
        { "echo 'no such module' >&2; exit 1", "its last words: no such module" },
        { "hello; ask; exit 4", "ended with exit code 4" },
        { "hello; ask; echo 'garbage'; cat >/dev/null", "not JSON: 'garbage'" },
        { "hello; ask; echo '{\"id\":999,\"result\":{}}'; cat >/dev/null", "answered the query '999'" },
        { "hello; ask; exec >&-; sleep 60", "closed its output" },
        { "hello; ask; exec cat /dev/zero", "without a line feed" },
        { "hello; ask; exec yes", "not JSON: 'y'" },
        { "hello; ask; sleep 60", "gave no answer within" },
        { "hello; ask; trap '' TERM; while :; do sleep 1; done", "gave no answer within" },
        { "hello; echo unasked; ask; sleep 60", "not JSON: 'unasked'" },
        { "ask; echo \"{\\\"id\\\":$id,\\\"result\\\":{\\\"protocol\\\":2,\\\"operations\\\":[]}}\"; cat", "did not greet with the protocol 1" },
        { "ask; echo \"{\\\"id\\\":$id,\\\"result\\\":{\\\"protocol\\\":1}}\"; cat", "greeted without operations" },
        { "sleep $mark & hello; ask; exit 5", "ended with exit code 5" },
        { "setsid sleep $mark & hello; ask; exit 5", "ended with exit code 5" },
        { "(setsid sh -c 'sleep $mark & sleep $mark' >/dev/null 2>&1 &); hello; ask; sleep 60", "gave no answer within" },
        { "(env -i setsid sh -c '(trap \"\" TERM HUP INT; sleep $mark & wait) &' &) >/dev/null 2>&1; hello; ask; exec >&-; sleep 60", "closed its output" },
        { "i=0; while [ $i -lt 50 ]; do (setsid sleep $mark &); i=$((i+1)); done; hello; ask; exit 6", "ended with exit code 6" },
        { "sleep $mark & kill -STOP $!; hello; ask; kill -STOP $$", "gave no answer within" },
        { "hello; ask; yes >&2", "gave no answer within" },
        { "hello; ask; yes '[' | head -n 30000 | tr -d '\\n'; echo; cat >/dev/null", "not JSON" },
        { "hello; ask; echo '{\"id\":1e99999999999,\"result\":{}}'; cat >/dev/null", "answered the query '1e99999999999'" },
        { "hello; ask; printf 'a\\377\\n'; cat >/dev/null", "not UTF-8" },
        { "hello; ask; printf '{\\000}\\n'; cat >/dev/null", "not JSON" },
        { "hello; ask; echo \"{\\\"id\\\":$id,\\\"id\\\":$id,\\\"result\\\":{}}\"; cat >/dev/null", "not JSON" },
    };

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_right_testee_passes()
    {
        ConformanceReport report = MiniSet.Run(MiniSet.Oracle("evaluate"));
        Assert.Empty(report.Outcomes.Where(outcome => outcome.Verdict != TestVerdict.Passed).Select(outcome => $"{outcome.Test.Id} {outcome.Message}"));
        Assert.Equal("LoraPrivacy reference conforms: 13 passed, 0 failed, 0 skipped", report.Summary);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Several_processes_give_the_same_verdicts()
        => Assert.All(MiniSet.Run(MiniSet.Oracle("evaluate"), jobs: 2).Outcomes, outcome => Assert.Equal(TestVerdict.Passed, outcome.Verdict));

    [Theory]
    [MemberData(nameof(BadTestees))]
    [Trait("Speed", "Slow")]
    public void A_bad_testee_gets_its_verdict_and_is_given_up(string body, string message)
    {
        long start = Stopwatch.GetTimestamp();
        TesteeLimits limits = message.Split(' ')[0] switch
        {
            "gave" => MiniSet.Impatient,
            "closed" => MiniSet.Tight with { Restarts = 0 }, // The runner waits five seconds for each to end.
            _ => MiniSet.Tight,
        };
        string mark = $"{100_000_000 + Random.Shared.Next(800_000_000)}";
        ConformanceReport report = MiniSet.Run(MiniSet.Script(body.Replace("$mark", mark, StringComparison.Ordinal)), limits);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 200);
        Assert.Empty(RunningWith(mark));
        Assert.False(report.Conforms);
        Assert.Equal((limits.Restarts, limits.Restarts + 1), (report.Restarts, report.Count(TestVerdict.Error)));
        Assert.Equal(MiniSet.Tests.Length - limits.Restarts - 1, report.Count(TestVerdict.NotRun));
        Assert.Contains(message, report.Outcomes[0].Message, StringComparison.Ordinal);
    }

    /// <summary>A testee that never greets costs one time-out, and three silent tests in a row end a run, whatever restarts are left.</summary>
    [Theory]
    [InlineData("sleep 60", 1, "gave no answer within 0.2 s", "had not answered the greeting in time")]
    [InlineData("hello; sleep 60", 3, "gave no answer within 0.3 s", "had given no answer in time in 3 tests in a row")]
    [Trait("Speed", "Slow")]
    public void A_testee_that_keeps_silent_is_given_up(string body, int errors, string message, string reason)
    {
        ConformanceReport report = MiniSet.Run(MiniSet.Script(body), MiniSet.Impatient with { Restarts = 10, Start = TimeSpan.FromSeconds(errors == 1 ? 0.2 : 20) });
        Assert.Equal((errors, MiniSet.Tests.Length - errors), (report.Count(TestVerdict.Error), report.Count(TestVerdict.NotRun)));
        Assert.Contains(message, report.Outcomes[0].Message, StringComparison.Ordinal);
        Assert.Contains(reason, report.Outcomes[^1].Message, StringComparison.Ordinal);
    }

    /// <summary>The processes whose command line holds a word. Linux only, as the guard is.</summary>
    internal static string[] RunningWith(string word) => !OperatingSystem.IsLinux() ? [] : [.. Directory.GetDirectories("/proc").Where(folder =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), out int process) && process != Environment.ProcessId
                && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(word, StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    })];

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_testee_that_does_not_read_does_not_hold_up_the_runner()
    {
        using TesteeLog log = new(null, 0);
        TesteeLimits limits = MiniSet.Tight with { Query = TimeSpan.FromSeconds(0.5) };
        using TesteeSession session = new(MiniSet.Script("hello; sleep 60"), limits, log, new RestartBudget(0), CancellationToken.None);
        string large = $$"""{"gradient":"{{new string('1', 1 << 20)}}"}""";
        Assert.Contains("gave no answer", Assert.Throws<TesteeFaultException>(() => session.Ask("1", "noise/moments", large)).Message, StringComparison.Ordinal);
        Assert.Throws<TesteeGoneException>(() => session.Ask("2", "noise/moments", "{}"));
    }

    [Fact]
    public void After_a_crash_the_rest_is_asked_of_a_new_process()
    {
        // It dies on each query that matrix/verdict is asked in, and answers all others alike.
        ConformanceReport report = MiniSet.Run(
            MiniSet.Script("""hello; while ask; do case $line in *verdict*) exit 9;; esac; echo "{\"id\":$id,\"skip\":\"later\"}"; done"""), MiniSet.Tight);
        Assert.Equal((11, 2, 1), (report.Count(TestVerdict.Skipped), report.Count(TestVerdict.Error), report.Restarts));
        Assert.All(report.Outcomes.Where(outcome => outcome.Verdict == TestVerdict.Error), outcome => Assert.Equal("matrix/verdict", outcome.Test.Operation));
        Assert.Contains("nothing passed", report.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_testee_fails_test_by_test()
    {
        ConformanceReport report = MiniSet.Run(
            MiniSet.Script("""hello; while ask; do echo "{\"id\":$id,\"result\":{\"value\":7,\"verdict\":\"vector\",\"lower\":0,\"upper\":1e9}}"; done"""), MiniSet.Tight);
        Assert.Equal((2, 11, 0), (report.Count(TestVerdict.Passed), report.Count(TestVerdict.Failed), report.Restarts));
    }

    [Fact]
    public void Standard_error_goes_to_the_log_up_to_a_limit()
    {
        using TemporaryDirectory folder = new();
        string path = Path.Combine(folder.Location, "log");
        MiniSet.Run(MiniSet.Script("""yes warning | head -n 100000 >&2; hello; while ask; do echo "{\"id\":$id,\"skip\":\"\"}"; done"""), MiniSet.Tight with { Log = 1000 }, path);
        Assert.Equal(1000, new FileInfo(path).Length);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
        => Assert.Contains("no-such-program", Assert.Throws<InputException>(() => MiniSet.Run(["no-such-program"])).Message, StringComparison.Ordinal);

    [Property(MaxTest = 10)]
    [Trait("Speed", "Slow")]
    public void Any_bytes_of_a_testee_end_in_verdicts(byte[] output)
    {
        using TemporaryDirectory folder = new();
        string path = folder.Write("output", [.. output, (byte)'\n']);
        ConformanceReport report = MiniSet.Run(MiniSet.Script($"hello; ask; cat '{path}'; exit 0"), MiniSet.Tight);
        Assert.False(report.Conforms);
        Assert.Equal(MiniSet.Tests.Length, report.Outcomes.Count);
        Assert.All(report.Outcomes, outcome => Assert.True(outcome.IsFailing));
    }
}
