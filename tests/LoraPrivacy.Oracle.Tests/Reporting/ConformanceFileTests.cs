namespace LoraPrivacy.Oracle.Tests.Reporting;

public class ConformanceFileTests
{
    [Fact]
    public void A_result_is_read()
    {
        ConformanceResult result = ConformanceFile.Parse(Encoding.UTF8.GetBytes(SamplePage.ConformanceJson), "f");
        Assert.Equal(("2 & 3", "required", false, 1), (result.Version, result.Level, result.Conforms, result.FailureCount));
        Assert.Equal(new OperationOutcome("product/delta", 2, 1, 0, 0, 0), Assert.Single(result.Operations));
        Assert.Equal("the degrees of freedom are m + r.", Assert.Single(result.Explanations).Bug);
        Assert.Equal(new FailingTest(7, "product/delta", "a <b>bold</b> one", false, "0.5 is not in [1, 2]"), Assert.Single(result.Failures));
    }

    [Fact]
    public void Long_texts_and_lists_are_cut()
    {
        string test = $$"""{"id":1,"operation":"o","comment":"{{new string('x', 5000)}}","verdict":"error","knownFailure":true,"message":"m"}""";
        string json = $$"""{"tests":[{{string.Join(',', Enumerable.Repeat(test, 200))}}],"testee":null,"version":null,"level":"required","conforms":true,"summary":"s","operations":[],"probably":[]}""";
        ConformanceResult result = ConformanceFile.Parse(Encoding.UTF8.GetBytes(json), "f");
        Assert.Equal((200, 50), (result.FailureCount, result.Failures.Count));
        Assert.Equal(1001, result.Failures[0].Comment.Length);
        Assert.Null(result.Testee);
    }

    [Theory]
    [InlineData("{}", "lacks the member 'tests'")]
    [InlineData("[]", "is not a JSON object")]
    [InlineData("{", "is not valid JSON")]
    [InlineData("", "is not valid JSON")]
    [InlineData("""{"tests":1}""", "the member 'tests' must be a list")]
    [InlineData("""{"tests":[1]}""", "tests[0]: is not a JSON object")]
    [InlineData("""{"tests":[{"verdict":"failed"}],"testee":null,"version":null,"level":"required","conforms":true,"summary":"","operations":[],"probably":[]}""", "tests[0]: lacks the member 'id'")]
    [InlineData("""{"tests":[],"testee":null,"version":null,"level":"required","conforms":1,"summary":"","operations":[],"probably":[]}""", "the member 'conforms' must be true or false")]
    [InlineData("""{"tests":[],"testee":null,"version":null,"level":"required","conforms":true,"summary":"","operations":[{"operation":"x","passed":-1}],"probably":[]}""", "operations[0]: the member 'passed' must be an integer in [0, 2147483647]")]
    [InlineData("""{"tests":[],"tests":[]}""", "is not valid JSON")]
    [InlineData("""{"tests":[],"testee":"\ud800","version":null}""", "is not valid JSON")]
    public void A_bad_result_is_refused_with_its_place(string json, string expected)
    {
        InputException failure = Assert.Throws<InputException>(() => ConformanceFile.Parse(Encoding.UTF8.GetBytes(json), "f"));
        Assert.StartsWith("f", failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
