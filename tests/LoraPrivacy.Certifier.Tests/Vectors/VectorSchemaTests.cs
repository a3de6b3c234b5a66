using System.Text.Json.Nodes;
using Json.Schema;
using LoraPrivacy.Protocol;
using LoraPrivacy.Protocol.Vectors;

namespace LoraPrivacy.Certifier.Tests.Vectors;

public sealed class VectorSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(Path.Combine(VectorFileTests.Folder, "vectors.schema.json")));

    private static readonly string[] BeyondSchemas =
    [
        "of another shape", "A has too few columns", "B has the wrong shape", "an entry above the norm", "no angle but 0 and π in one dimension", "a row that is no probability vector",
    ];

    public static TheoryData<string> Files => [.. OperationTable.WithVectors.Select(operation => VectorFile.NameOf(operation.Name))];

    [Theory]
    [MemberData(nameof(Files))]
    [Trait("Speed", "Slow")]
    public void Every_file_is_as_the_schema_says(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(VectorFileTests.Folder, name)));
        EvaluationResults results = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(results.IsValid, string.Join("; ", (results.Details ?? []).Where(detail => detail.Errors is { Count: > 0 }).Take(5)
            .Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
    }

    [Fact]
    [Trait("Speed", "Slow")]
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
                JsonObject file = JsonNode.Parse(File.ReadAllText(Path.Combine(VectorFileTests.Folder, "gaussian.delta.json")))!.AsObject();
                Assert.True(IsValid(file));
                mutate(file);
                Assert.False(IsValid(file), file.ToJsonString()[..300]);
            });
    }

    [Fact]
    public void The_words_of_parameters_are_those_of_the_operations()
        => Assert.Equal(
            OperationTable.All.SelectMany(operation => operation.Parameters).Select(parameter => parameter.Kind).OfType<WordKind>().SelectMany(kind => kind.Words)
                .Concat(["Infinity", "-Infinity"]).Distinct().Order(StringComparer.Ordinal),
            JsonNode.Parse(File.ReadAllText(Path.Combine(VectorFileTests.Folder, "vectors.schema.json")))!["$defs"]!["param"]!["anyOf"]![1]!["enum"]!.AsArray()
                .Select(word => word!.GetValue<string>()).Order(StringComparer.Ordinal));

    /// <summary>The schema of queries holds for every right query, and for no wrong one but where the shape of an array or another parameter makes it so.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public void Queries_are_as_the_schema_of_the_operations_says()
    {
        JsonSchema queries = JsonSchema.FromText(File.ReadAllText(Repository.File("spec", "operations.schema.json")));
        foreach (Vector vector in VectorSet.Bundled().SelectMany(file => file.Vectors))
        {
            bool isDependent = vector.Comment.EndsWith("different lengths", StringComparison.Ordinal) || BeyondSchemas.Contains(vector.Comment);
            bool isRight = Evaluate(queries, $$"""{"id":{{vector.Id}},"op":"{{vector.Operation}}","params":{{vector.Parameters}}}""");
            Assert.True(isDependent || isRight == vector.Expectation is not Expectation.Invalid, $"{vector.Operation} {vector.Id}: {vector.Parameters}");
        }
    }

    private static bool IsValid(JsonObject file) => Evaluate(Schema, file.ToJsonString());

    private static bool Evaluate(JsonSchema schema, string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return schema.Evaluate(document.RootElement).IsValid;
    }

    private static JsonObject Test(JsonObject file) => file["groups"]![0]!["tests"]![0]!.AsObject();
}
