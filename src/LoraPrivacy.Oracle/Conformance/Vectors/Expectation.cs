namespace LoraPrivacy.Oracle.Conformance.Vectors;

/// <summary>What a test demands of the answer.</summary>
internal abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>A result that agrees.</summary>
    internal sealed record Valid(ExpectedResult Result) : Expectation;

    /// <summary>An error of this code, and about this parameter if the answer names one.</summary>
    internal sealed record Invalid(string Code, string? Parameter) : Expectation;

    /// <summary>An error, or a result that agrees; any result, where none is expected.</summary>
    internal sealed record Acceptable(string Reason, ExpectedResult? Result) : Expectation;
}
