namespace LoraPrivacy.Protocol;

/// <summary>The operations for people and for programs: the help of <c>evaluate</c>, the tables of spec/conformance.md, and a JSON schema.</summary>
public static class OperationText
{
    private const int Width = 98;
    private const int NameWidth = 21;

    /// <summary>Every operation with its parameters, the members of its result and an example, then what each parameter and member is, in lines.</summary>
    public static IEnumerable<string> Help() =>
    [
        "Operations with their parameters (? may be left out) and the members of their results, and an example of each:",
        .. OperationTable.All.SelectMany(operation => (string[])
        [
            "",
            $"  {operation.Name} ({operation.Statement}): {operation.Meaning}",
            $"    {string.Join(", ", operation.Parameters)} → {string.Join(", ", operation.Result.Select(member => member.Name))}",
            "  " + operation.ExampleQuery,
        ]),
        "", "Parameters:", .. Parameters().SelectMany(row => Entry(row.Name, row.Text)),
        "", "Members of results other than value:", .. Members().SelectMany(row => Entry(row.Name, row.Text)),
    ];

    /// <summary>The same as tables in Markdown.</summary>
    public static string Markdown() => string.Join('\n',
    [
        "| operation | computes | statement | parameters | result | accuracy |",
        "| --- | --- | --- | --- | --- | --- |",
        .. OperationTable.All.Select(operation
            => $"| `{operation.Name}` | {operation.Meaning.TrimEnd('.')} | {operation.Statement} | {string.Join(", ", operation.Parameters)} | {string.Join(", ", operation.Result.Select(member => member.Name))} | {AccuracyOf(operation)} |"),
        "",
        "| parameter | is |",
        "| --- | --- |",
        .. Parameters().Select(row => $"| `{row.Name}` | {row.Text} |"),
        "",
        "| member of a result | is |",
        "| --- | --- |",
        .. Members().Select(row => $"| `{row.Name}` | {row.Text} |"),
    ]);

    /// <summary>
    /// A JSON schema of queries, with that of each operation's result under <c>$defs/result.NAME</c>. Shapes that must agree, and numbers that depend on each
    /// other, are beyond it.
    /// </summary>
    public static JsonObject Schema()
    {
        JsonObject definitions = [];
        foreach (Operation operation in OperationTable.All)
        {
            definitions[DefinitionOf(operation)] = Object(
                ("op", new() { ["const"] = operation.Name }, true), ("id", [], false),
                ("params", Object([.. operation.Parameters.Select(parameter => (parameter.Name, parameter.Kind.ToSchema(), !parameter.IsOptional))]), true));
            JsonObject result = Object([.. operation.Result.Select(member => (member.Name, SchemaOf(member), true))]);
            result.Remove("additionalProperties");
            definitions["result." + DefinitionOf(operation)] = result;
        }

        return new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Queries of lora-oracle evaluate, and their results",
            ["oneOf"] = new JsonArray([.. OperationTable.All.Select(operation => new JsonObject { ["$ref"] = "#/$defs/" + DefinitionOf(operation) })]),
            ["$defs"] = definitions,
        };
    }

    private static string AccuracyOf(Operation operation)
        => operation.Accuracy is double accuracy ? accuracy.ToString("0e-0", CultureInfo.InvariantCulture) : operation.Result[0].Name == "lower" ? "proved bounds" : "";

    private static string DefinitionOf(Operation operation) => operation.Name.Replace('/', '.');

    private static IEnumerable<(string Name, string Text)> Parameters() => Rows(OperationTable.All.SelectMany(operation => operation.Parameters.Select(parameter => (
        operation, parameter.Name, $"{parameter.Meaning}: {parameter.Kind.Description}{(parameter.Default is string value ? $" (default {value})" : "")}"))));

    private static IEnumerable<(string Name, string Text)> Members()
        => Rows(OperationTable.All.SelectMany(operation => operation.Result.Where(member => member.Name != "value").Select(member => (operation, member.Name, member.Description))));

    /// <summary>One row a name; where it means different things, each with its operations.</summary>
    private static IEnumerable<(string Name, string Text)> Rows(IEnumerable<(Operation Operation, string Name, string Text)> uses) => uses.GroupBy(use => use.Name).Select(named =>
    {
        IGrouping<string, (Operation Operation, string, string)>[] meanings = [.. named.GroupBy(use => use.Text).Select(group => group)];
        return (named.Key, meanings.Length == 1
            ? meanings[0].Key
            : string.Join("; ", meanings.Select(meaning => $"of {string.Join(", ", meaning.Select(use => use.Operation.Name))}: {meaning.Key}")));
    });

    private static IEnumerable<string> Entry(string name, string text)
    {
        string line = $"  {name}".PadRight(NameWidth);
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = new string(' ', NameWidth);
            }

            line += " " + word;
        }

        yield return line;
    }

    private static JsonObject Object(params (string Name, JsonObject Schema, bool IsRequired)[] members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))),
        ["required"] = new JsonArray([.. members.Where(member => member.IsRequired).Select(member => (JsonNode)member.Name)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject SchemaOf(ResultMember member)
        => member.Words is null ? member.Shape.Aggregate(ParameterKind.Extended.ToSchema(), (items, _) => new() { ["type"] = "array", ["items"] = items })
            : member.Words.Count == 0 ? new() { ["type"] = "string" }
            : ParameterKind.Word([.. member.Words]).ToSchema();
}
