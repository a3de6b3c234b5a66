namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>A testee is not started any more, because it had to be too often.</summary>
internal sealed class TesteeGoneException(string message) : Exception(message);
