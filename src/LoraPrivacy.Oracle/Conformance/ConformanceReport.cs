namespace LoraPrivacy.Oracle.Conformance;

/// <summary>What came of a run.</summary>
/// <param name="Settings">What was run.</param>
/// <param name="Identity">What the testee said of itself; null where it never said hello.</param>
/// <param name="Outcomes">One outcome a test, in the tests' order.</param>
/// <param name="Restarts">How often the testee had to be started anew.</param>
/// <param name="Duration">How long the run took.</param>
internal sealed record ConformanceReport(
    ConformanceSettings Settings, TesteeIdentity? Identity, IReadOnlyList<TestOutcome> Outcomes, int Restarts, TimeSpan Duration)
{
    /// <summary>The outcomes by operation, in the tests' order.</summary>
    public IEnumerable<IGrouping<string, TestOutcome>> ByOperation => Outcomes.GroupBy(outcome => outcome.Test.Operation);

    /// <summary>What was probably got wrong, worked out once.</summary>
    public IReadOnlyList<Explanation> Explanations => field ??= Explanation.Of(this);

    /// <summary>Failing tests that nobody knew of, and whose level decides.</summary>
    public IReadOnlyList<TestOutcome> Unexpected => [.. Outcomes.Where(outcome => outcome.IsFailing && !outcome.IsKnownFailure && Decides(outcome))];

    /// <summary>Failing tests of the level recommended, where they do not decide.</summary>
    public IReadOnlyList<TestOutcome> Tolerated => [.. Outcomes.Where(outcome => outcome.IsFailing && !outcome.IsKnownFailure && !Decides(outcome))];

    /// <summary>Tests that pass although they are known to fail: the list is out of date.</summary>
    public IReadOnlyList<TestOutcome> UnexpectedPasses => [.. Outcomes.Where(outcome => outcome.IsKnownFailure && outcome.Verdict == TestVerdict.Passed)];

    /// <summary>Whether the testee conforms: it passes something, and nothing fails that should not.</summary>
    public bool Conforms => Unexpected.Count == 0 && UnexpectedPasses.Count == 0 && Outcomes.Any(outcome => outcome.Verdict == TestVerdict.Passed);

    /// <summary>The outcome of the run in a line.</summary>
    public string Summary
    {
        get
        {
            List<string> parts = [$"{Count(TestVerdict.Passed)} passed", $"{Count(TestVerdict.Failed)} failed", $"{Count(TestVerdict.Skipped)} skipped"];
            Add(Count(TestVerdict.Error), "without an answer");
            Add(Count(TestVerdict.NotRun), "not run");
            Add(Outcomes.Count(outcome => outcome.IsFailing && outcome.IsKnownFailure), "known to fail");
            Add(UnexpectedPasses.Count, "known to fail but passed");
            Add(Tolerated.Count, "failing of the level recommended, which does not decide");
            string verdict = Conforms ? "conforms" : Outcomes.Any(outcome => outcome.Verdict == TestVerdict.Passed) ? "does not conform" : "does not conform: nothing passed";
            return $"{Identity?.Name ?? "the testee"} {verdict}: {string.Join(", ", parts)}";

            void Add(int count, string what)
            {
                if (count > 0)
                {
                    parts.Add($"{count} {what}");
                }
            }
        }
    }

    public int Count(TestVerdict verdict) => Outcomes.Count(outcome => outcome.Verdict == verdict);

    private bool Decides(TestOutcome outcome) => outcome.Test.IsRequired || Settings.RecommendedDecide;
}
