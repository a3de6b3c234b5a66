namespace LoraPrivacy.Oracle.Reporting;

/// <summary>What is known of one release: its scope first, then the verdict.</summary>
/// <param name="Id">Its identifier in the page.</param>
/// <param name="Title">Its name.</param>
/// <param name="Release">What the adversary sees.</param>
/// <param name="Neighbours">Which data sets are to be indistinguishable.</param>
/// <param name="Steps">How many steps it speaks of.</param>
/// <param name="Verdict">Whether it is private, in a sentence.</param>
/// <param name="Reason">Why.</param>
/// <param name="Instances">Computed instances: what was asked, and the reference's answer.</param>
/// <param name="Statements">The statements that it rests on.</param>
internal sealed record ReleaseVerdict(
    string Id,
    string Title,
    string Release,
    string Neighbours,
    string Steps,
    string Verdict,
    string Reason,
    IReadOnlyList<(string Question, string Answer)> Instances,
    IReadOnlyList<string> Statements);
