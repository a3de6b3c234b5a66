using System.Text.Encodings.Web;

namespace LoraPrivacy.Oracle.Tests.Protocol;

/// <summary>
/// Everything that is said of an operation outside the table of operations is what the table says. With UPDATE_OPERATIONS=1 in the environment the tables of
/// spec/conformance.md and spec/operations.schema.json are rewritten instead of compared.
/// </summary>
public class OperationTests
{
    private const string Begin = "<!-- operations: UPDATE_OPERATIONS=1 writes what follows -->\n";
    private const string End = "\n<!-- end of operations -->";

    private static readonly string Page = Repository.File("spec", "conformance.md");
    private static readonly string SchemaFile = Repository.File("spec", "operations.schema.json");
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Every_operation_stands_in_every_place_and_a_forgotten_one_is_named()
    {
        JsonObject statements = JsonNode.Parse(File.ReadAllText(Repository.File("spec", "statements.json")))!.AsObject();
        JsonObject schemas = JsonNode.Parse(File.ReadAllText(SchemaFile))!["$defs"]!.AsObject();
        OperationPlace.AssertComplete([.. OperationTable.All.Select(operation => operation.Name)],
        [
            new("the functions of the reference: the dictionary of its family in src/LoraPrivacy.Oracle/Protocol", Operations.Reference.Listed.Select(operation => operation.Name)),
            new("spec/statements.json: the statement that it names", OperationTable.All.Where(operation => statements.ContainsKey(operation.Statement)).Select(operation => operation.Name)),
            new("spec/conformance.md: UPDATE_OPERATIONS=1 writes the row", Table().Split('\n').Where(row => row.StartsWith("| `", StringComparison.Ordinal)).Select(row => row.Split('`')[1]).Where(name => name.Contains('/'))),
            new("spec/operations.schema.json: UPDATE_OPERATIONS=1 writes the definition", schemas.Select(schema => (string?)schema.Value!["properties"]!["op"]?["const"]).OfType<string>()),
            new("the help: accept HelpTests.Every_verb_explains_itself", Examples(Snapshot("Commands/HelpTests.Every_verb_explains_itself"))),
            new("the transcript: accept EvaluateTests.Every_operation_answers", Examples(Snapshot("Protocol/EvaluateTests.Every_operation_answers"))),
        ]);
    }

    [Fact]
    public void The_tables_of_the_specification_are_those_of_the_operations()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_OPERATIONS") == "1")
        {
            File.WriteAllText(Page, File.ReadAllText(Page).Replace(Table(), OperationText.Markdown(), StringComparison.Ordinal));
            File.WriteAllText(SchemaFile, Schema());
        }

        Assert.Equal(OperationText.Markdown(), Table());
        Assert.Equal(Schema(), File.ReadAllText(SchemaFile));
    }

    [Fact]
    public void The_comparisons_of_the_specification_are_the_kinds_of_agreement()
        => Assert.All(Enum.GetNames<AgreementKind>(), kind => Assert.Contains(
            File.ReadLines(Page), line => line.StartsWith('|') && line.Split('|')[1].Trim(' ', '`').Replace("-", "", StringComparison.Ordinal).Equals(kind, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The examples as a reader of the help copies them.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Every_example_of_the_help_is_answered_with_the_members_and_shapes_that_are_declared()
    {
        string[] examples = [.. (await OracleProcess.RunAsync("", "evaluate", "--help")).Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("{\"op\":", StringComparison.Ordinal))];
        Assert.Equal(OperationTable.All.Select(operation => operation.ExampleQuery), examples);
        string[] answers = (await OracleProcess.RunAsync(string.Join('\n', examples), "evaluate")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach ((Operation operation, string text) in OperationTable.All.Zip(answers))
        {
            using JsonDocument answer = JsonDocument.Parse(text);
            Assert.True(answer.RootElement.TryGetProperty("result", out JsonElement result), text);
            Assert.Null(Fault(operation, result));

            // Another length, another name or one more member would be noticed.
            ResultMember first = operation.Result[0];
            Assert.NotNull(Fault(operation with { Result = [first with { Shape = [.. first.Shape, "m"] }, .. operation.Result.Skip(1)] }, result));
            Assert.NotNull(Fault(operation with { Result = [first with { Name = "other" }, .. operation.Result.Skip(1)] }, result));
            Assert.NotNull(Fault(operation with { Result = [.. operation.Result, new("more", "")] }, result));
        }
    }

    [Fact]
    public void Every_value_that_a_kind_refuses_is_refused_by_name_and_number_by_number_with_the_range()
        => Assert.All(OperationTable.All, operation => Assert.All(operation.Parameters, parameter =>
        {
            IEnumerable<(object? Value, string Code)> wrong = parameter.Kind.Refused.Select(refused => (refused.Value, refused.Code));
            foreach ((object? value, string code) in parameter.Kind is NumberKind number ? wrong.Concat(Beyond(number).Select(beyond => ((object?)beyond, ErrorCode.OutOfRange))) : wrong)
            {
                JsonObject parameters = JsonNode.Parse(operation.Example)!.AsObject();
                parameters[parameter.Name] = value is double real && double.IsFinite(real) ? real : ParameterBuilder.Of(("value", value))["value"]?.DeepClone();
                JsonNode error = Answer(operation, parameters)["error"]!;
                Assert.Equal((code, parameter.Name), ((string?)error["code"], (string?)error["parameter"]));
                Assert.True(parameter.Kind is not NumberKind || code == ErrorCode.BadParameters || ((string)error["message"]!).StartsWith($"{parameter.Name} must be {parameter.Kind.Description}, but is ", StringComparison.Ordinal), error.ToJsonString());
            }
        }));

    [Fact]
    public void The_ends_of_every_range_are_read()
        => Assert.All(OperationTable.All, operation => Assert.All(operation.Parameters, parameter =>
        {
            foreach (double end in parameter.Kind is NumberKind number ? Ends(number) : [])
            {
                JsonObject parameters = JsonNode.Parse(operation.Example)!.AsObject();
                parameters[parameter.Name] = double.IsFinite(end) ? end : end > 0 ? "Infinity" : "-Infinity";
                using JsonDocument document = JsonDocument.Parse(parameters.ToJsonString());
                Assert.Equal(end, operation.Read(document.RootElement).Real(parameter.Name));
            }
        }));

    [Fact]
    public void Nothing_is_computed_that_is_no_operation()
        => Assert.Throws<ArgumentException>(() => new OperationSet("test", "0", new Dictionary<string, Action<Arguments, Utf8JsonWriter>> { ["no/operation"] = (_, _) => { } }));

    /// <summary>The least and the largest number of a range.</summary>
    private static double[] Ends(NumberKind kind)
        => [kind.IsLowIncluded ? kind.Low : Math.BitIncrement(kind.Low), kind.IsHighIncluded ? kind.High : Math.BitDecrement(kind.High)];

    /// <summary>The numbers next to a range: integers too, since the largest is 2^53 at most.</summary>
    private static IEnumerable<double> Beyond(NumberKind kind)
        => ((double[])[Ends(kind)[0] - (kind.IsInteger ? 1 : 0), Ends(kind)[1] + (kind.IsInteger ? 1 : 0)])
            .Select((value, i) => !kind.Contains(value) ? value : i == 0 ? Math.BitDecrement(value) : kind.IsInteger ? value + 2 : Math.BitIncrement(value))
            .Where(value => !kind.Contains(value));

    private static JsonObject Answer(Operation operation, JsonObject parameters)
        => JsonNode.Parse(QueryAnswerer.Answer(
            Encoding.UTF8.GetBytes($$"""{"op":"{{operation.Name}}","params":{{parameters.ToJsonString()}}}"""), Operations.Reference).Span)!.AsObject();

    /// <summary>What in an answer to the example is not as declared; null where all is.</summary>
    private static string? Fault(Operation operation, JsonElement result)
    {
        JsonObject parameters = JsonNode.Parse(operation.Example)!.AsObject();
        Dictionary<string, int> sizes = [];
        foreach (Parameter parameter in operation.Parameters.Where(parameter => parameters.ContainsKey(parameter.Name)))
        {
            foreach ((string letter, int size) in parameter.Kind is ArrayKind array ? array.Shape.Zip(Lengths(JsonSerializer.SerializeToElement(parameters[parameter.Name]))) : [])
            {
                sizes[letter] = size;
            }

            if (parameter.Kind is NumberKind { IsInteger: true })
            {
                sizes.TryAdd(parameter.Name, parameters[parameter.Name]!.GetValue<int>());
            }
        }

        string names = string.Join(", ", result.EnumerateObject().Select(member => member.Name));
        return names != string.Join(", ", operation.Result.Select(member => member.Name)) ? $"{operation.Name} gives {names}"
            : operation.Result.Select(member => Fault(member, result.GetProperty(member.Name), sizes)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Fault(ResultMember member, JsonElement value, Dictionary<string, int> sizes)
        => member.Words is null
            ? Lengths(value).SequenceEqual(member.Shape.Select(letter => sizes.GetValueOrDefault(letter))) ? null : $"{member.Name} is {value.GetRawText()}"
            : value.ValueKind == JsonValueKind.String && member.Shape.Count == 0 && (member.Words.Count == 0 || member.Words.Contains(value.GetString())) ? null : $"{member.Name} is {value.GetRawText()}";

    private static int[] Lengths(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [value.GetArrayLength(), .. Lengths(value[0])] : [];

    private static string Schema() => OperationText.Schema().ToJsonString(Written) + "\n";

    private static string Table() => File.ReadAllText(Page).Split(Begin)[1].Split(End)[0];

    private static string Snapshot(string name) => File.ReadAllText(Repository.File("tests", "LoraPrivacy.Oracle.Tests", name + ".verified.txt"));

    private static IEnumerable<string> Examples(string text)
        => text.Split('\n').Where(line => line.Contains("\"op\":\"", StringComparison.Ordinal)).Select(line => line.Split("\"op\":\"")[1].Split('"')[0]).Where(name => name.Contains('/'));
}
