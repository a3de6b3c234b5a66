namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>The vectors of one operation.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Notes">The mistakes that its tests catch, by flag.</param>
/// <param name="Vectors">Its tests, in the order of the file.</param>
internal sealed record VectorFile(string Operation, IReadOnlyDictionary<string, Note> Notes, IReadOnlyList<Vector> Vectors);
