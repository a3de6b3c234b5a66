using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.Oracle.Tests.Protocol;

/// <summary>No query holds others back for longer than its limit, and none takes more memory than there is.</summary>
public class QueryLimitTests
{
    private const string Cheap = """{"id":"cheap","op":"gaussian/delta","params":{"mu":1,"epsilon":0.5}}""";

    /// <summary>10¹¹ normal numbers.</summary>
    private static readonly string Dear = $$$"""{"id":"dear","op":"noise/sample","params":{"gradient":[{{{string.Join(',', Enumerable.Repeat(1, 100_000))}}}],"rank":1048576,"count":1,"seed":1}}""";

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_dear_query_gets_its_error_and_the_others_their_answers_in_order()
    {
        string[] answers = await AnswersAsync(Operations.Reference, Dear, Cheap, Dear, Cheap);
        Assert.Equal(["dear too-expensive", "cheap ", "dear too-expensive", "cheap "], answers);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_computation_that_does_not_end_when_it_is_told_to_is_given_up()
    {
        using ManualResetEventSlim end = new();
        OperationSet stuck = new("test", "0", new Dictionary<string, Action<Arguments, Utf8JsonWriter>> { ["gaussian/delta"] = (_, _) => end.Wait() });
        Assert.Equal(["cheap too-expensive"], await AnswersAsync(stuck, Cheap));
        end.Set();
    }

    /// <summary>Told to end before they begin, all do but those whose answer is a formula or a walk through what they are given.</summary>
    [Fact]
    public void Every_computation_asks_whether_it_is_still_wanted()
    {
        string[] ended = [.. OperationTable.All.Where(operation => CodeOf(operation.ExampleQuery, TimeSpan.Zero) == ErrorCode.TooExpensive).Select(operation => operation.Name)];
        Assert.Equal(
            ["noise/moments", "product/delta-floor", "gaussian/delta"],
            OperationTable.All.Select(operation => operation.Name).Except(ended).ToArray());
    }

    [Theory]
    [InlineData(1, 100_001, null)]
    [InlineData(11, 100_000, ErrorCode.TooExpensive)]
    [InlineData(1_048_576, 1, null)]
    [Trait("Speed", "Slow")]
    public void Draws_are_as_many_as_an_answer_holds(int count, int length, string? code)
        => Assert.Equal(code, CodeOf($$$"""{"op":"noise/sample","params":{"gradient":[{{{string.Join(',', Enumerable.Repeat(1, length))}}}],"rank":1,"count":{{{Math.Min(count, 100_000)}}},"seed":1}}"""));

    /// <summary>A square of the longer side would have 10¹⁰ numbers.</summary>
    [Fact]
    public void Long_matrices_are_judged_by_their_short_side()
    {
        string rows = string.Join(',', Enumerable.Range(1, 100_000).Select(i => $"[{i % 7}]"));
        string others = string.Join(',', Enumerable.Range(1, 100_000).Select(i => $"[{i % 5}]"));
        Assert.Null(CodeOf($$$"""{"op":"matrix/verdict","params":{"gradient":[{{{rows}}}],"neighbour":[{{{others}}}]}}"""));
    }

    /// <summary>A bound that says nothing is no answer.</summary>
    [Fact]
    public void A_bracket_without_an_upper_end_is_an_error()
        => Assert.Equal(ErrorCode.OutOfRange, CodeOf("""{"op":"product/composed-epsilon","params":{"rank":1048575,"dimension":144,"normRatio":1.7e308,"angle":0,"steps":2,"delta":0.1}}"""));

    /// <summary>A failure on one of several threads is that of its query, and no other's.</summary>
    [Fact]
    public async Task A_failure_on_several_threads_is_an_answer()
    {
        OperationSet failing = new(
            "test", "0", new Dictionary<string, Action<Arguments, Utf8JsonWriter>> { ["gaussian/delta"] = (_, _) => Parallel.For(0, 2, _ => throw new ArithmeticException()) }, ComputationLimit.Run);
        Assert.Equal(["cheap out-of-range"], await AnswersAsync(failing, Cheap));
    }

    private static string? CodeOf(string query, TimeSpan? limit = null)
    {
        using JsonDocument answer = JsonDocument.Parse(QueryAnswerer.Answer(Encoding.UTF8.GetBytes(query), Operations.Reference, limit));
        return answer.RootElement.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetString() : null;
    }

    private static async Task<string[]> AnswersAsync(OperationSet operations, params string[] queries)
    {
        using MemoryStream output = new();
        using MemoryStream input = new(Encoding.UTF8.GetBytes(string.Join('\n', queries)));
        await new EvaluationLoop(input, output, operations, TimeSpan.FromSeconds(0.2)).RunAsync(CancellationToken.None);
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using JsonDocument answer = JsonDocument.Parse(line);
            string code = answer.RootElement.TryGetProperty("error", out JsonElement error) ? error.GetProperty("code").GetString()! : string.Empty;
            return $"{answer.RootElement.GetProperty("id").GetString()} {code}";
        })];
    }
}
