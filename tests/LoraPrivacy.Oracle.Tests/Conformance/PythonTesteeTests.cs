namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>The testee that implementers copy.</summary>
public class PythonTesteeTests
{
    private static readonly string Script = Repository.File("spec", "testees", "python", "testee.py");

    [PythonFact]
    [Trait("Speed", "Slow")]
    public async Task The_testee_in_plain_Python_conforms()
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, "conform", "--", "python3", Script);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [PythonFact]
    [Trait("Speed", "Slow")]
    public void It_passes_the_mini_set_but_for_what_it_skips()
        => Assert.Equal("LoraPrivacy example in plain Python conforms: 8 passed, 0 failed, 5 skipped", MiniSet.Run(["python3", Script]).Summary);
}
