namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>A testee without a process: the reference behind a change of the query or of its answer.</summary>
internal sealed class InProcessTestee(Func<string, string, string>? changeParameters = null, Func<string, string>? changeAnswer = null) : ITestee
{
    public TesteeIdentity Greet() => new("in process", "0", Operations.Reference.Listed.Select(operation => operation.Name).ToHashSet());

    public TesteeAnswer Ask(string id, string operation, string parameters)
    {
        string changed = changeParameters?.Invoke(operation, parameters) ?? parameters;
        string query = $$"""{"id":{{id}},"op":"{{operation}}","params":{{changed}}}""";
        string answer = Encoding.UTF8.GetString(QueryAnswerer.Answer(Encoding.UTF8.GetBytes(query), Operations.Reference).Span);
        return AnswerReader.Read(Encoding.UTF8.GetBytes(changeAnswer?.Invoke(answer) ?? answer), id);
    }
}
