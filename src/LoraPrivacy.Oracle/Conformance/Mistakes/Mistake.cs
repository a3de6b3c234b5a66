namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>A mistake that implementations make, as something that can be recomputed: from a query to the wrong answer.</summary>
/// <param name="Name">Its name; the flag of the vectors that catch it, where they have one.</param>
/// <param name="Bug">What is got wrong.</param>
/// <param name="Operations">Where it can be made.</param>
/// <param name="Answer">The wrong answer; null where it has none, or cannot be recomputed.</param>
internal sealed record Mistake(string Name, string Bug, Predicate<string> Operations, Func<Query, JsonObject?> Answer)
{
    /// <summary>All of them. A name may occur once an operation.</summary>
    public static IReadOnlyList<Mistake> All { get; } = [.. ParameterMistakes.All, .. FormulaMistakes.All, .. GradientMistakes.All, .. ResultMistakes.All];

    /// <summary>Whether its mark is that 0 or 1 is answered, which other mistakes are not named from.</summary>
    public bool IsConstant { get; init; }

    public static IEnumerable<Mistake> In(string operation) => All.Where(mistake => mistake.Operations(operation));

    /// <summary>The wrong answer; null where it cannot be recomputed.</summary>
    public JsonObject? Recompute(Query query)
    {
        try
        {
            return Answer(query);
        }
        catch (Exception failure) when (failure is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            // The mistaken query may lie outside what the reference computes.
            return null;
        }
    }
}
