namespace LoraPrivacy.Protocol.Vectors;

/// <summary>A place in a JSON document that knows where it is, so that an error can say so.</summary>
/// <param name="Path">The file.</param>
/// <param name="Place">The place, such as groups[0].tests[3].</param>
/// <param name="Element">What is there.</param>
internal readonly record struct Node(string Path, string Place, JsonElement Element)
{
    public bool IsText => Element.ValueKind == JsonValueKind.String;

    public bool Has(string name) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out _);

    public Node Member(string name) => Has(name) ? new(Path, Within(name), Element.GetProperty(name)) : throw Bad($"an object with the member {name}");

    public IEnumerable<(string Name, Node Value)> Members()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            throw Bad("an object");
        }

        foreach (JsonProperty member in Element.EnumerateObject())
        {
            yield return (member.Name, new(Path, Within(member.Name), member.Value));
        }
    }

    public IEnumerable<Node> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            throw Bad("an array");
        }

        int i = 0;
        foreach (JsonElement item in Element.EnumerateArray())
        {
            yield return new(Path, $"{Place}[{i++}]", item);
        }
    }

    public IEnumerable<Node> Array(string name) => Member(name).Items();

    public string AsText() => IsText ? Element.GetString()! : throw Bad("a string");

    public string Text(string name) => Member(name).AsText();

    public string Word(string name, params ReadOnlySpan<string> allowed)
    {
        string word = Text(name);
        return allowed.Contains(word) ? word : throw Bad(name, $"one of {string.Join(", ", allowed.ToArray())}");
    }

    /// <summary>A member that is a whole number of at least 0.</summary>
    public int Integer(string name)
    {
        Node member = Member(name);
        return member.Element.ValueKind == JsonValueKind.Number && member.Element.TryGetInt32(out int value) && value >= 0
            ? value
            : throw Bad(name, "a whole number of at least 0");
    }

    /// <summary>Refuses members of other names.</summary>
    public void AllowOnly(params string[] names)
    {
        foreach ((string name, _) in Members())
        {
            if (!names.Contains(name))
            {
                throw Bad($"an object with the members {string.Join(", ", names)} only, but it has '{name}'");
            }
        }
    }

    /// <summary>The error that this place should be something else.</summary>
    public FormatException Bad(string allowed) => new($"{Path}: {(Place.Length > 0 ? Place : "the document")} must be {allowed}");

    /// <summary>The error that a member should be something else.</summary>
    public FormatException Bad(string name, string allowed) => new($"{Path}: {Within(name)} must be {allowed}");

    private string Within(string name) => Place.Length > 0 ? $"{Place}.{name}" : name;
}
