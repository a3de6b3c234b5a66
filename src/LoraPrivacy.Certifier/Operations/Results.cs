using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;

namespace LoraPrivacy.Certifier.Operations;

/// <summary>Expected results as the vector files hold them: an enclosure [lower, upper] for every number.</summary>
internal static class Results
{
    /// <summary>The result of an operation with one number.</summary>
    public static JsonObject Value(Enclosure value) => new() { ["value"] = Node(value) };

    /// <summary>A number that a bracket has to contain: both its ends are held against it.</summary>
    public static JsonObject Bracket(Enclosure value) => new() { ["lower"] = Node(value), ["upper"] = Node(value) };

    /// <summary>One enclosure.</summary>
    public static JsonArray Node(Enclosure value) => [value.Lower, value.Upper];

    /// <summary>A vector of them.</summary>
    public static JsonArray Node(IEnumerable<Enclosure> values) => new([.. values.Select(Node)]);

    /// <summary>A matrix of them, by rows.</summary>
    public static JsonArray Node(IEnumerable<IEnumerable<Enclosure>> rows) => new([.. rows.Select(Node)]);
}
