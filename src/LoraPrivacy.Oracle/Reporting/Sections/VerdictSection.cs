namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>The verdict on each release, its scope before it.</summary>
internal static class VerdictSection
{
    public static void Write(HtmlBuilder html, IReadOnlyList<(Verdict Verdict, IReadOnlyList<(string Question, string Answer)> Instances)> verdicts)
    {
        html.Line("p", "Which release is published, for which neighbours and for how many steps comes first: the same training has several releases, and they differ. Nothing holds beyond its scope.");
        html.Open("div", ("class", "verdicts")).Verbatim("\n");
        foreach ((Verdict verdict, IReadOnlyList<(string Question, string Answer)> instances) in verdicts)
        {
            Write(html, verdict, instances);
        }

        html.CloseLine();
    }

    private static void Write(HtmlBuilder html, Verdict verdict, IReadOnlyList<(string Question, string Answer)> instances)
    {
        html.Open("article", ("id", $"verdict-{verdict.Id}"), ("class", "verdict")).Verbatim("\n");
        html.Line("h3", verdict.Title);
        html.Open("dl").Verbatim("\n");
        Terms(html, "Release", verdict.Releases.Select(release => release.Describe()));
        Terms(html, "Neighbours", verdict.Neighbours.Describe());
        Terms(html, "Steps", verdict.Steps.Describe());
        html.CloseLine();
        html.Line("p", verdict.Sentence, ("class", "answer"));
        html.Line("p", verdict.Why);
        html.Line("p", $"Needed: {verdict.Needed}");
        if (instances.Count > 0)
        {
            html.Open("details").Line("summary", "Computed instances").Open("dl").Verbatim("\n");
            foreach ((string question, string answer) in instances)
            {
                Terms(html, question, [answer]);
            }

            html.Close().CloseLine();
        }

        html.Line("p", verdict.Cited, ("class", "statements"));
        html.CloseLine();
    }

    private static void Terms(HtmlBuilder html, string term, IEnumerable<string> descriptions)
    {
        html.Line("dt", term);
        foreach (string description in descriptions)
        {
            html.Line("dd", description);
        }
    }
}
