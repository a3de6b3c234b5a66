using System.ComponentModel;
using Xunit.Abstractions;

namespace LoraPrivacy.Spec.Tests;

/// <summary>What the README and the page of results show is what the commands print.</summary>
public partial class ReadmeTests(ITestOutputHelper log)
{
    private const string Elision = "…";

    private static readonly string Readme = File.ReadAllText(Repository.File("README.md"));

    /// <summary>The places of the blocks with commands.</summary>
    public static TheoryData<int> Consoles => [.. Enumerable.Range(0, Blocks(Readme, "console").Length)];

    [Fact]
    public void It_is_short() => Assert.InRange(Readme.Split('\n').Length, 1, 200);

    [Theory]
    [MemberData(nameof(Consoles))]
    [Trait("Speed", "Slow")]
    public async Task Commands_print_what_is_shown(int block)
    {
        string place = Directory.CreateTempSubdirectory("readme-").FullName;
        try
        {
            foreach ((string command, string shown) in Commands(Blocks(Readme, "console")[block]))
            {
                if (command.Contains("python3", StringComparison.Ordinal) && !HasPython())
                {
                    log.WriteLine($"not run, as there is no python3: {command}");
                    continue;
                }

                CommandProcess.Result result = await RunAsync(command, place);
                Assert.True(result.ExitCode == 0, result.Error);
                Assert.True(IsShown(result.Output.Replace(Path.Combine(place, "my-adapter"), "my-adapter", StringComparison.Ordinal), shown), $"{command} prints\n{result.Output}");
            }
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Theory]
    [InlineData("one\ntwo\nthree\n", "one\n…\nthree", true)]
    [InlineData("one\ntwo\n", "one\n…", true)]
    [InlineData("one\ntwo\nthree\n", "…\ntwo\n…", true)]
    [InlineData("one\ntwo\n", "one\ntwo", true)]
    [InlineData("one\ntwo\n", "one", false)]
    [InlineData("one\ntwo\n", "…\nthree", false)]
    [InlineData("one\n2.0\n", "one\n2.1", false)]
    public void What_differs_is_found(string printed, string shown, bool agrees) => Assert.Equal(agrees, IsShown(printed, shown));

    [Fact]
    public void The_example_of_the_library_is_the_one_that_runs()
    {
        string[] source = File.ReadAllLines(Repository.File("tests", "LoraPrivacy.Spec.Tests", "LibraryExample.cs"));
        string[] code = [.. source.SkipWhile(line => line.Trim() != "// README").Skip(1).TakeWhile(line => line.Trim() != "// README").Select(line => line.Trim())];
        string[] shown = Blocks(Readme, "csharp").Single().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] usings = [.. shown.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal))];
        Assert.All(usings, line => Assert.Contains(line, source));
        Assert.Equal(code, shown[usings.Length..]);
        Assert.Equal(Blocks(Readme, "text").Single(), LibraryExample.Run());
    }

    [Fact]
    [Trait("Statement", "S14")]
    [Trait("Speed", "Slow")]
    public async Task The_picture_is_the_one_that_the_command_draws()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("picture-").FullName, "picture.svg");
        CommandProcess.Result result = await CommandProcess.RunAsync("lora-oracle", string.Empty, "epsilon", "--dimension", "1024", "--tau", "0.01", "--plot", file);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(await File.ReadAllTextAsync(Repository.File("spec", "epsilon-by-rank.svg")), await File.ReadAllTextAsync(file));
    }

    [Fact]
    [Trait("Statement", "S14")]
    public void The_table_of_results_repeats_the_snapshot_of_the_worst_case()
    {
        string[][] snapshot = [.. File
            .ReadLines(Repository.File(
                "tests", "LoraPrivacy.Oracle.Tests", "Tables", "BoundTableTests.Worst_case_epsilon.verified.txt"))
            .Select(line => line.Replace("*", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells.Length == 8 && cells[0] == "1e-5" && cells[1] == "0.01")
            .Select(cells => cells[2..])];
        string[][] shown = [.. File
            .ReadLines(Repository.File("spec", "accuracy.md"))
            .SkipWhile(line => !line.StartsWith("| rank | m = 64 |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Replace("*", "", StringComparison.Ordinal).Split(['|', ' '], StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(11, snapshot.Length);
        Assert.Equal(snapshot, shown);
    }

    private static string[] Blocks(string markdown, string language)
        => [.. Block().Matches(markdown).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    private static IEnumerable<(string Command, string Shown)> Commands(string block)
        => block.Split("$ ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('\n', 2)).Select(lines => (lines[0], lines[1].TrimEnd('\n')));

    /// <summary>Runs a command as a shell would, with the adapter's folder in a place of its own and the repository's files where they are.</summary>
    private static Task<CommandProcess.Result> RunAsync(string command, string place)
    {
        string[] piped = command.Split(" | ");
        string input = piped.Length == 1 ? string.Empty : piped[0]["echo '".Length..^1] + "\n";
        string[] words = [.. piped[^1].Split(' ').Select(word => word == "my-adapter" ? Path.Combine(place, word) : word.StartsWith("spec/", StringComparison.Ordinal) ? Repository.File(word) : word)];
        return CommandProcess.RunAsync(words[0], input, words[1..]);
    }

    private static bool IsShown(string printed, string shown)
    {
        string[] parts = [.. $"\n{shown}\n".Split($"\n{Elision}\n").Select(part => part.Trim('\n'))];
        string pattern = string.Join(@"(.*\n)*?", parts.Select(part => part.Length == 0 ? "" : Regex.Escape(part + "\n")));
        return Regex.IsMatch(printed.TrimEnd('\n') + "\n", $@"\A{pattern}\z", RegexOptions.None, TimeSpan.FromSeconds(10));
    }

    private static bool HasPython()
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", ""]))!;
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
