using System.Text.Json;
using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;

namespace LoraPrivacy.Certifier.Vectors;

/// <summary>Reads the exact parameters of a test.</summary>
internal sealed class Parameters(JsonObject members)
{
    /// <summary>An integer.</summary>
    public long Integer(string name) => (long)Real(name).Numerator;

    /// <summary>A finite number.</summary>
    public Rational Real(string name) => Number(Member(name));

    /// <summary>1 or −1 for an infinite number, 0 for a finite one.</summary>
    public int InfiniteSign(string name) => Text(Member(name)) switch
    {
        "Infinity" => 1,
        "-Infinity" => -1,
        _ => 0,
    };

    /// <summary>A vector.</summary>
    public Rational[] Vector(string name) => Vector(Member(name));

    /// <summary>A matrix, by rows.</summary>
    public Rational[][] Matrix(string name) => [.. Member(name).AsArray().Select(row => Vector(row!))];

    /// <summary>A word, or a default where it is left out.</summary>
    public string Word(string name, string defaultWord) => members[name] is JsonNode node ? Text(node) : defaultWord;

    /// <summary>Whether a parameter is given.</summary>
    public bool Has(string name) => members.ContainsKey(name);

    private static Rational[] Vector(JsonNode node) => [.. node.AsArray().Select(entry => Number(entry!))];

    private static Rational Number(JsonNode node) => ExactNumber.Parse(Text(node));

    private static string Text(JsonNode node)
        => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    private JsonNode Member(string name) => members[name] ?? throw new KeyNotFoundException($"the test has no parameter {name}");
}
