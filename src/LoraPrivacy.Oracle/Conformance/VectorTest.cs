namespace LoraPrivacy.Oracle.Conformance;

/// <summary>A test by a stored vector: one query, and an answer that agrees or not.</summary>
internal sealed class VectorTest(Vector vector) : ConformanceTest(vector.Id, vector.Operation, vector.Comment, vector.IsRequired)
{
    // The answers of all tests are kept to find out what was got wrong; none that is right is so long.
    private const int LongestKept = 1 << 16;

    public Vector Vector => vector;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Flags => vector.Flags;

    /// <inheritdoc/>
    public override string Parameters => vector.Parameters;

    public TestOutcome Judge(TesteeAnswer answer) => (answer, vector.Expectation) switch
    {
        (TesteeAnswer.Skip skip, _) => Outcome(TestVerdict.Skipped, skip.Reason),
        (TesteeAnswer.NotANumber bare, _) => Outcome(TestVerdict.Failed, $"answered {bare.Word}; an infinity is the string \"Infinity\", and NaN is no answer"),
        (TesteeAnswer.Error error, Expectation.Invalid demanded) => JudgeError(error, demanded),
        (TesteeAnswer.Error, Expectation.Acceptable acceptable) => Outcome(TestVerdict.Passed, acceptable.Reason),
        (TesteeAnswer.Error error, _) => Outcome(TestVerdict.Failed, $"answered the error {error.Code}{(error.Message is string message ? $" ({message})" : "")} to a valid query"),
        (TesteeAnswer.Result, Expectation.Invalid demanded) => Outcome(TestVerdict.Failed, $"answered a result, where the error {demanded.Code} {On(demanded.Parameter)}is due"),
        (TesteeAnswer.Result result, Expectation.Valid valid) => JudgeResult(result.Members, valid.Result),
        (TesteeAnswer.Result result, Expectation.Acceptable { Result: ExpectedResult expected }) => JudgeResult(result.Members, expected),
        _ => Outcome(TestVerdict.Passed),
    };

    /// <inheritdoc/>
    protected override TestOutcome Judge(ITestee testee)
    {
        TesteeAnswer answer = testee.Ask($"{Id}", Operation, vector.Parameters);
        return Judge(answer) with { Answer = answer is TesteeAnswer.Result { Members: var members } && members.GetRawText().Length <= LongestKept ? members : null };
    }

    private TestOutcome JudgeError(TesteeAnswer.Error error, Expectation.Invalid demanded)
        => error.Code != demanded.Code ? Outcome(TestVerdict.Failed, $"answered the error {error.Code}, where {demanded.Code} {On(demanded.Parameter)}is due")
            : error.Parameter is string parameter && demanded.Parameter is string due && parameter != due
                ? Outcome(TestVerdict.Failed, $"answered an error about {parameter}, where it is {due} that is wrong")
                : Outcome(TestVerdict.Passed);

    private TestOutcome JudgeResult(JsonElement members, ExpectedResult expected)
        => ResultComparison.Disagreement(vector.Agreement, members, expected) is string disagreement
            ? Outcome(TestVerdict.Failed, OneLine.Of(disagreement))
            : Outcome(TestVerdict.Passed);

    private static string On(string? parameter) => parameter is null ? "" : $"about {parameter} ";
}
