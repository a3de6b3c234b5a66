namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>The members that a result must have. It may have others.</summary>
/// <param name="Values">The numbers and arrays of numbers, by the member's name.</param>
/// <param name="Words">The strings, by the member's name.</param>
internal sealed record ExpectedResult(IReadOnlyDictionary<string, ExpectedValue> Values, IReadOnlyDictionary<string, string> Words);
