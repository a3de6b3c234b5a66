namespace LoraPrivacy.Oracle.Protocol;

/// <summary>A query that this answerer does not compute, though nothing is wrong with it. The message says why.</summary>
internal sealed class SkippedQueryException(string message) : Exception(message);
