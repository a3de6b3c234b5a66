using LoraPrivacy.Protocol.Vectors;

namespace LoraPrivacy.Oracle.Conformance;

/// <summary>The mistake that the pattern of failing tests points to.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Flag">The mistake's name.</param>
/// <param name="Note">What it is.</param>
/// <param name="Failing">How many of the tests with the flag fail.</param>
/// <param name="Flagged">How many tests with the flag passed or failed.</param>
/// <param name="FailingInAll">How many tests of the operation fail.</param>
internal sealed record Diagnosis(string Operation, string Flag, Note Note, int Failing, int Flagged, int FailingInAll)
{
    private const double LeastShare = 0.5;
    private const int Most = 2;

    /// <summary>How well the flag tells failing tests from passing ones: the harmonic mean of the two shares below.</summary>
    public double Score => 2.0 * Failing / (Flagged + FailingInAll);

    /// <summary>The best explanations of an operation's failing tests, the best first; none where no flag explains them.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="outcomes">All its outcomes.</param>
    /// <param name="notes">The mistakes, by flag.</param>
    public static IReadOnlyList<Diagnosis> Of(string operation, IReadOnlyCollection<TestOutcome> outcomes, IReadOnlyDictionary<string, Note> notes)
    {
        TestOutcome[] answered = [.. outcomes.Where(outcome => outcome.Verdict is Verdict.Passed or Verdict.Failed)];
        int failing = answered.Count(outcome => outcome.Verdict == Verdict.Failed);
        if (failing == 0)
        {
            return [];
        }

        // A flag must be shared by half of the failing tests, and half of its tests must fail: more than among all tests.
        double usual = (double)failing / answered.Length;
        return [.. notes
            .Select(note => new Diagnosis(
                operation, note.Key, note.Value, answered.Count(outcome => outcome.Verdict == Verdict.Failed && outcome.Test.Flags.Contains(note.Key)),
                answered.Count(outcome => outcome.Test.Flags.Contains(note.Key)), failing))
            .Where(found => found.Failing > 0 && found.Failing >= LeastShare * failing && found.Failing >= LeastShare * found.Flagged
                && (found.Failing > usual * found.Flagged || failing == answered.Length))
            .OrderByDescending(found => found.Score)
            .Take(Most)];
    }
}
