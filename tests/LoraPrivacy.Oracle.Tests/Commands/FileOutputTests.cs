namespace LoraPrivacy.Oracle.Tests.Commands;

public class FileOutputTests
{
    [Theory]
    [InlineData("law", "--rank", "8")]
    [InlineData("curve", "--dimension", "64", "--angle", "0.1")]
    [InlineData("epsilon", "--dimension", "64", "--angle", "0.1")]
    [Trait("Speed", "Slow")]
    public async Task Pictures_are_drawn(params string[] question)
    {
        using TemporaryDirectory files = new();
        string svg = Path.Combine(files.Location, "picture.svg");
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, [.. question, "--plot", svg]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string text = string.Concat(XDocument.Load(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim() + "\n"));
        Assert.Contains("rank", text, StringComparison.Ordinal);
        Assert.Contains('ε', text + "ε"[..(question[0] == "law" ? 1 : 0)]);
        Assert.Single(Directory.GetFiles(files.Location));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_existing_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it()
    {
        using TemporaryDirectory files = new();
        string path = files.Write("table.txt", new byte[1 << 20]);
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, "bounds", "--table", "noise", "--out", path);
        Assert.Equal((0, string.Empty, string.Empty), (result.ExitCode, result.Output, result.Error));
        Assert.StartsWith("Noise of the sketched gradient", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(files.Location));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_link_is_followed()
    {
        using TemporaryDirectory files = new();
        string target = files.Write("target.json", []);
        string link = Path.Combine(files.Location, "link.json");
        File.CreateSymbolicLink(link, target);
        Assert.Equal(0, (await OracleProcess.RunAsync(string.Empty, "trace", "S1", "--json", "--out", link)).ExitCode);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.NotEqual(0, new FileInfo(target).Length);
    }

    [Theory]
    [InlineData("markdown", "### ")]
    [InlineData("csv", "release,private?,neighbours,steps,because,needed,statement")]
    [InlineData("json", "[")]
    [Trait("Speed", "Slow")]
    public async Task Tables_come_in_every_format(string format, string start)
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, "bounds", "--table", "verdicts", "--format", format);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.StartsWith(start, result.Output, StringComparison.Ordinal);
    }
}
