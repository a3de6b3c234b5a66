using LoraPrivacy.Protocol.Vectors;

namespace LoraPrivacy.Oracle.Conformance;

/// <summary>What was probably got wrong in an operation, in words.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Bug">The formula that was probably got wrong.</param>
/// <param name="Effect">What goes wrong for users; null where it is not known.</param>
/// <param name="Evidence">What speaks for it.</param>
internal sealed record Explanation(string Operation, string Bug, string? Effect, string Evidence)
{
    /// <summary>The explanations of all failing operations, the best of each first.</summary>
    public static IReadOnlyList<Explanation> Of(ConformanceReport report)
        => [.. report.ByOperation.SelectMany(outcomes => OfOperation(outcomes.Key, [.. outcomes.Where(outcome => !outcome.IsKnownFailure)], report.Settings.Notes))];

    private static IEnumerable<Explanation> OfOperation(
        string operation, TestOutcome[] outcomes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Note>> notes)
    {
        if (notes.TryGetValue(operation, out IReadOnlyDictionary<string, Note>? ofOperation))
        {
            foreach (Diagnosis found in Diagnosis.Of(operation, outcomes, ofOperation))
            {
                yield return new(
                    operation, found.Note.Bug, found.Note.Effect,
                    $"{found.Failing} of the {found.FailingInAll} failing tests have the flag {found.Flag}, and {found.Flagged - found.Failing} of those that pass");
            }
        }

        // What the draws themselves say, most often.
        if (outcomes.Where(outcome => outcome.Diagnosis is not null).GroupBy(outcome => outcome.Diagnosis!).MaxBy(group => group.Count()) is { } common)
        {
            yield return new(operation, common.Key, null, $"the draws of {common.Count()} of the {outcomes.Count(outcome => outcome.IsFailing)} failing tests say so");
        }
    }
}
