namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>The mistake that tests with a flag catch.</summary>
/// <param name="Bug">Which formula was probably got wrong.</param>
/// <param name="Effect">What goes wrong for users.</param>
internal sealed record Note(string Bug, string Effect);
