namespace LoraPrivacy.Certifier.Suites;

/// <summary>Flags that the product operations share.</summary>
internal static class ProductNotes
{
    public const string Direction = "DirectionSwapped";
    public const string Degrees = "DegreesOfFreedom";
    public const string Floor = "FloorForgotten";
    public const string Cancellation = "Cancellation";
    public const string Overflow = "GammaOverflow";

    public static readonly Note DirectionNote = new(
        "λ is taken as ‖q′‖/‖q‖, which is the other direction", "δ of the easier direction is reported; removing a record costs more than is said");

    public static readonly Note DegreesNote = new(
        "X is given m or m − r + 1 degrees of freedom instead of r + m − 1, or the exponent (m + r − 1)/2 stands for (m − r + 1)/2", "ε is wrong by a factor that grows with the rank");

    public static readonly Note FloorNote = new(
        "the mass δ_∞ of outputs that the neighbour cannot produce (h ≤ 0) is left out", "a finite ε is promised where there is none");

    public static readonly Note CancellationNote = new(
        "P − e^ε P′ is formed from two rounded numbers that nearly agree", "δ of 1e-9 has no right digit, or is negative");

    public static readonly Note OverflowNote = new(
        "incomplete gamma functions or their normalisation overflow for large shapes", "NaN, 0 or 1 for dimensions of a few hundred and more");
}
