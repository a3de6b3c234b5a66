using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;
using LoraPrivacy.Oracle.Protocol;

namespace LoraPrivacy.Certifier.Tests.Vectors;

/// <summary>A test as it is stored.</summary>
internal sealed record StoredTest(string Operation, JsonObject Comparison, JsonObject Node)
{
    public int Id => Node["id"]!.GetValue<int>();

    public string Result => Node["result"]!.GetValue<string>();

    public JsonObject Parameters => Node["params"]!.AsObject();

    public JsonObject Expected => Node["expected"]!.AsObject();

    public IEnumerable<string> Flags => Node["flags"]!.AsArray().Select(flag => flag!.GetValue<string>());

    /// <summary>The reference's answer to parameters, by default the test's own.</summary>
    public JsonObject Ask(JsonObject? parameters = null)
    {
        JsonObject query = new() { ["op"] = Operation, ["params"] = Sent(parameters ?? Parameters) };
        ReadOnlyMemory<byte> answer = QueryAnswerer.Answer(Encoding.UTF8.GetBytes(query.ToJsonString()));
        return JsonNode.Parse(answer.Span)!.AsObject();
    }

    /// <summary>The parameters as they are sent: exact numbers as doubles.</summary>
    public static JsonNode? Sent(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Sent(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sent)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && IsNumber(value.GetValue<string>())
            => ExactNumber.ToDouble(ExactNumber.Parse(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };

    private static bool IsNumber(string text) => char.IsAsciiDigit(text[^1]) && text.TrimStart('-')[0] is >= '0' and <= '9';
}
