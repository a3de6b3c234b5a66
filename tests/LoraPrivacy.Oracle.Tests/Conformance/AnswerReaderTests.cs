namespace LoraPrivacy.Oracle.Tests.Conformance;

public class AnswerReaderTests
{
    private static readonly string[] Answers =
    [
        """{"id":7,"result":{"value":0.5,"other":["Infinity",[1,2]]}}""",
        """{"id":7,"error":{"code":"out-of-range","parameter":"rank","message":"\u00e9"}}""",
        """{"id":7,"skip":"not computed"}""",
        """{"id":7,"result":{"value":NaN}}""",
    ];

    [Fact]
    public void Every_kind_of_answer_is_read()
    {
        Assert.IsType<TesteeAnswer.Result>(Read(Answers[0]));
        Assert.Equal(new TesteeAnswer.Error("out-of-range", "rank", "é"), Read(Answers[1]));
        Assert.Equal(new TesteeAnswer.Skip("not computed"), Read(Answers[2]));
        Assert.Equal(new TesteeAnswer.NotANumber("NaN"), Read(Answers[3]));
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("Loading model…", "not JSON: 'Loading model…'")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{\"result\":{}}", "without the query's id")]
    [InlineData("{\"id\":8,\"result\":{}}", "answered the query '8' and not 7")]
    [InlineData("{\"id\":\"7\",\"result\":{}}", "and not 7")]
    [InlineData("{\"id\":7}", "exactly one")]
    [InlineData("{\"id\":7,\"result\":{},\"skip\":\"\"}", "exactly one")]
    [InlineData("{\"id\":7,\"result\":1}", "no object")]
    [InlineData("{\"id\":7,\"error\":\"bad\"}", "without a code")]
    [InlineData("{\"id\":7,\"skip\":true}", "no string")]
    [InlineData("{\"id\":7,\"result\":{\"a\":1,\"a\":2}}", "not JSON")]
    [InlineData("{\"id\":7,\"result\":{\"a\":\"\\ud800\"}}", "surrogate")]
    [InlineData("{\"id\":7,\"result\":{\"a\":NaN}", "not JSON")]
    public void Anything_else_is_a_fault(string line, string message)
        => Assert.Contains(message, Assert.Throws<TesteeFaultException>(() => Read(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_quoted_is_short_and_safe_to_print()
    {
        string message = Assert.Throws<TesteeFaultException>(() => Read("\u001b[31m\u202e" + new string('x', 100_000))).Message;
        Assert.InRange(message.Length, 50, 200);
        Assert.DoesNotContain(message, c => char.IsControl(c) || c == '\u202e');
    }

    [Property(MaxTest = 2000)]
    public void Any_bytes_are_an_answer_or_a_fault(byte[] line) => ReadOrFault(line);

    [Property(MaxTest = 4000)]
    public void A_damaged_answer_is_an_answer_or_a_fault(byte which, (ushort Place, byte Value)[] damages)
    {
        byte[] line = Encoding.UTF8.GetBytes(Answers[which % Answers.Length]);
        foreach ((ushort place, byte value) in damages.Take(3))
        {
            line[place % line.Length] = value;
        }

        ReadOrFault(line);
    }

    [Fact]
    public void Deep_nesting_is_a_fault()
        => Assert.Throws<TesteeFaultException>(() => Read($"{{\"id\":7,\"result\":{{\"a\":{new string('[', 100_000)}"));

    private static TesteeAnswer Read(string line) => AnswerReader.Read(Encoding.UTF8.GetBytes(line), "7");

    private static void ReadOrFault(byte[] line)
    {
        try
        {
            Assert.NotNull(AnswerReader.Read(line, "7"));
        }
        catch (TesteeFaultException fault)
        {
            Assert.DoesNotContain('\n', fault.Message);
        }
    }
}
