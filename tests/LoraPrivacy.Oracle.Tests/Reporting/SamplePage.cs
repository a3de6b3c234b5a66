using LoraPrivacy.Oracle.Commands;

namespace LoraPrivacy.Oracle.Tests.Reporting;

/// <summary>The page of report --quick with one conformance result, made once for all tests.</summary>
internal static class SamplePage
{
    /// <summary>A result file as conform writes it, of a testee that would like to be markup.</summary>
    public const string ConformanceJson = """
        {"testee":"</script><script>alert(1)</script>\u0001\u202E","version":"2 & 3","level":"required","conforms":false,
        "summary":"it does not conform: 2 passed, 1 failed, 0 skipped","passed":2,"failed":1,"skipped":0,"error":0,"notRun":0,"restarts":0,"seconds":0.5,
        "operations":[{"operation":"product/delta","passed":2,"failed":1,"skipped":0,"error":0,"notRun":0}],
        "probably":[{"operation":"product/delta","bug":"the degrees of freedom are m + r.","effect":"δ is too small.","evidence":"1 of 1 tests"}],
        "tests":[{"id":7,"operation":"product/delta","comment":"a <b>bold</b> one","level":"required","flags":["x"],"verdict":"failed","knownFailure":false,"message":"0.5 is not in [1, 2]","seconds":0.01},
        {"id":8,"operation":"product/delta","comment":"fine","level":"required","flags":[],"verdict":"passed","knownFailure":false,"message":"","seconds":0.01}]}
        """;

    private static readonly Lazy<ReportPage> Made = new(() => ReportWork.Run(
        isQuick: true, [ConformanceFile.Parse(Encoding.UTF8.GetBytes(ConformanceJson), "result.json")], ReportCommand.Version(), CancellationToken.None));

    private static readonly Lazy<string> Rendered = new(() => Made.Value.Render());

    public static ReportPage Page => Made.Value;

    public static string Html => Rendered.Value;

    /// <summary>The page as XML, which it is as well.</summary>
    public static XDocument Document => XDocument.Parse(Html, LoadOptions.PreserveWhitespace);

    /// <summary>The element of an id.</summary>
    public static XElement WithId(this XDocument document, string id)
        => document.Descendants().Single(element => (string?)element.Attribute("id") == id);
}
