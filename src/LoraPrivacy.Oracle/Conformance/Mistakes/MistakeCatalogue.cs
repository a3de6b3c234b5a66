namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>The mistakes that can be recomputed.</summary>
internal static class MistakeCatalogue
{
    /// <summary>All of them. A name may occur once an operation.</summary>
    public static IReadOnlyList<Mistake> All { get; } = [.. ParameterMistakes.All, .. FormulaMistakes.All, .. GradientMistakes.All, .. ResultMistakes.All];

    /// <summary>Those that can be made in an operation.</summary>
    public static IEnumerable<Mistake> Of(string operation) => All.Where(mistake => mistake.Operations(operation));
}
