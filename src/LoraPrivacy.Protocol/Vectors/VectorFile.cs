namespace LoraPrivacy.Protocol.Vectors;

/// <summary>The vectors of one operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Statement">The statement of the specification that it computes.</param>
/// <param name="Notes">The mistakes that its tests catch, by flag.</param>
/// <param name="Groups">Its tests, in the order of the file.</param>
public sealed record VectorFile(string Operation, string Statement, IReadOnlyDictionary<string, Note> Notes, IReadOnlyList<VectorGroup> Groups)
{
    /// <summary>All tests, in the order of the file.</summary>
    public IReadOnlyList<Vector> Vectors { get; } = [.. Groups.SelectMany(group => group.Vectors)];

    /// <summary>The file's name in spec/vectors.</summary>
    public static string NameOf(string operation) => operation.Replace('/', '.') + ".json";
}

/// <summary>The mistake that tests with a flag catch.</summary>
/// <param name="Bug">Which formula was probably got wrong.</param>
/// <param name="Effect">What goes wrong for users.</param>
public sealed record Note(string Bug, string Effect);

/// <summary>Tests that are made and compared in one way.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">How the results were made.</param>
/// <param name="IsRequired">Whether its level is required, and not recommended.</param>
/// <param name="Agreement">When a number agrees.</param>
/// <param name="Vectors">The tests.</param>
public sealed record VectorGroup(string Name, string Source, bool IsRequired, Agreement Agreement, IReadOnlyList<Vector> Vectors);

/// <summary>One stored test: a query, and what is demanded of the answer.</summary>
/// <param name="Id">Unique over all files, and never changed.</param>
/// <param name="Operation">What is asked.</param>
/// <param name="Comment">What the case is about.</param>
/// <param name="IsRequired">Whether its level is required, and not recommended.</param>
/// <param name="Flags">The mistakes it catches, keys of the file's notes.</param>
/// <param name="Arguments">The parameters in the exact notation of the file.</param>
/// <param name="Parameters">The parameters as they are sent, a JSON object.</param>
/// <param name="Agreement">When a number agrees.</param>
/// <param name="Expectation">What is demanded.</param>
public sealed record Vector(
    int Id, string Operation, string Comment, bool IsRequired, IReadOnlyList<string> Flags, JsonObject Arguments, string Parameters, Agreement Agreement, Expectation Expectation);
