namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>An answer of a testee.</summary>
internal abstract record TesteeAnswer
{
    private TesteeAnswer()
    {
    }

    /// <summary>A result.</summary>
    /// <param name="Members">A JSON object.</param>
    internal sealed record Result(JsonElement Members) : TesteeAnswer;

    /// <summary>The query is refused.</summary>
    internal sealed record Error(string Code, string? Parameter, string? Message) : TesteeAnswer;

    /// <summary>The testee does not compute this.</summary>
    internal sealed record Skip(string Reason) : TesteeAnswer;

    /// <summary>An answer to the query, but with bare words such as NaN that JSON does not have.</summary>
    internal sealed record NotANumber(string Word) : TesteeAnswer;
}
