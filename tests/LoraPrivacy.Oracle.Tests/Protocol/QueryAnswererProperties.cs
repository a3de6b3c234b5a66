namespace LoraPrivacy.Oracle.Tests.Protocol;

public class QueryAnswererProperties
{
    private static readonly string[] Codes = ["bad-json", "unknown-op", "bad-params", "out-of-range", "too-expensive"];

    private static readonly string[] Ids = ["\"a\"", "null", "[1]", "{}"];

    private static readonly string[] Queries = [.. OperationTable.All.Select((operation, i) => $"{{\"id\":{Ids[i % Ids.Length]},{operation.ExampleQuery[1..]}")];

    [Property(MaxTest = 2000)]
    public void Any_bytes_get_one_line_of_JSON(byte[] line) => AssertAnswered(line);

    [Property(MaxTest = 2000)]
    [Trait("Speed", "Slow")]
    public void A_damaged_query_gets_one_line_of_JSON(byte which, (ushort Place, byte Value)[] damages)
    {
        byte[] line = Encoding.UTF8.GetBytes(Queries[which % Queries.Length]);
        foreach ((ushort place, byte value) in damages.Take(3))
        {
            line[place % line.Length] = value;
        }

        AssertAnswered(line);
    }

    [Property(MaxTest = 2000)]
    [Trait("Speed", "Slow")]
    public void A_query_with_a_piece_cut_out_gets_one_line_of_JSON(byte which, ushort start, byte length)
    {
        byte[] line = Encoding.UTF8.GetBytes(Queries[which % Queries.Length]);
        int from = start % line.Length;
        int to = Math.Min(line.Length, from + (length % 16));
        AssertAnswered([.. line[..from], .. line[to..]]);
    }

    private static void AssertAnswered(byte[] line)
    {
        string answer = Encoding.UTF8.GetString(QueryAnswerer.Answer(line, Operations.Reference).Span);
        Assert.EndsWith("}\n", answer, StringComparison.Ordinal);
        Assert.Equal(answer.Length - 1, answer.IndexOf('\n', StringComparison.Ordinal));
        using JsonDocument document = JsonDocument.Parse(answer);
        Assert.True(document.RootElement.TryGetProperty("id", out _));
        if (document.RootElement.TryGetProperty("error", out JsonElement error))
        {
            Assert.Contains(error.GetProperty("code").GetString(), Codes);
            Assert.False(string.IsNullOrEmpty(error.GetProperty("message").GetString()));
        }
        else
        {
            Assert.StartsWith("S", document.RootElement.GetProperty("statement").GetString(), StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.Object, document.RootElement.GetProperty("result").ValueKind);
        }
    }
}
