using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LoraPrivacy.Certifier.Vectors;

/// <summary>Writes a suite with its results: one test a line, so that a change of one test is a change of one line.</summary>
internal static class VectorFileWriter
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tests of a suite with their ids, in the order in which they are written.</summary>
    public static IEnumerable<(int Id, VectorTest Test)> Numbered(VectorSuite suite)
        => suite.Groups.SelectMany(group => group.Tests.Select((test, i) => (SuiteTable.FirstId(suite.Operation) + group.FirstId + i, test)));

    /// <summary>The text of a file.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="results">The expected results by id, of the tests that have one.</param>
    public static string Text(VectorSuite suite, IReadOnlyDictionary<int, JsonObject> results)
    {
        StringBuilder text = new();
        text.Append("{\n");
        text.Append("  \"schema\": \"vectors.schema.json\",\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"operation\": {Quoted(suite.Operation)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"statement\": {Quoted(suite.Statement)},\n");
        text.Append(CultureInfo.InvariantCulture, $"  \"numberOfTests\": {suite.Groups.Sum(group => group.Tests.Count)},\n");
        text.Append("  \"notes\": {");
        string[] flags = [.. suite.Groups.SelectMany(group => group.Tests).SelectMany(test => test.Flags).Distinct().Order(StringComparer.Ordinal)];
        text.AppendJoin(",", flags.Select(flag => NoteText(flag, suite.Notes[flag])));
        text.Append(flags.Length > 0 ? "\n  },\n" : "},\n");
        text.Append("  \"groups\": [\n");
        text.AppendJoin(",\n", suite.Groups.Select(group => GroupText(suite, group, results)));
        return text.Append("\n  ]\n}\n").ToString();
    }

    private static string NoteText(string flag, VectorNote note)
        => $"\n    {Quoted(flag)}: {{ \"bug\": {Quoted(note.Bug)}, \"effect\": {Quoted(note.Effect)} }}";

    private static string GroupText(VectorSuite suite, VectorGroup group, IReadOnlyDictionary<int, JsonObject> results)
    {
        StringBuilder text = new();
        text.Append("    {\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"name\": {Quoted(group.Name)},\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"source\": {Quoted(group.Source)},\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"level\": {Quoted(group.IsRequired ? "required" : "recommended")},\n");
        text.Append(CultureInfo.InvariantCulture, $"      \"comparison\": {ComparisonOf(group.Comparison).ToJsonString(Compact)},\n");
        text.Append("      \"tests\": [\n");
        int first = SuiteTable.FirstId(suite.Operation) + group.FirstId;
        text.AppendJoin(",\n", group.Tests.Select((test, i) => "        " + TestOf(first + i, test, results).ToJsonString(Compact)));
        return text.Append("\n      ]\n    }").ToString();
    }

    private static JsonObject ComparisonOf(Comparison comparison)
    {
        JsonObject result = new() { ["kind"] = comparison.Kind };
        if (comparison.Tolerance is string tolerance)
        {
            result["tolerance"] = tolerance;
        }

        if (comparison.Ulps is int ulps)
        {
            result["ulps"] = ulps;
        }

        return result;
    }

    private static JsonObject TestOf(int id, VectorTest test, IReadOnlyDictionary<int, JsonObject> results)
    {
        JsonObject result = new()
        {
            ["id"] = id,
            ["comment"] = test.Comment,
            ["flags"] = new JsonArray([.. test.Flags.Select(flag => (JsonNode)flag)]),
            ["params"] = test.Parameters.DeepClone(),
        };
        if (test.ErrorCode is string code)
        {
            result["result"] = "invalid";
            result["error"] = new JsonObject { ["code"] = code, ["parameter"] = test.ErrorParameter };
            return result;
        }

        result["result"] = test.Reason is null ? "valid" : "acceptable";
        if (test.Reason is not null)
        {
            result["reason"] = test.Reason;
        }

        result["expected"] = results[id].DeepClone();
        return result;
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Compact);
}
