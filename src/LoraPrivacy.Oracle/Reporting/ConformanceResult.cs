namespace LoraPrivacy.Oracle.Reporting;

/// <summary>What <c>conform --json</c> found out about one implementation, as far as the page shows it.</summary>
/// <param name="Testee">The implementation's name; null where it never answered.</param>
/// <param name="Version">Its version, or null.</param>
/// <param name="Level">Which tests decide.</param>
/// <param name="Conforms">Whether it conforms.</param>
/// <param name="Summary">The outcome in a line.</param>
/// <param name="Operations">How the tests of each operation ended.</param>
/// <param name="Explanations">Which mistakes the failing tests point to.</param>
/// <param name="Failures">The first tests that failed.</param>
/// <param name="FailureCount">How many failed.</param>
internal sealed record ConformanceResult(
    string? Testee,
    string? Version,
    string Level,
    bool Conforms,
    string Summary,
    IReadOnlyList<OperationOutcome> Operations,
    IReadOnlyList<FailureExplanation> Explanations,
    IReadOnlyList<FailingTest> Failures,
    int FailureCount);

/// <summary>How many tests of an operation ended how.</summary>
internal sealed record OperationOutcome(string Operation, int Passed, int Failed, int Skipped, int Error, int NotRun);

/// <summary>A mistake that failing tests point to.</summary>
internal sealed record FailureExplanation(string Operation, string Bug, string Effect, string Evidence);

/// <summary>A test that failed.</summary>
internal sealed record FailingTest(int Id, string Operation, string Comment, bool IsKnown, string Message);
