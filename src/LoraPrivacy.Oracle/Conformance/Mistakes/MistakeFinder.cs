using System.Collections.Concurrent;
using LoraPrivacy.Oracle.Protocol;

namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>What is found out about the answers to an operation's tests.</summary>
/// <param name="Found">Mistakes that give these very answers: none where the cause is not identified, and several where they cannot be told apart.</param>
/// <param name="Failing">The failing tests that could be compared, the most telling first.</param>
/// <param name="Passing">Those that pass.</param>
internal sealed record MistakeFinding(IReadOnlyList<(string Name, string Bug)> Found, IReadOnlyList<AnsweredTest> Failing, IReadOnlyList<AnsweredTest> Passing);

/// <summary>Finds the mistakes whose recomputed answers are the testee's, on all failing tests of an operation and against none that passes.</summary>
internal sealed class MistakeFinder(ReferenceAnswers reference)
{
    /// <summary>The fewest failing tests that a mistake is named from.</summary>
    public const int LeastFailing = 3;

    public MistakeFinding Find(string operation, IEnumerable<TestOutcome> outcomes)
    {
        AnsweredTest[] answered = [.. outcomes.Select(AnsweredTest.Of).OfType<AnsweredTest>()];
        AnsweredTest[] failing = [.. answered.Where(test => test.IsFailing).OrderByDescending(test => test.IsTelling).ThenByDescending(test => test.Error)];
        AnsweredTest[] passing = [.. answered.Where(test => !test.IsFailing)];
        if (failing.Length < LeastFailing)
        {
            return new([], failing, passing);
        }

        Mistake[] catalogue = [.. Mistake.In(operation)];
        (string Name, string Bug)[] marks = [.. Signature.All.Where(signature => signature.Marks(answered)).Select(signature => (signature.Name, signature.Bug))];
        Mistake[] constants = [.. catalogue.Where(mistake => mistake.IsConstant && Fits(mistake))];

        // A mistake is not named from wrong 0s, 1s and infinities, which many give, but is named beside the one that gives nothing else.
        bool isTelling = failing.Count(test => test.IsTelling) >= LeastFailing || constants.Length > 0 || marks.Any(mark => mark.Name == Signature.ConstantAnswer);
        Mistake[] found = [.. constants, .. catalogue.Where(mistake => isTelling && !mistake.IsConstant && Fits(mistake))];
        return new(
            found.Length == 0 || constants.Length == 0 && marks.Any(mark => mark.Name == Signature.ConstantAnswer)
                ? [.. marks, .. found.Select(mistake => (mistake.Name, mistake.Bug))]
                : [.. found.Select(mistake => (mistake.Name, mistake.Bug))],
            failing, passing);

        bool Fits(Mistake mistake) => Array.TrueForAll(failing, test => mistake.Recompute(test.Query(reference)) is { } wrong && MistakeFit.Explains(test, wrong))
            && Array.TrueForAll(passing, test => mistake.Recompute(test.Query(reference)) is not { } right || MistakeFit.Allows(test, right));
    }
}

/// <summary>What the reference answers, each query computed once. Nothing that it hands out may be changed.</summary>
internal sealed class ReferenceAnswers
{
    private readonly ConcurrentDictionary<string, JsonObject?> answers = new();

    /// <summary>The result; null where the reference refuses the query.</summary>
    public JsonObject? Ask(string operation, JsonObject parameters)
        => answers.GetOrAdd($$"""{"op":"{{operation}}","params":{{parameters.ToJsonString()}}}""", Answer);

    private static JsonObject? Answer(string query)
        => JsonNode.Parse(QueryAnswerer.Answer(Encoding.UTF8.GetBytes(query), Operations.Reference).Span)!["result"]?.AsObject();
}
