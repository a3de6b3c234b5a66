using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using LoraPrivacy.Oracle.Protocol;
using LoraPrivacy.Protocol;

namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>What the reference answers, each query computed once. Nothing that it hands out may be changed.</summary>
internal sealed class ReferenceAnswers
{
    private readonly ConcurrentDictionary<string, JsonObject?> _answers = new();

    /// <summary>The result; null where the reference refuses the query.</summary>
    public JsonObject? Ask(string operation, JsonObject parameters)
        => _answers.GetOrAdd($$"""{"op":"{{operation}}","params":{{parameters.ToJsonString()}}}""", Answer);

    private static JsonObject? Answer(string query)
        => JsonNode.Parse(QueryAnswerer.Answer(Encoding.UTF8.GetBytes(query), Operations.Reference).Span)!["result"]?.AsObject();
}
