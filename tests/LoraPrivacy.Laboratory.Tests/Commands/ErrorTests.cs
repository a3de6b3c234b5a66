namespace LoraPrivacy.Laboratory.Tests.Commands;

public class ErrorTests
{
    [Theory]
    [InlineData("--device is cuda:4096", "check", "--device", "cuda:4096")]
    [InlineData("--device must be", "check", "--device", "tpu")]
    [InlineData("--seed must be an integer", "check", "--seed", "x")]
    [InlineData("noise.gif", "check", "--plot", "noise.gif")]
    [InlineData("'account' is a verb of the other command: lora-oracle account", "account", "dp-sgd")]
    [InlineData("'chek'; did you mean 'check'?", "chek")]
    [InlineData("'--quik'; did you mean '--quick'?", "check", "--quik")]
    [Trait("Speed", "Slow")]
    public async Task Bad_input_gets_one_line_and_exit_code_1(string message, params string[] arguments)
    {
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, arguments);
        Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
        Assert.StartsWith("lora-lab: error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Help_of_a_verb_is_its_help()
    {
        CommandProcess.Result asked = await LaboratoryProcess.RunAsync(string.Empty, "help", "check");
        CommandProcess.Result usual = await LaboratoryProcess.RunAsync(string.Empty, "check", "--help");
        Assert.Equal((0, usual.Output), (asked.ExitCode, asked.Output));
    }
}
