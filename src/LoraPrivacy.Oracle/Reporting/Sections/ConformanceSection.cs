namespace LoraPrivacy.Oracle.Reporting.Sections;

/// <summary>How implementations did against the test vectors.</summary>
internal static class ConformanceSection
{
    public static void Write(HtmlBuilder html, IReadOnlyList<ConformanceResult> results)
    {
        if (results.Count == 0)
        {
            html.Line("p", "No results were given.");
            html.Line("p", "“lora-oracle conform --testee \"COMMAND\" --json result.json” holds an implementation in any language against the test vectors; “lora-oracle report DIR --conformance result.json” shows its result here.", ("class", "note"));
            return;
        }

        html.Line("p", "As read from the files given: the results are those of the runs that wrote them, and were not checked again.", ("class", "note"));
        for (int i = 0; i < results.Count; i++)
        {
            Write(html, results[i], $"conformance-{i + 1}");
        }
    }

    private static void Write(HtmlBuilder html, ConformanceResult result, string id)
    {
        html.Open("article", ("id", id)).Verbatim("\n");
        html.Line("h3", result.Testee is null ? "An implementation that never answered" : $"{result.Testee} {result.Version}".TrimEnd());
        html.Line("p", result.Summary, ("class", "conforms"));
        html.Line("p", $"Tests of the level {result.Level} decide.", ("class", "note"));
        WriteOperations(html, result, id);
        if (result.Explanations.Count > 0)
        {
            html.Line("h4", "What is probably wrong").Open("ul").Verbatim("\n");
            foreach (FailureExplanation explanation in result.Explanations)
            {
                html.Open("li").Inline("strong", explanation.Operation).Text($": {explanation.Bug}{(explanation.Effect.Length > 0 ? $" {explanation.Effect}" : string.Empty)} ({explanation.Evidence})").CloseLine();
            }

            html.CloseLine();
        }

        if (result.FailureCount > 0)
        {
            string count = result.FailureCount == result.Failures.Count ? $"{result.FailureCount}" : $"{result.FailureCount}, of which the first {result.Failures.Count} follow";
            html.Open("details").Line("summary", $"Tests without the right answer: {count}").Open("ul", ("class", "failures")).Verbatim("\n");
            foreach (FailingTest test in result.Failures)
            {
                html.Line("li", $"{test.Id} {test.Operation}{(test.IsKnown ? " (known)" : string.Empty)}: {test.Comment}: {test.Message}");
            }

            html.Close().CloseLine();
        }

        html.CloseLine();
    }

    private static void WriteOperations(HtmlBuilder html, ConformanceResult result, string id)
    {
        html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", $"{id}-caption"));
        html.Open("table").Open("caption", ("id", $"{id}-caption")).Inline("div", "Tests by operation").Close().Open("thead").Open("tr");
        foreach (string heading in (string[])["operation", "passed", "failed", "skipped", "no answer", "not run"])
        {
            html.Inline("th", heading, ("scope", "col"), ("class", heading == "operation" ? "text" : null));
        }

        html.Close().CloseLine().Open("tbody").Verbatim("\n");
        foreach (OperationOutcome outcome in result.Operations)
        {
            html.Open("tr").Inline("th", outcome.Operation, ("scope", "row"), ("class", "text"));
            foreach (int count in (int[])[outcome.Passed, outcome.Failed, outcome.Skipped, outcome.Error, outcome.NotRun])
            {
                html.Inline("td", $"{count}");
            }

            html.CloseLine();
        }

        html.Close().Close().CloseLine();
    }
}
