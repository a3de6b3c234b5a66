namespace LoraPrivacy.Oracle.Conformance;

/// <summary>How a test ended.</summary>
internal enum Verdict
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
