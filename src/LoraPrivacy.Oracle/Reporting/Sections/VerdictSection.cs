namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>The verdict on each release, its scope before it.</summary>
internal static class VerdictSection
{
    /// <summary>All verdicts, in the order in which they are shown.</summary>
    public static IReadOnlyList<ReleaseVerdict> All() =>
    [
        VectorVerdicts.Product(),
        VectorVerdicts.FreshProducts(),
        MatrixVerdicts.Product(),
        MatrixVerdicts.Reuse(),
        MatrixVerdicts.Checkpoint(),
        VectorVerdicts.Factor(),
        MatrixVerdicts.Projection(),
        VectorVerdicts.DpSgd(),
    ];

    public static void Write(HtmlBuilder html, IReadOnlyList<ReleaseVerdict> verdicts)
    {
        html.Line("p", "Which release is published, for which neighbours and for how many steps comes first: the same training has several releases, and they differ. Nothing holds beyond its scope.");
        html.Open("div", ("class", "verdicts")).Verbatim("\n");
        foreach (ReleaseVerdict verdict in verdicts)
        {
            Write(html, verdict);
        }

        html.CloseLine();
    }

    private static void Write(HtmlBuilder html, ReleaseVerdict verdict)
    {
        html.Open("article", ("id", $"verdict-{verdict.Id}"), ("class", "verdict")).Verbatim("\n");
        html.Line("h3", verdict.Title);
        html.Open("dl").Verbatim("\n");
        Term(html, "Release", verdict.Release);
        Term(html, "Neighbours", verdict.Neighbours);
        Term(html, "Steps", verdict.Steps);
        html.CloseLine();
        html.Line("p", verdict.Verdict, ("class", "answer"));
        html.Line("p", verdict.Reason);
        html.Open("details").Line("summary", "Computed instances").Open("dl").Verbatim("\n");
        foreach ((string question, string answer) in verdict.Instances)
        {
            Term(html, question, answer);
        }

        html.Close().CloseLine();
        html.Line("p", string.Join(", ", verdict.Statements), ("class", "statements"));
        html.CloseLine();
    }

    private static void Term(HtmlBuilder html, string term, string description)
        => html.Line("dt", term).Line("dd", description);
}
