using LoraPrivacy.Oracle.Conformance.Mistakes;

namespace LoraPrivacy.Oracle.Conformance;

/// <summary>What an explanation rests on.</summary>
internal enum ExplanationKind
{
    /// <summary>A mistake that gives these very answers.</summary>
    Mistake,

    /// <summary>What can be seen in the answers themselves, whatever the cause.</summary>
    Observation,

    /// <summary>No mistake that is known gives these answers.</summary>
    NotIdentified,
}

/// <summary>What was probably got wrong in an operation, in words.</summary>
/// <param name="Kind">What it rests on.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Bug">The formula that was probably got wrong, or what is seen.</param>
/// <param name="Effect">What goes wrong for users; null where it is not known.</param>
/// <param name="Evidence">What speaks for it; where no cause is identified, the most telling failing test.</param>
internal sealed record Explanation(ExplanationKind Kind, string Operation, string Bug, string? Effect, string Evidence)
{
    private const string NotIdentified = "cause not identified";
    private const int LongestQuery = 200;

    /// <summary>The explanations of all failing operations.</summary>
    public static IReadOnlyList<Explanation> Of(ConformanceReport report)
    {
        MistakeFinder finder = new(new ReferenceAnswers());
        return [.. report.ByOperation
            .Select(outcomes => (outcomes.Key, Outcomes: outcomes.Where(outcome => !outcome.IsKnownFailure).ToArray()))
            .Where(operation => Array.Exists(operation.Outcomes, outcome => outcome.Verdict == TestVerdict.Failed))
            .SelectMany(operation => operation.Outcomes[0].Test is VectorTest
                ? OfVectors(finder.Find(operation.Key, operation.Outcomes), operation.Key, operation.Outcomes, report.Settings.Notes)
                : OfDraws(operation.Key, operation.Outcomes))];
    }

    private static IEnumerable<Explanation> OfVectors(
        MistakeFinding finding, string operation, TestOutcome[] outcomes, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Note>> notes)
    {
        AnsweredTest[] outside = ResultMistakes.IsDelta(operation)
            ? [.. finding.Failing.Where(test => test.GivenNumbers.Any(value => value is < 0 or > 1))]
            : [];
        if (outside.Length > 0)
        {
            yield return new(
                ExplanationKind.Observation, operation, "δ is answered outside [0, 1]", null,
                $"{outside.Length} of the {finding.Failing.Count + finding.Passing.Count} answers, such as {outside[0].GivenNumbers.First(value => value is < 0 or > 1):R} to {Named(outside[0])}");
        }

        foreach ((string name, string bug) in finding.Found)
        {
            string others = finding.Found.Count == 1 ? ""
                : $"; so are those of {(finding.Found.Count == 2 ? "another mistake" : $"{finding.Found.Count - 1} other mistakes")} listed here, which these tests cannot tell apart";
            string passing = finding.Passing.Count == 0 ? "" : $", and none of the {finding.Passing.Count} that pass speaks against it";
            yield return new(
                ExplanationKind.Mistake, operation, bug, notes.GetValueOrDefault(operation)?.GetValueOrDefault(name)?.Effect,
                $"the answers to all {finding.Failing.Count} failing tests with a result are what this gives{passing}{others}");
        }

        if (finding.Found.Count == 0)
        {
            yield return new(ExplanationKind.NotIdentified, operation, NotIdentified, null, finding.Failing.Count switch
            {
                0 => "no failing test has a result that could be compared",
                < MistakeFinder.LeastFailing => $"{finding.Failing.Count} of the failing tests have a result, and {MistakeFinder.LeastFailing} are needed; {MostTelling(finding.Failing, outcomes)}",
                _ => $"no mistake that is known gives the answers to all {finding.Failing.Count} failing tests; {MostTelling(finding.Failing, outcomes)}",
            });
        }
    }

    /// <summary>What the draws of the failing cases all point to.</summary>
    private static IEnumerable<Explanation> OfDraws(string operation, TestOutcome[] outcomes)
    {
        TestOutcome[] drawn = [.. outcomes.Where(outcome => outcome.Suspects is not null)];
        string[] common = drawn.Length < MistakeFinder.LeastFailing ? [] : [.. drawn.Select(outcome => outcome.Suspects!).Aggregate<IEnumerable<string>>((left, right) => left.Intersect(right))];
        return common.Length > 0
            ? common.Select(bug => new Explanation(ExplanationKind.Mistake, operation, bug, null, $"the draws of all {drawn.Length} rejected cases are as this gives"))
            : [new(ExplanationKind.NotIdentified, operation, NotIdentified, null, drawn.Length switch
            {
                0 => "no draws could be compared",
                _ => $"no mistake that is known gives the draws of all {drawn.Length} rejected cases, of which there have to be {MistakeFinder.LeastFailing}; for example {drawn[0].Test.Id}, {drawn[0].Message}",
            })];
    }

    private static string MostTelling(IReadOnlyList<AnsweredTest> failing, TestOutcome[] outcomes)
    {
        AnsweredTest worst = failing.Where(test => double.IsFinite(test.Error)).MaxBy(test => test.Error) ?? failing[0];
        return $"the largest relative error is in {Named(worst)}: {outcomes.First(outcome => outcome.Test.Id == worst.Vector.Id).Message}";
    }

    private static string Named(AnsweredTest test)
        => $"{test.Vector.Id} {(test.Vector.Parameters.Length <= LongestQuery ? test.Vector.Parameters : OneLine.Of(test.Vector.Parameters[..LongestQuery]) + "…")}";
}
