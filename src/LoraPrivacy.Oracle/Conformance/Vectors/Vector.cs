namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>One stored test: a query, and what is demanded of the answer.</summary>
/// <param name="Id">Unique over all files, and never changed.</param>
/// <param name="Operation">What is asked.</param>
/// <param name="Comment">What the case is about.</param>
/// <param name="IsRequired">Whether its level is required, and not recommended.</param>
/// <param name="Flags">The mistakes it catches, keys of the file's notes.</param>
/// <param name="Parameters">The parameters as they are sent, a JSON object.</param>
/// <param name="Agreement">When a number agrees.</param>
/// <param name="Expectation">What is demanded.</param>
internal sealed record Vector(
    int Id, string Operation, string Comment, bool IsRequired, IReadOnlyList<string> Flags, string Parameters, Agreement Agreement, Expectation Expectation);
