using System.Text;

namespace LoraPrivacy.Protocol.Vectors;

/// <summary>Writes a vector file: one test a line, so that a change of one test is a change of one line.</summary>
public static class VectorWriter
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a file, the same for the same vectors every time. Of the notes, those are written whose flag a test has.</summary>
    public static string Text(VectorFile file)
    {
        StringBuilder text = new();
        text.Append("{\n");
        text.Append("  \"schema\": \"vectors.schema.json\",\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"operation\": {Quoted(file.Operation)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"statement\": {Quoted(file.Statement)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"numberOfTests\": {file.Vectors.Count},\n");
        text.Append("  \"notes\": {");
        string[] flags = [.. file.Vectors.SelectMany(test => test.Flags).Distinct().Order(StringComparer.Ordinal)];
        text.AppendJoin(",", flags.Select(flag => $"\n    {Quoted(flag)}: {{ \"bug\": {Quoted(file.Notes[flag].Bug)}, \"effect\": {Quoted(file.Notes[flag].Effect)} }}"));
        text.Append(flags.Length > 0 ? "\n  },\n" : "},\n");
        text.Append("  \"groups\": [\n");
        text.AppendJoin(",\n", file.Groups.Select(GroupText));
        return text.Append("\n  ]\n}\n").ToString();
    }

    /// <summary>An expected result as a file has it: every number as [lower, upper], words under words.</summary>
    public static JsonObject ToJson(ExpectedResult result)
    {
        JsonObject json = new(result.Values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)ToJson(value.Value))));
        if (result.Words.Count > 0)
        {
            json["words"] = new JsonObject(result.Words.Select(word => KeyValuePair.Create(word.Key, (JsonNode?)word.Value)));
        }

        return json;
    }

    private static JsonArray ToJson(ExpectedValue value) => value is ExpectedValue.Number { Enclosure: Enclosure exact }
        ? [exact.Lower.ToDecimal(), exact.Upper.ToDecimal()]
        : new JsonArray([.. ((ExpectedValue.Sequence)value).Items.Select(ToJson)]);

    private static string GroupText(VectorGroup group)
    {
        StringBuilder text = new();
        text.Append("    {\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"name\": {Quoted(group.Name)},\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"source\": {Quoted(group.Source)},\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"level\": {Quoted(group.IsRequired ? "required" : "recommended")},\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"comparison\": {group.Agreement.ToJson().ToJsonString(Compact)},\n");
        text.Append("      \"tests\": [\n");
        text.AppendJoin(",\n", group.Vectors.Select(test => "        " + ToJson(test).ToJsonString(Compact)));
        return text.Append("\n      ]\n    }").ToString();
    }

    private static JsonObject ToJson(Vector test)
    {
        JsonObject json = new()
        {
            ["id"] = test.Id,
            ["comment"] = test.Comment,
            ["flags"] = new JsonArray([.. test.Flags.Select(flag => (JsonNode)flag)]),
            ["params"] = test.Arguments.DeepClone(),
        };
        switch (test.Expectation)
        {
            case Expectation.Invalid invalid:
                json["result"] = "invalid";
                json["error"] = new JsonObject { ["code"] = invalid.Code, ["parameter"] = invalid.Parameter };
                break;
            case Expectation.Acceptable acceptable:
                json["result"] = "acceptable";
                json["reason"] = acceptable.Reason;
                json["expected"] = acceptable.Result is null ? null : ToJson(acceptable.Result);
                break;
            case Expectation.Valid valid:
                json["result"] = "valid";
                json["expected"] = ToJson(valid.Result);
                break;
        }

        return json;
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Compact);
}
