namespace LoraPrivacy.Oracle.Tests.Commands;

/// <summary>Devices, pipes, sparse files, closed streams, full disks and odd names: one line that says what is wrong, or the right answer.</summary>
public class SurroundingsTests
{
    [Theory]
    [InlineData("ln -s /dev/zero f.csv; dotnet $dll assess f.csv", "f.csv: is a device, not a regular file")]
    [InlineData("mkfifo f.npy; dotnet $dll assess f.npy", "f.npy: is a pipe, not a regular file")]
    [InlineData("truncate -s 5G f.csv; dotnet $dll assess f.csv", "f.csv, line 1: is longer than 16777216 bytes")]
    [InlineData("truncate -s 5G f.npy; dotnet $dll assess f.npy", "f.npy: is not an .npy file")]
    [InlineData("truncate -s 5G f.safetensors; dotnet $dll assess f.safetensors", "f.safetensors: the header is not a JSON object")]
    [InlineData("mkdir f; echo '{}' >f/adapter_config.json; mkfifo f/adapter_model.safetensors; dotnet $dll audit f", "is a pipe, not a regular file")]
    [InlineData("printf '1,[red]x\n' >\"$(printf 'a\\nb\\033[31m.csv')\"; dotnet $dll assess a*", "line 1, field 2: '[red]x' is not a number")]
    [InlineData("dotnet $dll evaluate <&-", "standard input is closed")]
    [InlineData("dotnet $dll evaluate <.", "standard input or output cannot be used: Is a directory")]
    [InlineData("dotnet $dll evaluate </dev/zero >/dev/null", "a line has more than 268435456 bytes")]
    [InlineData("echo '{}' | dotnet $dll evaluate >/dev/full", "standard input or output cannot be used: No space left on device")]
    [InlineData("dotnet $dll law --rank 4 >/dev/full", "standard input or output cannot be used: No space left on device")]
    [InlineData("dotnet $dll law --rank 4 >&-", "standard input or output is closed")]
    [Trait("Speed", "Slow")]
    public async Task Hostile_surroundings_get_one_line(string script, string message)
    {
        CommandProcess.Result? result = await RunAsync(script);
        if (result is not null)
        {
            Assert.Equal((1, string.Empty), (result.ExitCode, result.Output));
            Assert.StartsWith("lora-oracle: error: ", result.Error, StringComparison.Ordinal);
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
            Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
            Assert.DoesNotContain('\e', result.Error);
        }
    }

    [Theory]
    [InlineData("printf '1,2\n3,4\n' >\"$(printf 'a\nb.csv')\"; dotnet $dll assess a*")]
    [InlineData("dotnet $dll law --rank 4 <&-")]
    [Trait("Speed", "Slow")]
    public async Task What_can_be_answered_is(string script)
    {
        CommandProcess.Result? result = await RunAsync(script);
        Assert.True(result is null or { ExitCode: 0, Output.Length: > 0, Error.Length: 0 }, result?.Error);
    }

    // The devices and the shell's words are Linux's.
    private static async Task<CommandProcess.Result?> RunAsync(string script)
    {
        using TemporaryDirectory folder = new();
        return OperatingSystem.IsLinux() ? await CommandProcess.ShellAsync("lora-oracle", $"cd '{folder.Location}'; {script}") : null;
    }
}
