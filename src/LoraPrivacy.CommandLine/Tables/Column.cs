namespace LoraPrivacy.CommandLine.Tables;

/// <summary>A column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="IsText">Whether it holds words, which are set flush left, instead of numbers.</param>
/// <param name="Key">Its name in JSON and CSV; null for the heading.</param>
internal sealed record Column(string Heading, bool IsText = false, string? Key = null)
{
    /// <summary>The name for programs.</summary>
    public string Name => Key ?? Heading;
}
