using System.Text.Json;
using VerifyXunit;
using Xunit;

namespace LoraPrivacy.Oracle.Tests.Commands;

[Trait("Statement", "S19")]
[Trait("Statement", "S22")]
public class AccountTests
{
    [Fact]
    public async Task A_run_of_DP_SGD()
        => await Verifier.Verify(await OutputAsync("dp-sgd", "--noise", "1", "--rate", "0.01", "--steps", "10000", "--delta", "1e-5,1e-12", "--epsilon", "6"));

    [Fact]
    public async Task Noise_for_a_target()
        => await Verifier.Verify(await OutputAsync("dp-sgd", "--batch", "64", "--examples", "640", "--epochs", "4", "--target-epsilon", "2", "--neighbours", "replace-one"));

    [Fact]
    public async Task Releases_with_a_fresh_A_each()
        => await Verifier.Verify(
            await OutputAsync("product", "--rank", "8", "--dimension", "57", "--norm-ratio", "1.01", "--steps", "16", "--delta", "1e-5")
            + await OutputAsync("factor", "--rank", "4", "--eigenvalues", "1.2", "--steps", "10", "--delta", "1e-6")
            + await OutputAsync("sketched", "--rank", "8", "--dimension", "64", "--noise", "2", "--delta", "1e-5"));

    [Fact]
    public async Task Steps_for_a_budget_as_JSON()
    {
        using JsonDocument answer = JsonDocument.Parse(await OutputAsync("dp-sgd", "--noise", "2", "--rate", "0.1", "--target-epsilon", "1.5", "--json"));
        JsonElement rows = answer.RootElement.GetProperty("rows");
        long steps = answer.RootElement.GetProperty("parameters").GetProperty("steps").GetInt64();
        Assert.Equal(steps, rows[0].GetProperty("upper").GetInt64());
        Assert.Equal(JsonValueKind.Null, rows[0].GetProperty("lower").ValueKind);
        double upper = rows[1].GetProperty("upper").GetDouble();
        Assert.InRange(upper, 1.45, 1.5);
        Assert.InRange(rows[1].GetProperty("lower").GetDouble(), 0.99 * upper, upper);
    }

    private static async Task<string> OutputAsync(params string[] arguments)
    {
        OracleProcess.Result result = await OracleProcess.RunAsync(string.Empty, ["account", .. arguments]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output;
    }
}
