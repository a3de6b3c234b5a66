namespace LoraPrivacy.Certifier.Vectors;

/// <summary>Tests of one operation that are made and compared in one way.</summary>
/// <param name="FirstId">The id of its first test, within the operation's block of 1000: never changed, so that new tests go to the end of a group.</param>
/// <param name="Name">Its name.</param>
/// <param name="Source">How the results were made.</param>
/// <param name="IsRequired">Whether every implementation has to pass it, or it is a recommendation.</param>
/// <param name="Comparison">How answers are compared.</param>
/// <param name="Tests">The tests.</param>
internal sealed record VectorGroup(int FirstId, string Name, string Source, bool IsRequired, Comparison Comparison, IReadOnlyList<VectorTest> Tests)
{
    /// <summary>Results enclosed by ball arithmetic.</summary>
    public const string Certified = "certified by ball arithmetic (FLINT 3.1)";

    /// <summary>Results computed in rational numbers.</summary>
    public const string Exact = "exact rational arithmetic";

    /// <summary>Results that a definition gives.</summary>
    public const string Definition = "definition";
}
