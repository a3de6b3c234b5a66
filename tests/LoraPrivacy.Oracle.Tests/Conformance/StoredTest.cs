namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>A stored vector, with what the reference answers to it or to other parameters.</summary>
internal sealed record StoredTest(Vector Vector)
{
    private static readonly Dictionary<string, StoredTest[]> ByOperation
        = VectorSet.Bundled().ToDictionary(file => file.Operation, file => file.Vectors.Select(vector => new StoredTest(vector)).ToArray());

    public int Id => Vector.Id;

    public JsonObject Parameters => Vector.Arguments;

    /// <summary>The tests of an operation.</summary>
    public static StoredTest[] Of(string operation) => ByOperation[operation];

    /// <summary>The reference's answer to exact parameters, by default the test's own.</summary>
    public JsonObject Ask(JsonObject? parameters = null)
    {
        string query = $$"""{"op":"{{Vector.Operation}}","params":{{(parameters is null ? Vector.Parameters : new ExactParameters(parameters).Sent())}}}""";
        return JsonNode.Parse(QueryAnswerer.Answer(Encoding.UTF8.GetBytes(query), Operations.Reference).Span)!.AsObject();
    }

    /// <summary>What does not agree in a result, as <c>conform</c> judges it; null where all does.</summary>
    public string? Disagreement(JsonObject result)
        => ResultComparison.Disagreement(Vector.Agreement, JsonSerializer.SerializeToElement(result), Expected);

    /// <summary>The largest relative distance of a result from its enclosures.</summary>
    public double RelativeError(JsonObject result)
        => Expected.Values.SelectMany(value => value.Value.Enclosures.Zip(Numbers(result[value.Key]!), (exact, answered) => exact.RelativeDistance(answered))).DefaultIfEmpty(0).Max();

    private ExpectedResult Expected => Vector.Expectation is Expectation.Acceptable acceptable ? acceptable.Result! : ((Expectation.Valid)Vector.Expectation).Result;

    private static IEnumerable<double> Numbers(JsonNode node)
        => node is JsonArray items ? items.SelectMany(item => Numbers(item!)) : [JsonNumber.ReadOrNaN(JsonSerializer.SerializeToElement(node))];
}
