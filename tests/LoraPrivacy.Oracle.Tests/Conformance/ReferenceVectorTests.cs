namespace LoraPrivacy.Oracle.Tests.Conformance;

/// <summary>The reference, as <c>lora-oracle evaluate</c> answers, against every vector, by the tests of <c>conform</c>.</summary>
public sealed class ReferenceVectorTests(ITestOutputHelper output)
{
    // The promises of the README are for ranks up to 1024.
    private const long LargestRank = 1024;

    public static TheoryData<string> WithVectors => [.. OperationTable.WithVectors.Select(operation => operation.Name)];

    public static TheoryData<string> Promising => [.. OperationTable.All.Where(operation => operation.Accuracy is not null).Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(WithVectors))]
    [Trait("Speed", "Slow")]
    public void The_reference_agrees_with_every_vector(string operation)
    {
        InProcessTestee testee = new();
        TestOutcome[] outcomes = [.. StoredTest.Of(operation).Select(test => new VectorTest(test.Vector).Run(testee))];
        string[] failures = [.. outcomes.Where(outcome => outcome.Verdict != TestVerdict.Passed).Select(outcome => $"{outcome.Test.Id}: {outcome.Message} for {outcome.Test.Parameters}")];
        Assert.True(failures.Length == 0, $"{failures.Length} fail: {string.Join("\n", failures.Take(20))}");
    }

    /// <summary>A testee may leave the parameter out; the reference names it.</summary>
    [Theory]
    [MemberData(nameof(WithVectors))]
    public void The_reference_names_the_wrong_parameter(string operation)
        => Assert.All(StoredTest.Of(operation).Select(test => test.Vector), vector =>
        {
            if (vector.Expectation is Expectation.Invalid due)
            {
                Assert.Equal(due.Parameter, Assert.IsType<TesteeAnswer.Error>(new InProcessTestee().Ask($"{vector.Id}", operation, vector.Parameters)).Parameter);
            }
        });

    [Theory]
    [MemberData(nameof(Promising))]
    [Trait("Speed", "Slow")]
    public void The_reference_is_as_accurate_as_it_promises(string operation)
    {
        StoredTest[] tests = [.. StoredTest.Of(operation)
            .Where(test => test.Vector.Agreement.Kind is AgreementKind.Relative or AgreementKind.Bits && test.Vector.Expectation is Expectation.Valid)
            .Where(test => !new ExactParameters(test.Parameters).Has("rank") || new ExactParameters(test.Parameters).Integer("rank") <= LargestRank)];
        double promised = OperationTable.Of(operation).Accuracy!.Value;
        (StoredTest worst, double error) = tests.Select(test => (test, test.RelativeError(test.Ask()["result"]!.AsObject()))).MaxBy(item => item.Item2);
        output.WriteLine($"{operation}: worst relative error {error:0.0e+0} of {tests.Length}, at {worst.Id}; promised {promised:0e+0}");
        Assert.True(error <= promised, $"{operation} {worst.Id}: {error:R} is above {promised:R}");
    }
}
