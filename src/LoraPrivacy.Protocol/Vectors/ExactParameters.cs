namespace LoraPrivacy.Protocol.Vectors;

/// <summary>Reads the exact parameters of a test. A parameter that is not there is a <see cref="KeyNotFoundException"/>, one of another kind a <see cref="FormatException"/>.</summary>
/// <param name="members">The parameters in the notation of the files.</param>
public sealed class ExactParameters(JsonObject members)
{
    /// <summary>An integer.</summary>
    public long Integer(string name) => (long)Real(name).Numerator;

    /// <summary>A finite number.</summary>
    public ExactNumber Real(string name) => Number(Member(name));

    /// <summary>1 or −1 for an infinite number, 0 for a finite one.</summary>
    public int InfiniteSign(string name) => Text(Member(name)) switch
    {
        "Infinity" => 1,
        "-Infinity" => -1,
        _ => 0,
    };

    /// <summary>A vector.</summary>
    public ExactNumber[] Vector(string name) => Vector(Member(name));

    /// <summary>A matrix, by rows.</summary>
    public ExactNumber[][] Matrix(string name) => [.. Member(name).AsArray().Select(row => Vector(row!))];

    /// <summary>A word, or a default where it is left out.</summary>
    public string Word(string name, string defaultWord) => members[name] is JsonNode node ? Text(node) : defaultWord;

    /// <summary>The parameters as they are sent: exact numbers as the doubles that they are.</summary>
    /// <exception cref="FormatException">One is no exact number, word or array.</exception>
    public string Sent()
    {
        using JsonDocument document = JsonDocument.Parse(members.ToJsonString());
        return ParameterWriter.Write(new Node("parameters", "", document.RootElement), mayBeWrong: false);
    }

    /// <summary>Whether a parameter is given.</summary>
    public bool Has(string name) => members.ContainsKey(name);

    private static ExactNumber[] Vector(JsonNode node) => [.. node.AsArray().Select(entry => Number(entry!))];

    private static ExactNumber Number(JsonNode node) => ExactNumber.ParseArgument(Text(node));

    private static string Text(JsonNode node)
        => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    private JsonNode Member(string name) => members[name] ?? throw new KeyNotFoundException($"the test has no parameter {name}");
}
