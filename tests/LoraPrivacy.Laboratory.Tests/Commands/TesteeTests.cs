namespace LoraPrivacy.Laboratory.Tests.Commands;

public class TesteeTests
{
    [Fact]
    [Trait("Statement", "S6")]
    [Trait("Speed", "Slow")]
    public async Task The_production_path_conforms()
    {
        CommandProcess.Result result = await CommandProcess.RunAsync(
            "lora-oracle",
            string.Empty,
            "conform", "--operation", "lora/*", "--operation", "noise/sample", "--", "dotnet", Path.Combine(AppContext.BaseDirectory, "lora-lab.dll"), "testee-production");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains(" 0 failed", result.Output, StringComparison.Ordinal);
    }
}
