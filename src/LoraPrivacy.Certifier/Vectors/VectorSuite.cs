using System.Text.Json.Nodes;

namespace LoraPrivacy.Certifier.Vectors;

/// <summary>What a note says of a flag: the formula that was probably got wrong, and what that does to users.</summary>
internal sealed record VectorNote(string Bug, string Effect);

/// <summary>The tests of one operation, and how their results are certified.</summary>
/// <param name="Operation">The operation of <c>lora-oracle evaluate</c>.</param>
/// <param name="Statement">The statement of the specification that it computes.</param>
/// <param name="Certify">The expected result of some parameters.</param>
/// <param name="Notes">What the flags mean.</param>
/// <param name="Groups">The tests.</param>
internal sealed record VectorSuite(
    string Operation, string Statement, Func<Parameters, JsonObject> Certify, IReadOnlyDictionary<string, VectorNote> Notes, IReadOnlyList<VectorGroup> Groups)
{
    /// <summary>The file's name in spec/vectors.</summary>
    public string FileName => Operation.Replace('/', '.') + ".json";
}
