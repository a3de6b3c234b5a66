namespace LoraPrivacy.Oracle.Tests.Reporting;

public class ReportCommandTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_page_is_the_same_bytes_in_another_process_and_stands_alone_in_its_folder()
    {
        using TemporaryDirectory files = new();
        string result = files.Write("result.json", Encoding.UTF8.GetBytes(SamplePage.ConformanceJson));
        string folder = Path.Combine(files.Location, "new", "report");
        CommandProcess.Result run = await OracleProcess.RunAsync(string.Empty, "report", folder, "--quick", "--conformance", result);
        Assert.Equal((0, string.Empty, $"wrote {Path.Combine(folder, "index.html")}"), (run.ExitCode, run.Output, run.Error.TrimEnd()));
        Assert.Equal(SamplePage.Html, await File.ReadAllTextAsync(Path.Combine(folder, "index.html")));
        Assert.Single(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_bad_result_file_is_refused_before_the_work_and_leaves_nothing()
    {
        using TemporaryDirectory files = new();
        string result = files.Write("result.json", "{}"u8.ToArray());
        string folder = Path.Combine(files.Location, "report");
        CommandProcess.Result run = await OracleProcess.RunAsync(string.Empty, "report", folder, "--conformance", result);
        Assert.Equal((1, string.Empty, $"lora-oracle: error: {result}: lacks the member 'tests'\n"), (run.ExitCode, run.Output, run.Error));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_file_in_place_of_the_folder_and_a_missing_result_are_refused()
    {
        using TemporaryDirectory files = new();
        string file = files.Write("report", []);
        CommandProcess.Result run = await OracleProcess.RunAsync(string.Empty, "report", file);
        Assert.Equal((1, $"lora-oracle: error: {file}: is a file, not a folder\n"), (run.ExitCode, run.Error));
        string missing = Path.Combine(files.Location, "none.json");
        run = await OracleProcess.RunAsync(string.Empty, "report", files.Location, "--conformance", missing);
        Assert.Equal((1, $"lora-oracle: error: {missing}: does not exist\n"), (run.ExitCode, run.Error));
    }
}
