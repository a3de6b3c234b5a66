using System.Security.Cryptography;
using LoraPrivacy.CommandLine.Verdicts;
using LoraPrivacy.Oracle.Tables;

namespace LoraPrivacy.Oracle.Tests.Reporting;

public class ReportPageTests
{
    private static readonly string[] Scope = ["Release", "Neighbours", "Steps"];
    private static readonly string[] InWords = ["guide", "verdicts"];

    [Fact]
    public void The_page_loads_nothing_from_anywhere()
    {
        XDocument page = SamplePage.Document;
        foreach (XAttribute attribute in page.Descendants().SelectMany(element => element.Attributes()).Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            if (attribute.Name.LocalName is "href" or "src" or "srcset" or "action" or "poster")
            {
                Assert.Matches("^(#[a-z]+|data:,)$", attribute.Value);
            }

            Assert.DoesNotContain("://", attribute.Value, StringComparison.Ordinal);
            Assert.False(attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "style", $"{attribute}");
        }

        Assert.DoesNotContain("url(", page.Named("style").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.Named("style").Single().Value, StringComparison.Ordinal);
        string[] addresses = [.. Regex.Matches(SamplePage.Html, "[a-z]+://[^\"' <]*").Select(match => match.Value).Distinct().Order()];
        Assert.Equal(["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"], addresses);
    }

    [Fact]
    public void The_policy_allows_this_style_and_this_script_and_nothing_else()
    {
        XDocument page = SamplePage.Document;
        string policy = (string)page.Named("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!;
        string Hash(string tag)
        {
            // The bytes between the tags, as a browser hashes them; the parser would drop the marks of CDATA.
            Match match = Regex.Match(SamplePage.Html, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline);
            return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}'";
        }

        Assert.Equal(
            $"default-src 'none'; style-src {Hash("style")}; script-src {Hash("script")}; img-src data:; base-uri 'none'; form-action 'none'",
            policy);
        Assert.Single(page.Named("style"));
        Assert.Equal(2, page.Named("script").Count());
    }

    [Fact]
    public void Identifiers_are_unique_and_what_refers_to_them_finds_them()
    {
        XDocument page = SamplePage.Document;
        string[] ids = [.. page.Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>()];
        Assert.Equal(ids.Distinct(), ids);
        foreach (string name in (string[])["for", "aria-labelledby"])
        {
            Assert.All(page.Descendants().Select(element => (string?)element.Attribute(name)).OfType<string>(), target => Assert.Contains(target, ids));
        }

        Assert.All(page.Named("a"), link => Assert.Contains(((string)link.Attribute("href")!)[1..], ids));
        Assert.All(page.Named("input").Concat(page.Named("select")), control => Assert.Equal("label", control.Parent!.Name.LocalName));
    }

    [Fact]
    public void Every_table_is_there_or_named_as_left_out()
    {
        XDocument page = SamplePage.Document;
        foreach ((BoundTable bound, Table? table) in SamplePage.Page.Tables)
        {
            XElement article = page.WithId($"table-{bound.Name}");
            if (table is null)
            {
                Assert.Contains($"bounds --table {bound.Name}", article.Value, StringComparison.Ordinal);
                continue;
            }

            Assert.StartsWith(table.Title, article.Named("caption").Single().Value, StringComparison.Ordinal);
            Assert.Equal(table.Columns.Select(column => column.Heading), article.Named("thead").Single().Named("th").Select(cell => cell.Value));
            string[][] cells = [.. article.Named("tbody").SelectMany(body => body.Named("tr")).Select(row => row.Elements().Select(cell => cell.Value.TrimEnd('*')).ToArray())];
            Assert.Equal(table.Rows.Select(row => row.Select(cell => cell.Display).ToArray()), cells);
        }

        Assert.Equal(BoundTable.All.Count, SamplePage.Page.Tables.Count);
        Assert.Equal(6, SamplePage.Page.Tables.Count(table => table.Table is null));
    }

    [Fact]
    public void Every_verdict_says_its_scope_before_anything_else()
    {
        XDocument page = SamplePage.Document;
        string[] releases = [.. VerdictCatalogue.All.Select(verdict => verdict.Id)];
        Assert.Equal(releases, page.Named("article").Where(article => (string?)article.Attribute("class") == "verdict").Select(article => ((string)article.Attribute("id")!)["verdict-".Length..]));
        foreach (string release in releases)
        {
            XElement[] parts = [.. page.WithId($"verdict-{release}").Elements()];
            Assert.Equal(["h3", "dl", "p"], parts.Take(3).Select(part => part.Name.LocalName));
            Assert.Equal(Scope, parts[1].Named("dt").Select(term => term.Value));
            Assert.Equal("answer", (string?)parts[2].Attribute("class"));
            Assert.Matches("^S[0-9]+(, S[0-9]+)*$", parts[^1].Value);
        }
    }

    [Fact]
    [Trait("Statement", "S15")]
    public async Task The_words_of_the_guide_and_the_verdicts()
    {
        XDocument page = SamplePage.Document;
        Assert.DoesNotContain("lower rank is more private", page.Root!.Value, StringComparison.OrdinalIgnoreCase);
        string words = string.Join('\n', InWords.Select(id => page.WithId(id).Value));
        await Verifier.Verify(Regex.Replace(words, "\n\\s*\n+", "\n").Trim() + "\n");
    }

    [Fact]
    public void Conformance_results_are_shown_as_text()
    {
        XElement section = SamplePage.Document.WithId("conformance");
        Assert.Equal("</script><script>alert(1)</script>\uFFFD\uFFFD 2 & 3", section.Named("h3").Single().Value);
        Assert.Contains("it does not conform: 2 passed, 1 failed, 0 skipped", section.Value, StringComparison.Ordinal);
        Assert.Contains("7 product/delta: a <b>bold</b> one: 0.5 is not in [1, 2]", section.Value, StringComparison.Ordinal);
        Assert.Equal(["product/delta", "2", "1", "0", "0", "0"], section.Named("tbody").Single().Named("tr").Single().Elements().Select(cell => cell.Value));
        Assert.Empty(section.Named("b"));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Without_conformance_results_the_page_says_how_to_make_them()
    {
        XDocument page = XDocument.Parse((SamplePage.Page with { Conformance = [] }).Render());
        Assert.Contains("No results were given.", page.WithId("conformance").Value, StringComparison.Ordinal);
        Assert.Contains("conform --testee", page.WithId("conformance").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_statement_cited_is_listed()
    {
        XDocument page = SamplePage.Document;
        IEnumerable<string> cited = page.Descendants().Where(element => (string?)element.Attribute("class") == "statements").SelectMany(element => element.Value.Split(", "));
        string[] listed = [.. page.WithId("statements").Named("tbody").Single().Named("tr").Select(row => row.Elements().First().Value)];
        Assert.Equal(cited.Distinct().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_contents_give_the_same_page() => Assert.Equal(SamplePage.Html, SamplePage.Page.Render());
}
