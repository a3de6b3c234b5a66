namespace LoraPrivacy.Oracle.Tests.Commands;

[Trait("Statement", "S19")]
[Trait("Statement", "S22")]
public class AccountTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_run_of_DP_SGD()
        => await Verifier.Verify(await OutputAsync("dp-sgd", "--noise", "1", "--rate", "0.01", "--steps", "10000", "--delta", "1e-5,1e-12", "--epsilon", "6"));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Noise_for_a_target()
        => await Verifier.Verify(await OutputAsync("dp-sgd", "--batch", "64", "--examples", "640", "--epochs", "4", "--target-epsilon", "2", "--neighbours", "replace-one"));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Releases_with_a_fresh_A_each()
        => await Verifier.Verify(
            await OutputAsync("product", "--rank", "8", "--dimension", "57", "--norm-ratio", "1.01", "--steps", "16", "--delta", "1e-5")
            + await OutputAsync("factor", "--rank", "4", "--eigenvalues", "1.2", "--steps", "10", "--delta", "1e-6")
            + await OutputAsync("sketched", "--rank", "8", "--dimension", "64", "--noise", "2", "--delta", "1e-5"));

    [Fact]
    [Trait("Speed", "Slow")]
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

    /// <summary>One release at rate q of a neighbourhood is q δ(log(1 + (e^ε − 1)/q)) of the exact set of S23.</summary>
    [Fact]
    [Trait("Statement", "S22"), Trait("Statement", "S23")]
    [Trait("Speed", "Slow")]
    public async Task Sampling_with_an_appended_constant_is_that_of_its_own_neighbourhood()
    {
        using JsonDocument answer = JsonDocument.Parse(await OutputAsync(
            "product", "--rank", "16", "--dimension", "64", "--tau", "0.1", "--rate", "0.1", "--appended-constant", "--epsilon", "0.2", "--json"));
        double delta = answer.RootElement.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("quantity").GetString() == "δ").GetProperty("upper").GetDouble();
        double largest = new WorstCase(16, 65, Neighbourhood.WithAppendedCoordinate).Delta(0.1, Math.Log(1 + (Math.Exp(0.2) - 1) / 0.1));
        Assert.InRange(delta, 0.1 * largest, 0.102 * largest);
        string text = await OutputAsync("product", "--rank", "16", "--dimension", "64", "--angle", "0.1", "--rate", "0.1", "--delta", "1e-3");
        Assert.Contains("no bound for sampling every example", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static async Task<string> OutputAsync(params string[] arguments)
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, ["account", .. arguments]);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output;
    }
}
