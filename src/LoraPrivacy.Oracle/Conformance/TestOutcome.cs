namespace LoraPrivacy.Oracle.Conformance;

/// <summary>What came of a test.</summary>
/// <param name="Test">The test.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Message">Why, on one line; empty where it passed with nothing to say.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record TestOutcome(ConformanceTest Test, TestVerdict Verdict, string Message, TimeSpan Duration)
{
    /// <summary>Whether the testee is known to fail this test.</summary>
    public bool IsKnownFailure { get; init; }

    /// <summary>The result that was answered; null where there was none.</summary>
    public JsonElement? Answer { get; init; }

    /// <summary>The mistakes that rejected draws fit; null where no draws were rejected.</summary>
    public IReadOnlyList<string>? Suspects { get; init; }

    /// <summary>Whether the answer was wrong or did not come.</summary>
    public bool IsFailing => Verdict is TestVerdict.Failed or TestVerdict.Error or TestVerdict.NotRun;
}

/// <summary>How a test ended.</summary>
internal enum TestVerdict
{
    /// <summary>As demanded.</summary>
    Passed,

    /// <summary>The testee answered, and wrongly.</summary>
    Failed,

    /// <summary>The testee does not compute this.</summary>
    Skipped,

    /// <summary>The testee did not answer: it crashed, took too long, or wrote something else.</summary>
    Error,

    /// <summary>It was not asked, because the testee had to be started anew too often.</summary>
    NotRun,
}
