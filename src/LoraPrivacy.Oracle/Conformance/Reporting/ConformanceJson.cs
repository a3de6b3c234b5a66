namespace LoraPrivacy.Oracle.Conformance.Reporting;

/// <summary>A report for programs.</summary>
internal static class ConformanceJson
{
    public static string Render(ConformanceReport report) => TableJson.Render(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("testee", report.Identity?.Name);
        writer.WriteString("version", report.Identity?.Version);
        writer.WriteString("level", report.Settings.RecommendedDecide ? "recommended" : "required");
        writer.WriteBoolean("conforms", report.Conforms);
        writer.WriteString("summary", report.Summary);
        foreach (TestVerdict verdict in Enum.GetValues<TestVerdict>())
        {
            writer.WriteNumber(Name(verdict), report.Count(verdict));
        }

        writer.WriteNumber("restarts", report.Restarts);
        writer.WriteNumber("seconds", Math.Round(report.Duration.TotalSeconds, 3));
        writer.WriteStartArray("operations");
        foreach (IGrouping<string, TestOutcome> outcomes in report.ByOperation)
        {
            writer.WriteStartObject();
            writer.WriteString("operation", outcomes.Key);
            foreach (TestVerdict verdict in Enum.GetValues<TestVerdict>())
            {
                writer.WriteNumber(Name(verdict), outcomes.Count(outcome => outcome.Verdict == verdict));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteExplanations(writer, "probably", report.Explanations.Where(explanation => explanation.Kind == ExplanationKind.Mistake));
        WriteExplanations(writer, "observed", report.Explanations.Where(explanation => explanation.Kind == ExplanationKind.Observation));
        WriteExplanations(writer, "notIdentified", report.Explanations.Where(explanation => explanation.Kind == ExplanationKind.NotIdentified));
        writer.WriteStartArray("tests");
        foreach (TestOutcome outcome in report.Outcomes)
        {
            WriteOutcome(writer, outcome);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteExplanations(Utf8JsonWriter writer, string name, IEnumerable<Explanation> explanations)
    {
        writer.WriteStartArray(name);
        foreach (Explanation explanation in explanations)
        {
            writer.WriteStartObject();
            writer.WriteString("operation", explanation.Operation);
            writer.WriteString("bug", explanation.Bug);
            writer.WriteString("effect", explanation.Effect);
            writer.WriteString("evidence", explanation.Evidence);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteOutcome(Utf8JsonWriter writer, TestOutcome outcome)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", outcome.Test.Id);
        writer.WriteString("operation", outcome.Test.Operation);
        writer.WriteString("comment", outcome.Test.Comment);
        writer.WriteString("level", outcome.Test.IsRequired ? "required" : "recommended");
        TableJson.WriteStrings(writer, "flags", outcome.Test.Flags);
        if (outcome.Test.Parameters.Length > 0)
        {
            writer.WritePropertyName("params");
            writer.WriteRawValue(outcome.Test.Parameters);
        }

        writer.WriteString("verdict", Name(outcome.Verdict));
        writer.WriteBoolean("knownFailure", outcome.IsKnownFailure);
        writer.WriteString("message", outcome.Message);
        writer.WriteNumber("seconds", Math.Round(outcome.Duration.TotalSeconds, 6));
        writer.WriteEndObject();
    }

    private static string Name(TestVerdict verdict) => verdict switch
    {
        TestVerdict.Passed => "passed",
        TestVerdict.Failed => "failed",
        TestVerdict.Skipped => "skipped",
        TestVerdict.Error => "error",
        _ => "notRun",
    };
}
