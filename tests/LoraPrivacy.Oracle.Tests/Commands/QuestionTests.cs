using LoraPrivacy.Oracle.Tests.Protocol;

namespace LoraPrivacy.Oracle.Tests.Commands;

public class QuestionTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_law() => await Verifier.Verify(await OutputAsync("law", "--rank", "8", "--entry", "0.5", "--x", "0,1", "--probability", "0.25"));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_law_as_JSON() => await Verifier.Verify(Numbers.Shortened(await OutputAsync("law", "--rank", "1", "--x", "0", "--json")));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_curve() => await Verifier.Verify(await OutputAsync("curve", "--rank", "4,16", "--dimension", "768", "--angle", "0.1", "--norm-ratio", "1.1"));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_epsilon_of_one_pair() => await Verifier.Verify(await OutputAsync("epsilon", "--dimension", "768", "--angle", "0.01"));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_epsilon_of_the_worst_case()
        => await Verifier.Verify(await OutputAsync("epsilon", "--dimension", "64", "--tau", "0.05", "--rank", "1,8,64", "--delta", "1e-6"));

    [Theory]
    [InlineData("S11")]
    [InlineData("s11")]
    [InlineData("11")]
    [Trait("Speed", "Slow")]
    public async Task Where_a_statement_is(string id)
    {
        string output = await OutputAsync("trace", id);
        Assert.StartsWith("S11: ", output, StringComparison.Ordinal);
        Assert.Contains("spec/product-release.md", output, StringComparison.Ordinal);
        Assert.Contains("LoraPrivacy.Reference.Releases.Product.ProductRelease.Delta", output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Every_statement_is_listed()
    {
        string[] lines = (await OutputAsync("trace")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.StartsWith("S1 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("S26 ", StringComparison.Ordinal));
    }

    private static async Task<string> OutputAsync(params string[] arguments)
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, arguments);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output;
    }
}
