using LoraPrivacy.Oracle.Conformance.Mistakes;

namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>A testee without a process that answers with a mistake, or with an error where the mistake has no answer.</summary>
internal sealed class MistakenTestee(ReferenceAnswers reference, Func<int, Query, JsonObject?> answer) : ITestee
{
    private static readonly ILookup<string, VectorTest> Bundled = VectorSet.Bundled().SelectMany(file => file.Vectors)
        .Where(vector => vector.Expectation is not Expectation.Invalid)
        .ToLookup(vector => vector.Operation, vector => new VectorTest(vector));

    /// <summary>All operations with vectors.</summary>
    public static IEnumerable<string> Operations => Bundled.Select(tests => tests.Key);

    /// <summary>The vectors of an operation: of those that take their time a few, spread over the suite or the least of it.</summary>
    public static VectorTest[] Tests(string operation)
    {
        VectorTest[] all = [.. Bundled[operation]];
        int most = operation switch
        {
            "dp-sgd/delta" or "dp-sgd/epsilon" => 12,
            "product/composed-epsilon" => 15,
            "matrix/delta" or "product/delta" => 72,
            _ => 30,
        };
        return operation == "product/worst-case-epsilon" ? [.. all.Where(test => test.Id is 10004 or 10005 or 10017)]
            : operation == "dp-sgd/noise-multiplier" ? [.. all.Where(test => test.Id is 19025 or 19033 or 19041)]
            : all.Length <= most ? all
            : [.. Enumerable.Range(0, most).Select(i => all[i * all.Length / most])];
    }

    /// <summary>What comes of an operation's tests.</summary>
    public TestOutcome[] Outcomes(string operation) => [.. Tests(operation).Select(test => test.Run(this))];

    public TesteeIdentity Greet() => new("mistaken", "0", Operations.ToHashSet());

    public TesteeAnswer Ask(string id, string operation, string parameters)
    {
        Query query = new(operation, JsonNode.Parse(parameters)!.AsObject(), reference);
        return answer(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture), query) is { } result
            ? new TesteeAnswer.Result(JsonSerializer.SerializeToElement(result))
            : new TesteeAnswer.Error("out-of-range", null, null);
    }
}
