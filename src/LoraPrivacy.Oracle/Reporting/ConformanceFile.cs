namespace LoraPrivacy.Oracle.Reporting;

/// <summary>Reads a result file of <c>conform --json</c>. It may come from anyone: what is missing or of another type is refused by name.</summary>
internal static class ConformanceFile
{
    private const int LargestFile = 16 << 20;
    private const int Depth = 16;
    private const int MostOperations = 1000;
    private const int MostExplanations = 50;
    private const int MostFailures = 50;
    private const int LongestText = 1000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileFormatException">It cannot be read.</exception>
    /// <exception cref="InputException">It is no such file.</exception>
    public static ConformanceResult Read(string path) => Parse(BoundedFile.ReadAll(path, LargestFile), path);

    /// <summary>Reads a file's contents.</summary>
    /// <exception cref="InputException">It is no such file.</exception>
    public static ConformanceResult Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Depth });
            return Interpret(new JsonMembers(document.RootElement, source));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text is not UTF-8 or holds half of a surrogate pair.
            throw new InputException($"{source}: is not valid JSON: {JsonProblem.Of(failure)}", failure);
        }
    }

    private static ConformanceResult Interpret(JsonMembers root)
    {
        // One test at a time: there may be many, and most of them passed.
        List<FailingTest> failures = [];
        int failureCount = 0;
        foreach (JsonMembers test in root.List("tests", int.MaxValue).Where(test => test.Text("verdict", LongestText) is "failed" or "error" or "notRun"))
        {
            if (failureCount++ < MostFailures)
            {
                failures.Add(new FailingTest(
                    test.Count("id"), test.Text("operation", LongestText), test.Text("comment", LongestText), test.Boolean("knownFailure"), test.Text("message", LongestText)));
            }
        }

        return new(
            root.TextOrNull("testee", LongestText),
            root.TextOrNull("version", LongestText),
            root.Text("level", LongestText),
            root.Boolean("conforms"),
            root.Text("summary", LongestText),
            [.. root.List("operations", MostOperations).Select(operation => new OperationOutcome(
                operation.Text("operation", LongestText),
                operation.Count("passed"),
                operation.Count("failed"),
                operation.Count("skipped"),
                operation.Count("error"),
                operation.Count("notRun")))],
            [.. root.List("probably", MostExplanations).Select(explanation => new FailureExplanation(
                explanation.Text("operation", LongestText),
                explanation.Text("bug", LongestText),
                explanation.TextOrNull("effect", LongestText) ?? string.Empty,
                explanation.Text("evidence", LongestText)))],
            failures,
            failureCount);
    }
}
