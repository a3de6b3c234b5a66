namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>What a testee says of itself in its greeting.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Operations">What it can be asked.</param>
internal sealed record TesteeIdentity(string Name, string Version, IReadOnlySet<string> Operations);
