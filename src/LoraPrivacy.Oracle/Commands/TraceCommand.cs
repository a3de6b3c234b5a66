namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>trace</c>: where a statement is specified, computed, tested and proved.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        Argument<string?> id = new("statement") { Description = "For example S11; none lists all.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = CommonOptions.Json();
        Option<string?> file = CommonOptions.Out();
        Command command = new("trace", "Follow a statement from the specification to its code, tests and theorems.") { id, json, file };
        command.SetAction(parsed =>
        {
            CommandOutput.Write(parsed.GetValue(file), Describe(parsed.GetValue(id), parsed.GetValue(json)));
            return ExitCode.Success;
        });
        return command;
    }

    private static string Describe(string? id, bool asJson)
    {
        JsonElement statements = StatementIndex.All;
        if (id is null)
        {
            return asJson
                ? Indented(statements)
                : string.Concat(statements.EnumerateObject().Select(s => $"{s.Name,-4} {Text(s.Value, "status"),-9} {InCoq(s.Value),-34}{Text(s.Value, "title")}\n"));
        }

        id = Canonical(id);
        if (!statements.TryGetProperty(id, out JsonElement statement))
        {
            string known = string.Join(", ", statements.EnumerateObject().Select(s => s.Name));
            throw new InputException($"there is no statement '{id}'; there are {known}");
        }

        return asJson ? Indented(statement) : Lines(id, statement);
    }

    /// <summary>S11, also where it is written s11 or 11.</summary>
    private static string Canonical(string id)
        => id.Length > 0 && id.All(char.IsAsciiDigit) ? "S" + id : id.ToUpperInvariant();

    private static string Lines(string id, JsonElement statement)
        => $"""
            {id}: {Text(statement, "title")}
              specification  spec/{Text(statement, "file")}
              status         {Text(statement, "status")}
              source         {Text(statement, "source")}
              members        {List(statement, "members")}
              tests          {List(statement, "tests")}
              proof in Coq   {Proof(statement)}
              theorems       {Items(TheoremsByTheory(statement))}

            """.ReplaceLineEndings("\n");

    private static string Text(JsonElement statement, string name)
        => statement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "none";

    private static string InCoq(JsonElement statement) => Text(statement, "proof") is var proof && proof == "tested only" ? "not in Coq" : $"in Coq: {proof}";

    private static string Proof(JsonElement statement)
        => (Text(statement, "proof") is var proof && proof == "tested only" ? "not in Coq" : proof) + (statement.TryGetProperty("proofNote", out JsonElement note) ? $": {note.GetString()}" : "");

    private static string List(JsonElement statement, string name) => Items(Names(statement, name));

    private static string[] Names(JsonElement statement, string name)
        => statement.TryGetProperty(name, out JsonElement value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];

    /// <summary>The theorems of a theory on one line; of a generated theory, which has one for each number of a table, how many.</summary>
    private static string[] TheoremsByTheory(JsonElement statement)
        => [.. Names(statement, "theorems")
            .Select(name => name.Split('.', 2))
            .GroupBy(parts => parts[0], parts => parts[1])
            .Select(theory => $"proofs/theories/{theory.Key}.v: "
                + (theory.Key.StartsWith("Certified", StringComparison.Ordinal) ? $"{theory.Count()} numbers" : string.Join(", ", theory)))];

    /// <summary>One item a line, under the first.</summary>
    private static string Items(string[] items) => items.Length == 0 ? "none" : string.Join("\n" + new string(' ', 17), items);

    private static string Indented(JsonElement element)
        => JsonSerializer.Serialize(element, JsonLayout.Indented) + "\n";
}
