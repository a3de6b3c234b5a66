namespace LoraPrivacy.Oracle.Reporting;

/// <summary>The members of a JSON object of a file; one that is missing or of another type is named in the error.</summary>
internal readonly struct JsonMembers
{
    private readonly JsonElement given;
    private readonly string source;
    private readonly string? list;
    private readonly int index;

    /// <summary>The members of the whole file.</summary>
    public JsonMembers(JsonElement element, string source)
        : this(element, source, list: null, index: 0)
    {
    }

    private JsonMembers(JsonElement element, string source, string? list, int index)
    {
        (given, this.source, this.list, this.index) = (element, source, list, index);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InputException($"{Place}: is not a JSON object");
        }
    }

    private string Place => list is null ? source : $"{source}, {list}[{index}]";

    /// <summary>A text, cut where it is longer than a page has room for.</summary>
    public string Text(string name, int longest) => TextOrNull(name, longest) ?? throw Wrong(name, "a text");

    public string? TextOrNull(string name, int longest) => Member(name) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } element => Shortened(element.GetString()!, longest),
        _ => throw Wrong(name, "a text"),
    };

    public bool Boolean(string name)
        => Member(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } element ? element.GetBoolean() : throw Wrong(name, "true or false");

    /// <summary>An integer that is at least 0.</summary>
    public int Count(string name)
        => Member(name) is { ValueKind: JsonValueKind.Number } element && element.TryGetInt32(out int value) && value >= 0
            ? value
            : throw Wrong(name, $"an integer in [0, {int.MaxValue}]");

    /// <summary>A list of objects, one at a time.</summary>
    public IEnumerable<JsonMembers> List(string name, int most)
    {
        JsonElement list = Member(name);
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, "a list");
        }

        string source = this.source;
        return list.GetArrayLength() <= most
            ? list.EnumerateArray().Select((item, i) => new JsonMembers(item, source, name, i))
            : throw Wrong(name, $"a list of at most {most}");
    }

    private static string Shortened(string text, int longest) => text.Length <= longest ? text : text[..longest] + "…";

    private JsonElement Member(string name)
        => given.TryGetProperty(name, out JsonElement value) ? value : throw new InputException($"{Place}: lacks the member '{name}'");

    private InputException Wrong(string name, string range) => new($"{Place}: the member '{name}' must be {range}");
}
