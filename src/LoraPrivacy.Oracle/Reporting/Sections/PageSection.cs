namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>A section of the page.</summary>
/// <param name="Id">Its identifier, which the contents lead to.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Write">Writes what stands below the heading.</param>
internal sealed record PageSection(string Id, string Title, Action<HtmlBuilder> Write);
