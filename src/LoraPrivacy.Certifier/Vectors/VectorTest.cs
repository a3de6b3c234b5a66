namespace LoraPrivacy.Certifier.Vectors;

/// <summary>One test before its result is computed.</summary>
/// <param name="Comment">What is special about it; empty where nothing is.</param>
/// <param name="Flags">The notes of its file that it bears on.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Demanded">What is demanded of the answer, given the certified result of a test that has one.</param>
internal sealed record VectorTest(string Comment, string[] Flags, JsonObject Parameters, Func<ExpectedResult, Expectation> Demanded)
{
    public bool HasResult { get; private init; } = true;

    public static VectorTest Valid(JsonObject parameters, string comment = "", params string[] flags) => new(comment, flags, parameters, result => new Expectation.Valid(result));

    public static VectorTest Invalid(JsonObject parameters, string code, string parameter, string comment)
        => new(comment, [], parameters, _ => new Expectation.Invalid(code, parameter)) { HasResult = false };

    /// <summary>A test whose result is certified, and that may be answered by an error as well.</summary>
    public static VectorTest Acceptable(JsonObject parameters, string reason, string comment, params string[] flags)
        => new(comment, flags, parameters, result => new Expectation.Acceptable(reason, result));
}
