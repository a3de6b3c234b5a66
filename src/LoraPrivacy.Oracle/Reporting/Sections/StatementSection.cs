namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>The statements that the page cites: title, place and what backs them.</summary>
internal static class StatementSection
{
    public static void Write(HtmlBuilder html, IEnumerable<string> cited)
    {
        html.Line("p", "The numbers S1, S2, … are statements of the specification, in the folder spec of the project. “lora-oracle trace S11” leads from a statement to its code, tests and theorems.");
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", "The statements cited"));
        html.Open("table").Open("caption").Inline("div", "The statements cited on this page").Close().Open("thead").Open("tr");
        foreach (string heading in (string[])["statement", "title", "file", "status", "machine-checked"])
        {
            html.Inline("th", heading, ("scope", "col"), ("class", "text"));
        }

        html.Close().CloseLine().Open("tbody").Verbatim("\n");
        foreach (string id in cited.Distinct().OrderBy(id => int.Parse(id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)))
        {
            JsonElement statement = StatementIndex.All.GetProperty(id);
            html.Open("tr").Inline("th", id, ("scope", "row"), ("class", "text"));
            html.Inline("td", Member(statement, "title"), ("class", "text"));
            html.Inline("td", $"spec/{Member(statement, "file")}", ("class", "text"));
            html.Inline("td", Member(statement, "status"), ("class", "text"));
            html.Inline("td", Member(statement, "proof"), ("class", "text"));
            html.CloseLine();
        }

        html.Close().Close().CloseLine();
    }

    private static string Member(JsonElement statement, string name) => statement.GetProperty(name).GetString()!;
}
