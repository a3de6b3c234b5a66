using LoraPrivacy.Oracle.Reporting.Plots;
using LoraPrivacy.Oracle.Reporting.Sections;

namespace LoraPrivacy.Oracle.Reporting;

/// <summary>
/// The report as one HTML page: nothing is loaded from anywhere, and a content security policy forbids it. The same contents give the
/// same bytes.
/// </summary>
/// <param name="Version">The version of this command.</param>
/// <param name="Verdicts">The verdicts, with computed instances.</param>
/// <param name="Plots">The plots.</param>
/// <param name="Tables">Every table, or null where it was left out.</param>
/// <param name="Conformance">Results of <c>conform</c>.</param>
internal sealed record ReportPage(
    string Version,
    IReadOnlyList<(Verdict Verdict, IReadOnlyList<(string Question, string Answer)> Instances)> Verdicts,
    IReadOnlyList<Plot> Plots,
    IReadOnlyList<(BoundTable Bound, Table? Table)> Tables,
    IReadOnlyList<ConformanceResult> Conformance)
{
    private const string Title = "LoraPrivacy: what of LoRA is private, and what is not";

    /// <summary>The name of the page in its folder.</summary>
    public const string FileName = "index.html";

    /// <summary>The element that holds the numbers of the plots.</summary>
    public const string DataId = "plot-data";

    public string Render()
    {
        PageAsset style = PageAsset.Style("page.css");
        PageAsset script = PageAsset.Script("picture.js", "readout.js", "page.js");
        HtmlBuilder html = new();
        html.Verbatim("<!DOCTYPE html>\n");
        html.Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")).Verbatim("\n");
        html.Open("head").Verbatim("\n");
        html.Empty("meta", ("charset", "utf-8")).Verbatim("\n");
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy(style, script))).Verbatim("\n");
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Verbatim("\n");
        html.Empty("meta", ("name", "color-scheme"), ("content", "light dark")).Verbatim("\n");
        html.Empty("meta", ("name", "generator"), ("content", $"lora-oracle {Version}")).Verbatim("\n");
        html.Empty("link", ("rel", "icon"), ("href", "data:,")).Verbatim("\n");
        html.Line("title", Title);
        html.Open("style").Verbatim(style.Contents).CloseLine();
        html.CloseLine();
        html.Open("body").Verbatim("\n");
        WriteBody(html);
        html.Open("script", ("type", "application/json"), ("id", DataId)).Verbatim(PlotJson.Render(Plots)).CloseLine();
        html.Open("script").Verbatim(script.Contents).CloseLine();
        html.CloseLine().CloseLine();
        return html.ToString();
    }

    private static string Policy(PageAsset style, PageAsset script)
        => $"default-src 'none'; style-src {style.Source}; script-src {script.Source}; img-src data:; base-uri 'none'; form-action 'none'";

    private void WriteBody(HtmlBuilder html)
    {
        (string Id, string Title, Action<HtmlBuilder> Write)[] sections =
        [
            ("guide", "How to read this", GuideSection.Write),
            ("verdicts", "The verdict on each release", part => VerdictSection.Write(part, Verdicts)),
            ("plots", "Pictures", WritePlots),
            ("tables", "Tables of bounds", part => TableSection.Write(part, Tables)),
            ("conformance", "Conformance of implementations", part => ConformanceSection.Write(part, Conformance)),
            ("statements", "Statements", part => StatementSection.Write(part, Cited())),
        ];
        html.Open("header").Verbatim("\n");
        html.Line("h1", Title);
        html.Line("p", "Exact privacy bounds of low-rank adaptation with a random frozen A: for which release, for which neighbours, for how many steps.");
        html.Line("p", $"Written by lora-oracle {Version}. Every number below, but for conformance results, is computed by its reference implementation.", ("class", "note"));
        html.Open("nav", ("aria-label", "Contents")).Open("ul");
        foreach ((string id, string title, Action<HtmlBuilder> _) in sections)
        {
            html.Open("li").Inline("a", title, ("href", $"#{id}")).Close();
        }

        html.Close().CloseLine().CloseLine();
        html.Open("main").Verbatim("\n");
        foreach ((string id, string title, Action<HtmlBuilder> write) in sections)
        {
            html.Open("section", ("id", id), ("aria-labelledby", $"{id}-heading")).Verbatim("\n");
            html.Line("h2", title, ("id", $"{id}-heading"));
            write(html);
            html.CloseLine();
        }

        html.CloseLine();
    }

    private void WritePlots(HtmlBuilder html)
    {
        html.Open("noscript").Line("p", "Other choices are drawn by a script, which is off. Each picture and its numbers are those of the first choice.").CloseLine();
        foreach (Plot plot in Plots)
        {
            PlotMarkup.Write(html, plot);
        }
    }

    private IEnumerable<string> Cited() =>
    [
        .. Verdicts.SelectMany(entry => entry.Verdict.Statements),
        .. Plots.SelectMany(plot => plot.Statements),
        .. Tables.SelectMany(table => table.Table?.Statements ?? []),
    ];
}
