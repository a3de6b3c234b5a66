namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>How to read the page, and what it does not say.</summary>
internal static class GuideSection
{
    private static readonly (string Term, string Meaning)[] Terms =
    [
        ("A, r, m", "LoRA's frozen factor A is r × m: r is the rank, m the number of inputs of the layer. Its entries are independent and Gaussian with variance 1/r unless said otherwise."),
        ("q, G", "The gradient: q for one row, G for a matrix. One LoRA step publishes a function of it: q becomes AᵀA q."),
        ("ε, δ", "A release is (ε, δ)-differentially private for a pair of neighbours if no event is more than e^ε times as likely under one as under the other, up to δ. Smaller is more private."),
        ("τ = Δ/β", "How far neighbours move q (Δ), over the norm that q is known to have at least (β)."),
        ("floor δ_∞", "A δ that no ε can reach below."),
        ("∞", "No ε reaches the δ asked for."),
    ];

    public static void Write(HtmlBuilder html)
    {
        html.Open("ul").Verbatim("\n");
        html.Line("li", "Start with the verdicts: they say what is private at all. The tables and pictures give numbers for the releases that have any.");
        html.Line("li", "Numbers in tables have as many digits as are certain; bounds are rounded towards less private. Pictures show the computed doubles themselves, for which an accuracy of 1e-9 of ε and 1e-11 of δ is promised; lower and upper bounds of DP-SGD are proved bounds. Straight lines join computed points.");
        html.Line("li", "The noise of the sketch falls with every rank. Privacy is another quantity: it is no monotone function of rank, in either direction.");
        html.Line("li", "A verdict or a bound is about its release, neighbours and steps only. This page certifies no training as private.");
        html.CloseLine();
        html.Open("dl", ("class", "terms")).Verbatim("\n");
        foreach ((string term, string meaning) in Terms)
        {
            html.Line("dt", term).Line("dd", meaning);
        }

        html.CloseLine();
    }
}
