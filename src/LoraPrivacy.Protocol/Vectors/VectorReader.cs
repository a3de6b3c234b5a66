namespace LoraPrivacy.Protocol.Vectors;

/// <summary>Reads a file of vectors strictly: what the schema does not have is refused, with the place.</summary>
public static class VectorReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="contents">Its bytes.</param>
    /// <exception cref="FormatException">It is no file of vectors.</exception>
    public static VectorFile Read(string path, ReadOnlyMemory<byte> contents)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(contents, Strict);
            return File(new Node(path, string.Empty, document.RootElement));
        }
        catch (JsonException failure)
        {
            throw new FormatException($"{path}: is not JSON: {(failure.LineNumber is long line ? $"line {line + 1}" : "a member is given twice")}", failure);
        }
        catch (InvalidOperationException failure)
        {
            throw new FormatException($"{path}: holds half of a surrogate pair", failure);
        }
    }

    private static VectorFile File(Node file)
    {
        file.AllowOnly("schema", "operation", "statement", "numberOfTests", "notes", "groups");
        string operation = file.Text("operation");
        Dictionary<string, Note> notes = [];
        foreach ((string flag, Node note) in file.Member("notes").Members())
        {
            note.AllowOnly("bug", "effect");
            notes.Add(flag, new Note(note.Text("bug"), note.Text("effect")));
        }

        List<VectorGroup> groups = [];
        foreach (Node group in file.Array("groups"))
        {
            group.AllowOnly("name", "source", "level", "comparison", "tests");
            bool isRequired = group.Word("level", "required", "recommended") == "required";
            Agreement agreement = Agreement.Read(group.Member("comparison"));
            Vector[] vectors = [.. group.Array("tests").Select(test => ReadVector(test, operation, isRequired, agreement, notes))];
            groups.Add(new(group.Text("name"), group.Text("source"), isRequired, agreement, vectors));
        }

        VectorFile read = new(operation, file.Text("statement"), notes, groups);
        return read.Vectors.Count == file.Integer("numberOfTests")
            ? read
            : throw new FormatException($"{file.Path}: numberOfTests is {file.Integer("numberOfTests")}, but there are {read.Vectors.Count} tests");
    }

    private static Vector ReadVector(Node test, string operation, bool isRequired, Agreement agreement, Dictionary<string, Note> notes)
    {
        test.AllowOnly("id", "comment", "flags", "params", "result", "expected", "error", "reason");
        string[] flags = [.. test.Array("flags").Select(flag => flag.AsText())];
        if (System.Array.Find(flags, flag => !notes.ContainsKey(flag)) is string unknown)
        {
            throw test.Bad("flags", $"keys of notes, which has no '{unknown}'");
        }

        string result = test.Word("result", "valid", "invalid", "acceptable");
        Node parameters = test.Member("params");
        string sent = ParameterWriter.Write(parameters, mayBeWrong: result != "valid");
        return new(
            test.Integer("id"), operation, test.Text("comment"), isRequired, flags, JsonNode.Parse(parameters.Element.GetRawText())!.AsObject(), sent, agreement, ReadExpectation(test, result));
    }

    private static Expectation ReadExpectation(Node test, string result)
    {
        switch (result)
        {
            case "valid":
                test.AllowOnly("id", "comment", "flags", "params", "result", "expected");
                return new Expectation.Valid(ReadResult(test.Member("expected")));
            case "invalid":
                test.AllowOnly("id", "comment", "flags", "params", "result", "error");
                Node error = test.Member("error");
                error.AllowOnly("code", "parameter");
                return new Expectation.Invalid(error.Text("code"), error.Has("parameter") ? error.Text("parameter") : null);
            default:
                test.AllowOnly("id", "comment", "flags", "params", "result", "reason", "expected");
                return new Expectation.Acceptable(test.Text("reason"), test.Has("expected") ? ReadResult(test.Member("expected")) : null);
        }
    }

    private static ExpectedResult ReadResult(Node expected)
    {
        Dictionary<string, ExpectedValue> values = [];
        Dictionary<string, string> words = [];
        foreach ((string name, Node member) in expected.Members())
        {
            if (name == "words")
            {
                words = member.Members().ToDictionary(word => word.Name, word => word.Value.AsText());
            }
            else
            {
                values.Add(name, ReadValue(member));
            }
        }

        return values.Count + words.Count > 0 ? new(values, words) : throw expected.Bad("a member");
    }

    private static ExpectedValue ReadValue(Node value)
    {
        Node[] items = [.. value.Items()];
        if (items.Length != 2 || !System.Array.TrueForAll(items, item => item.IsText))
        {
            return items.Length > 0 ? new ExpectedValue.Sequence([.. items.Select(ReadValue)]) : throw value.Bad("[lower, upper] or an array of such");
        }

        return ExactNumber.TryParseDecimal(items[0].AsText(), out ExactNumber lower) && ExactNumber.TryParseDecimal(items[1].AsText(), out ExactNumber upper) && lower <= upper
            ? new ExpectedValue.Number(new(lower, upper))
            : throw value.Bad("[lower, upper], two decimal numbers as strings in this order");
    }
}
