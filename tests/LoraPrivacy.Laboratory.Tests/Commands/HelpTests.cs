namespace LoraPrivacy.Laboratory.Tests.Commands;

public class HelpTests
{
    private static readonly string[] Verbs =
        ["check", "train", "testee-production"];

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Every_verb_explains_itself()
    {
        List<string> texts = [];
        foreach (string[] arguments in Verbs.Select(verb => (string[])[.. verb.Split(' '), "--help"]).Prepend(["--help"]))
        {
            CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, arguments);
            Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));

            Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 110));
            string trimmed = string.Join('\n', result.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
            texts.Add($"$ lora-lab {string.Join(' ', arguments)}\n{trimmed.TrimEnd('\n')}\n");
        }

        await Verifier.Verify(string.Join('\n', texts));
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, "--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Output);
    }
}
