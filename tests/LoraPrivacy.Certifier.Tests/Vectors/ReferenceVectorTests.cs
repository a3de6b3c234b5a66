using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Vectors;
using Xunit;
using Xunit.Abstractions;

namespace LoraPrivacy.Certifier.Tests.Vectors;

/// <summary>The reference, as <c>lora-oracle evaluate</c> answers, against every vector.</summary>
public sealed class ReferenceVectorTests(ITestOutputHelper output)
{
    // The promises of the README are for ranks up to 1024.
    private const long LargestRank = 1024;

    public static TheoryData<string> OperationNames => [.. SuiteTable.All.Select(suite => suite.Operation)];

    /// <summary>What the reference promises, relatively, on all vectors of an operation; brackets and bounds are in the vectors' own comparison.</summary>
    public static TheoryData<string, double> Promises => new()
    {
        { "noise/moments", 1e-14 },
        { "noise/pdf", 1e-10 },
        { "noise/cdf", 1e-10 },
        { "noise/quantile", 1e-11 },
        { "noise/gaussian-distance", 1e-10 },
        { "product/delta", 1e-11 },
        { "product/epsilon", 1e-9 },
        { "product/loss-cdf", 1e-11 },
        { "product/delta-floor", 1e-12 },
        { "factor/delta", 1e-11 },
        { "factor/epsilon", 1e-9 },
        { "matrix/delta", 1e-11 },
        { "gaussian/delta", 1e-12 },
        { "gaussian/epsilon", 1e-11 },
        { "sketched-gaussian/delta", 1e-11 },
        { "lora/step", 1e-12 },
    };

    [Theory]
    [MemberData(nameof(OperationNames))]
    public void The_reference_agrees_with_every_vector(string operation)
    {
        string[] failures = [.. StoredVectors.Of(operation).Select(Failure).OfType<string>()];
        Assert.True(failures.Length == 0, $"{failures.Length} fail: {string.Join("\n", failures.Take(20))}");
    }

    [Theory]
    [MemberData(nameof(Promises))]
    public void The_reference_is_as_accurate_as_it_promises(string operation, double promised)
    {
        StoredTest[] tests = [.. StoredVectors.Of(operation)
            .Where(test => test.Comparison["kind"]!.GetValue<string>() is "relative" or "bits")
            .Where(test => test.Result == "valid" && !(test.Parameters["rank"]?.GetValue<long>() > LargestRank))];
        (StoredTest worst, double error) = tests.Select(test => (test, Agreement.RelativeError(test, test.Ask()["result"]!.AsObject()))).MaxBy(item => item.Item2);
        output.WriteLine($"{operation}: worst relative error {error:0.0e+0} of {tests.Length}, at {worst.Id}; promised {promised:0e+0}");
        Assert.True(error <= promised, $"{operation} {worst.Id}: {error:R} is above {promised:R}");
    }

    private static string? Failure(StoredTest test)
    {
        JsonObject answer = test.Ask();
        if (test.Result == "invalid")
        {
            JsonNode demanded = test.Node["error"]!;
            return answer["error"] is JsonNode error && error["code"]!.GetValue<string>() == demanded["code"]!.GetValue<string>()
                && error["parameter"]?.GetValue<string>() == demanded["parameter"]!.GetValue<string>()
                ? null
                : $"{test.Operation} {test.Id}: {answer.ToJsonString()} for {test.Node.ToJsonString()}";
        }

        if (answer["error"] is not null)
        {
            return test.Result == "acceptable" ? null : $"{test.Operation} {test.Id}: {answer.ToJsonString()} for {test.Node.ToJsonString()}";
        }

        return Agreement.Disagreement(test, answer["result"]!.AsObject()) is string disagreement
            ? $"{test.Operation} {test.Id}: {disagreement} for {test.Parameters.ToJsonString()}"
            : null;
    }
}
