namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>A testee broke the protocol: it crashed, took too long, or wrote something else than an answer. It is started anew.</summary>
internal sealed class TesteeFaultException(string message) : Exception(message);
