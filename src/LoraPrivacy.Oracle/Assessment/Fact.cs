using LoraPrivacy.CommandLine.Tables;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>One thing that is known about the gradient before anything is computed.</summary>
/// <param name="Name">Its name for programs.</param>
/// <param name="Label">What people read.</param>
/// <param name="Value">The value.</param>
internal sealed record Fact(string Name, string Label, Cell Value);
