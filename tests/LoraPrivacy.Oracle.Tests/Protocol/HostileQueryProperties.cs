namespace LoraPrivacy.Oracle.Tests.Protocol;

/// <summary>Whatever lines a client sends, evaluate answers every one of them with a line, and goes on.</summary>
public class HostileQueryProperties
{
    private const int CasesEach = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(OperationTable.Of("product/delta-floor").ExampleQuery);
    private static readonly byte[][] Queries = [.. OperationTable.All.Select(operation => Encoding.UTF8.GetBytes(operation.ExampleQuery))];

    [Property(MaxTest = 100)]
    [Trait("Speed", "Slow")]
    public void Damaged_lines_are_answered_one_by_one(int which, int seed)
    {
        Random random = new(seed);
        List<byte[]> lines = [];
        for (int i = 0; i < CasesEach; i++)
        {
            byte[] line = HostileInput.Damage(Queries[(int)(((uint)which + (uint)i) % Queries.Length)], random);

            // A line feed in it would make it two.
            lines.Add([.. line.Select(b => b == (byte)'\n' ? (byte)' ' : b)]);
        }

        // The last one is whole: whatever came before, the loop still answers.
        lines.Add(Whole);
        string[] answers = Answers([.. lines.SelectMany(line => line.Append((byte)'\n'))]);
        Assert.Equal(lines.Count, answers.Length);
        Assert.All(answers, answer => JsonDocument.Parse(answer).Dispose());
        Assert.Contains("\"result\":{\"value\":", answers[^1], StringComparison.Ordinal);
    }

    /// <summary>Lines of megabytes: refused or answered at a cost in proportion to them, and never echoed in an error.</summary>
    [Theory]
    [InlineData("", "[", "")]
    [InlineData("", "{\"a\":", "")]
    [InlineData("{\"op\":\"", "a", "\",\"params\":{}}")]
    [InlineData("{\"op\":\"product/delta\",\"params\":{\"", "a", "\":1}}")]
    [InlineData("{\"op\":\"product/delta\",\"params\":{", "\"a\":1,", "\"a\":2}}")]
    [InlineData("{\"op\":\"noise/moments\",\"params\":{\"rank\":8,\"gradient\":[", "1,", "NaN]}}")]
    [InlineData("{\"op\":\"noise/moments\",\"params\":{\"rank\":8,\"gradient\":[", "1,", "1e400]}}")]
    [InlineData("{\"op\":\"noise/moments\",\"params\":{\"rank\":", "9", ",\"gradient\":[1]}}")]
    [InlineData("{\"op\":\"noise/moments\",\"params\":{\"rank\":\"", "9", "\",\"gradient\":[1]}}")]
    [InlineData("{\"op\":\"matrix/verdict\",\"params\":{\"gradient\":[[1,2]],\"neighbour\":[", "[],", "[]]}}")]
    [InlineData("{\"op\":\"matrix/verdict\",\"params\":{\"gradient\":[[1,2]],\"neighbour\":[[1", ",1", "],[1]]}}")]
    [Trait("Speed", "Slow")]
    public void A_long_line_gets_a_short_refusal(string before, string piece, string after)
    {
        byte[] line = Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length)) + after);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        // Pooled buffers count where they have to be made anew, which depends on what else runs.
        string answer = Encoding.UTF8.GetString(QueryAnswerer.Answer(line, Operations.Reference).Span);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 400_000 + (100L * line.Length));
        Assert.Contains("\"error\":", answer, StringComparison.Ordinal);
        Assert.True(answer.Length < 1000, $"an answer of {answer.Length} characters: {answer[..Math.Min(200, answer.Length)]}");
    }

    private static string[] Answers(byte[] input)
    {
        using MemoryStream output = new();
        using CancellationTokenSource limit = new(Patience);
        long start = Stopwatch.GetTimestamp();
        new EvaluationLoop(new MemoryStream(input), output, Operations.Reference, EvaluationLoop.UsualLimit).RunAsync(limit.Token).GetAwaiter().GetResult();
        Assert.True(Stopwatch.GetElapsedTime(start) < Patience, Encoding.UTF8.GetString(input));
        return Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
