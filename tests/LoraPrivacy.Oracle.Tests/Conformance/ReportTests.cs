using LoraPrivacy.Oracle.Conformance.Reporting;

namespace LoraPrivacy.Oracle.Tests.Conformance;

public class ReportTests
{
    /// <summary>λ of the other direction, and 1/r² for 1/r.</summary>
    private static readonly InProcessTestee Mistaken = new(
        (operation, parameters) =>
        {
            JsonObject changed = JsonNode.Parse(parameters)!.AsObject();
            if (operation == "product/delta")
            {
                changed["normRatio"] = 1 / changed["normRatio"]!.GetValue<double>();
            }
            else if (operation == "noise/moments" && changed["rank"]!.GetValue<int>() == 3)
            {
                changed["rank"] = 9;
            }

            return changed.ToJsonString();
        });

    [Fact]
    public void A_swapped_direction_is_named()
    {
        Explanation explanation = Report(Mistaken).Explanations.Single(found => found.Operation == "product/delta");
        Assert.Equal(ExplanationKind.Mistake, explanation.Kind);
        Assert.StartsWith("λ is inverted, ‖q′‖/‖q‖ for ‖q‖/‖q′‖", explanation.Bug, StringComparison.Ordinal);
        Assert.Equal("the answers to all 3 failing tests with a result are what this gives, and none of the 1 that pass speaks against it", explanation.Evidence);
    }

    [Fact]
    public void One_failing_answer_identifies_nothing()
    {
        Explanation explanation = Report(Mistaken).Explanations.Single(found => found.Operation == "noise/moments");
        Assert.Equal((ExplanationKind.NotIdentified, "cause not identified"), (explanation.Kind, explanation.Bug));
        Assert.StartsWith("1 of the failing tests have a result, and 3 are needed; the largest relative error is in 203 {", explanation.Evidence, StringComparison.Ordinal);
    }

    /// <summary>Refusals and faults say nothing of a formula.</summary>
    [Fact]
    public void Errors_identify_nothing()
    {
        ConformanceReport report = Report(new InProcessTestee(changeAnswer: answer =>
            new JsonObject { ["id"] = JsonNode.Parse(answer)!["id"]!.DeepClone(), ["error"] = new JsonObject { ["code"] = "out-of-range" } }.ToJsonString()));
        Assert.All(report.Explanations, explanation => Assert.Equal(
            (ExplanationKind.NotIdentified, "no failing test has a result that could be compared"), (explanation.Kind, explanation.Evidence)));
        Assert.Equal(5, report.Explanations.Count);
    }

    [Fact]
    public void A_delta_outside_its_range_is_called_that()
    {
        ConformanceReport report = Report(new InProcessTestee(changeAnswer: answer => answer.Replace("\"value\":0.", "\"value\":3.", StringComparison.Ordinal)));
        Explanation seen = report.Explanations.Single(explanation => explanation.Kind == ExplanationKind.Observation);
        Assert.Equal(("product/delta", "δ is answered outside [0, 1]"), (seen.Operation, seen.Bug));
        Assert.StartsWith("4 of the 4 answers, such as 3.", seen.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_says_what_fails_and_why()
        => await Verifier.Verify(PlainConsole.Render(console => ConformanceText.Write(console, Report(Mistaken)), ConformanceText.Width));

    [Fact]
    public void Recommended_tests_decide_only_when_they_are_asked_to()
    {
        using TemporaryDirectory folder = new();
        KnownFailures known = Known(folder, "101 # direction\n102\n103\n");
        Assert.True(Report(Mistaken, known).Conforms);
        Assert.False(Report(Mistaken, known, recommendedDecide: true).Conforms);
    }

    [Fact]
    public void A_known_failure_that_passes_is_an_error()
    {
        using TemporaryDirectory folder = new();
        ConformanceReport report = Report(Mistaken, Known(folder, "\uFEFF# list\r\n101\r\n102 why\r\n103\r\n104\r\n"));
        Assert.False(report.Conforms);
        Assert.Equal([104], report.UnexpectedPasses.Select(outcome => outcome.Test.Id));
        Assert.Contains("1 known to fail but passed", report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("999\n", "there is no test with the id 999")]
    [InlineData("101\n101\n", "line 2 must begin with the id of a test, each once, but begins with '101'")]
    [InlineData("product/delta\n", "line 1 must begin with the id of a test")]
    [InlineData("-1\n", "line 1 must")]
    public void A_wrong_list_is_refused(string text, string message)
    {
        using TemporaryDirectory folder = new();
        Assert.Contains(message, Assert.Throws<InputException>(() => Known(folder, text).CheckAgainst(MiniSet.Tests)).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    [Trait("Speed", "Slow")]
    public void Any_list_is_read_or_refused(byte[] contents)
    {
        using TemporaryDirectory folder = new();
        try
        {
            KnownFailures.Read(folder.Write("known.txt", contents)).CheckAgainst(MiniSet.Tests);
        }
        catch (InputException refused)
        {
            Assert.DoesNotContain('\n', refused.Message);
        }
    }

    [Fact]
    public void JUnit_counts_what_the_report_counts()
    {
        using TemporaryDirectory folder = new();
        ConformanceReport report = Report(Mistaken, Known(folder, "101\n104\n"));
        XElement root = XDocument.Parse(Encoding.UTF8.GetString(JUnitXml.Render(report)).TrimEnd()).Root!;
        Assert.Equal(("testsuites", "13"), (root.Name.LocalName, root.Attribute("tests")!.Value));
        Assert.Equal(report.Unexpected.Count + report.UnexpectedPasses.Count, root.Descendants("failure").Count() + root.Descendants("error").Count());
        foreach (XElement suite in root.Elements("testsuite"))
        {
            Assert.Equal(suite.Attribute("failures")!.Value, $"{suite.Descendants("failure").Count()}");
            Assert.Equal(suite.Attribute("skipped")!.Value, $"{suite.Descendants("skipped").Count()}");
        }

        Assert.StartsWith("known to fail: ", Case("101").Element("skipped")!.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.NotNull(Case("104").Element("failure"));
        Assert.StartsWith("value is ", Case("102").Element("failure")!.Attribute("message")!.Value, StringComparison.Ordinal);

        XElement Case(string id) => root.Descendants("testcase").Single(test => test.Attribute("name")!.Value.StartsWith(id, StringComparison.Ordinal));
    }

    [Property(MaxTest = 200)]
    [Trait("Speed", "Slow")]
    public void Whatever_a_testee_says_the_files_are_well_formed(string text, char odd)
    {
        // U+FFFF is a letter to JSON and none to XML.
        string said = text + odd + '\uFFFF';
        ConformanceReport report = Report(new InProcessTestee(changeAnswer: answer =>
            new JsonObject { ["id"] = JsonNode.Parse(answer)!["id"]!.DeepClone(), ["skip"] = said }.ToJsonString()));
        XDocument.Parse(Encoding.UTF8.GetString(JUnitXml.Render(report)).TrimEnd());
        using JsonDocument json = JsonDocument.Parse(ConformanceJson.Render(report));
        Assert.Equal(13, json.RootElement.GetProperty("tests").GetArrayLength());
    }

    [Fact]
    public void JSON_has_every_test()
    {
        using JsonDocument json = JsonDocument.Parse(ConformanceJson.Render(Report(Mistaken)));
        JsonElement test = json.RootElement.GetProperty("tests").EnumerateArray().Single(test => test.GetProperty("id").GetInt32() == 101);
        Assert.Equal("failed", test.GetProperty("verdict").GetString());
        Assert.False(json.RootElement.GetProperty("conforms").GetBoolean());
        Assert.Equal(4, json.RootElement.GetProperty("failed").GetInt32());
    }

    private static KnownFailures Known(TemporaryDirectory folder, string text) => KnownFailures.Read(folder.Write("known.txt", Encoding.UTF8.GetBytes(text)));

    private static ConformanceReport Report(InProcessTestee testee, KnownFailures? known = null, bool recommendedDecide = false)
    {
        ConformanceSettings settings = new()
        {
            Testee = ["in", "process"],
            Tests = MiniSet.Tests,
            Notes = MiniSet.Notes,
            KnownFailures = known ?? KnownFailures.None,
            RecommendedDecide = recommendedDecide,
        };
        TestOutcome[] outcomes = [.. MiniSet.Tests.Select(test =>
            test.Run(testee) with { IsKnownFailure = settings.KnownFailures.Contains(test.Id), Duration = TimeSpan.Zero })];
        return new(settings, testee.Greet(), outcomes, 0, TimeSpan.Zero);
    }
}
