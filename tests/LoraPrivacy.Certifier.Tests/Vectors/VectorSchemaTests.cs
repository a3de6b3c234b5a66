using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;

namespace LoraPrivacy.Certifier.Tests.Vectors;

public sealed class VectorSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(StoredVectors.SchemaPath));

    public static TheoryData<string> Files => [.. StoredVectors.Paths.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_as_the_schema_says(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(StoredVectors.Folder, name)));
        EvaluationResults results = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Take(5)
            .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
    }

    [Fact]
    public void The_schema_is_strict()
    {
        Assert.All(
            (Action<JsonObject>[])
            [
                file => file["extra"] = 1,
                file => file["groups"]![0]!["extra"] = 1,
                file => Test(file)["extra"] = 1,
                file => Test(file).Remove("flags"),
                file => Test(file)["result"] = "good",
                file => Test(file)["expected"]!["value"] = "0.5",
                file => Test(file)["expected"]!["value"] = new JsonArray("0.5"),
                file => Test(file)["expected"]!["value"] = new JsonArray("0.50", "0.5"),
                file => Test(file)["params"]!["mu"] = 0.1,
                file => Test(file)["params"]!["mu"] = "1e-5",
                file => Test(file)["params"]!["mu"] = "0.1",
                file => Test(file)["params"]!["mu"] = "0x1.80p0",
                file => file["groups"]![0]!["comparison"]!["kind"] = "ulp",
                file => file["notes"]!["Cancellation"]!["extra"] = "x",
                file => file["numberOfTests"] = "54",
            ],
            mutate =>
            {
                JsonObject file = JsonNode.Parse(File.ReadAllText(Path.Combine(StoredVectors.Folder, "gaussian.delta.json")))!.AsObject();
                Assert.True(IsValid(file));
                mutate(file);
                Assert.False(IsValid(file), file.ToJsonString()[..300]);
            });
    }

    private static bool IsValid(JsonObject file)
    {
        using JsonDocument document = JsonDocument.Parse(file.ToJsonString());
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static JsonObject Test(JsonObject file) => file["groups"]![0]!["tests"]![0]!.AsObject();
}
