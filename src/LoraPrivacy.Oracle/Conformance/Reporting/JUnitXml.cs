using System.Xml;

namespace LoraPrivacy.Oracle.Conformance.Reporting;

/// <summary>
/// A report as the JUnit XML that CI systems read: a suite an operation, a case a test. Known failures are skipped cases, and a test that
/// passes against the list is a failure, so that the file says what the exit code says.
/// </summary>
internal static class JUnitXml
{
    private static readonly XmlWriterSettings Layout = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    public static byte[] Render(ConformanceReport report)
    {
        using MemoryStream text = new();
        using (XmlWriter writer = XmlWriter.Create(text, Layout))
        {
            writer.WriteStartElement("testsuites");
            WriteCounts(writer, $"lora-oracle conform: {report.Identity?.Name ?? "the testee"}", report, [.. report.Outcomes], report.Duration);
            foreach (IGrouping<string, TestOutcome> outcomes in report.ByOperation)
            {
                writer.WriteStartElement("testsuite");
                WriteCounts(writer, outcomes.Key, report, [.. outcomes], TimeSpan.FromTicks(outcomes.Sum(outcome => outcome.Duration.Ticks)));
                foreach (TestOutcome outcome in outcomes)
                {
                    WriteCase(writer, report, outcome);
                }

                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }

        return [.. text.ToArray(), (byte)'\n'];
    }

    private static void WriteCounts(XmlWriter writer, string name, ConformanceReport report, TestOutcome[] outcomes, TimeSpan duration)
    {
        writer.WriteAttributeString("name", Clean(name));
        writer.WriteAttributeString("tests", $"{outcomes.Length}");
        writer.WriteAttributeString("failures", $"{outcomes.Count(outcome => Kind(report, outcome) == "failure")}");
        writer.WriteAttributeString("errors", $"{outcomes.Count(outcome => Kind(report, outcome) == "error")}");
        writer.WriteAttributeString("skipped", $"{outcomes.Count(outcome => Kind(report, outcome) == "skipped")}");
        writer.WriteAttributeString("time", Seconds(duration));
    }

    private static void WriteCase(XmlWriter writer, ConformanceReport report, TestOutcome outcome)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", Clean(outcome.Test.Operation));
        writer.WriteAttributeString("name", Clean($"{outcome.Test.Id} {outcome.Test.Comment}"));
        writer.WriteAttributeString("time", Seconds(outcome.Duration));
        if (Kind(report, outcome) is string kind)
        {
            string message = outcome.IsKnownFailure && outcome.IsFailing ? $"known to fail: {outcome.Message}"
                : outcome.IsKnownFailure && outcome.Verdict == TestVerdict.Passed ? "passes although it is listed as a known failure"
                : kind == "skipped" && outcome.IsFailing ? $"of the level recommended, fails: {outcome.Message}"
                : outcome.Message;
            writer.WriteStartElement(kind);
            writer.WriteAttributeString("message", Clean(message));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static string? Kind(ConformanceReport report, TestOutcome outcome) => outcome switch
    {
        { Verdict: TestVerdict.Skipped } => "skipped",
        { Verdict: TestVerdict.Passed } => outcome.IsKnownFailure ? "failure" : null,
        { IsKnownFailure: true } => "skipped",
        _ when !outcome.Test.IsRequired && !report.Settings.RecommendedDecide => "skipped",
        { Verdict: TestVerdict.Failed } => "failure",
        _ => "error",
    };

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Without the characters that XML cannot hold.</summary>
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text, i++, 2);
            }
            else
            {
                clean.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return clean.ToString();
    }
}
