namespace LoraPrivacy.Oracle.Tests.Conformance;

public class VectorReaderTests
{
    private const string Whole =
        """
        {"schema":"vectors.schema.json","operation":"product/delta-floor","statement":"S12","numberOfTests":1,"notes":{"F":{"bug":"b","effect":"e"}},
        "groups":[{"name":"g","source":"s","level":"required","comparison":{"kind":"relative","tolerance":"1e-9"},
        "tests":[{"id":1,"comment":"c","flags":["F"],"params":{"rank":2,"angle":"1/2"},"result":"valid","expected":{"value":["0.06","0.07"]}}]}]}
        """;

    [Fact]
    public void The_mini_set_is_read()
    {
        Assert.Equal(13, MiniSet.Tests.Length);
        Assert.Equal(
            """{"rank":8,"dimension":64,"normRatio":1.5,"angle":0.5,"epsilon":1}""", MiniSet.Tests.Single(test => test.Id == 101).Parameters);
    }

    [Fact]
    public async Task A_wrong_file_gets_one_line()
    {
        (string Old, string New)[] changes =
        [
            ("\"S12\"", "\"S12\",\"more\":1"),
            ("\"numberOfTests\":1", "\"numberOfTests\":2"),
            ("\"level\":\"required\"", "\"level\":\"optional\""),
            ("\"kind\":\"relative\"", "\"kind\":\"close\""),
            ("\"kind\":\"relative\"", "\"kind\":\"ulp\""),
            ("\"1e-9\"", "\"2\""),
            ("\"1e-9\"", "1e-9"),
            ("\"id\":1", "\"id\":-1"),
            ("\"flags\":[\"F\"]", "\"flags\":[\"G\"]"),
            ("\"rank\":2", "\"rank\":2.5"),
            ("\"rank\":2", "\"rank\":null"),
            ("\"1/2\"", "\"1/3\""),
            ("\"1/2\"", "\"0.5\""),
            ("\"result\":\"valid\"", "\"result\":\"invalid\""),
            ("[\"0.06\",\"0.07\"]", "[\"0.07\",\"0.06\"]"),
            ("[\"0.06\",\"0.07\"]", "[]"),
            ("[\"0.06\",\"0.07\"]", "[\"0.06\",\"about 0.07\"]"),
            ("{\"value\":[\"0.06\",\"0.07\"]}", "{}"),
            ("\"id\":1", "\"id\":1,\"id\":2"),
            ("\"comment\":\"c\"", "\"comment\":\"\\ud800\""),
            (Whole[^1..], ""),
        ];
        VectorReader.Read("good.json", Encoding.UTF8.GetBytes(Whole));
        StringBuilder messages = new();
        foreach ((string old, string changed) in changes)
        {
            string text = old.Length == 1 ? Whole[..^1] : Whole.Replace(old, changed, StringComparison.Ordinal);
            Assert.NotEqual(Whole, text);
            messages.Append(old).Append(" → ").Append(changed).Append("\n  ")
                .Append(Assert.Throws<FormatException>(() => VectorReader.Read("bad.json", Encoding.UTF8.GetBytes(text))).Message).Append('\n');
        }

        await Verifier.Verify(messages.ToString());
    }

    [Fact]
    public void Ids_and_operations_are_unique_over_the_files()
    {
        using TemporaryDirectory folder = new();
        Assert.Contains("no .json", Assert.Throws<FormatException>(() => VectorSet.OfFolder(folder.Location)).Message, StringComparison.Ordinal);
        folder.Write("one.json", Encoding.UTF8.GetBytes(Whole));
        folder.Write("two.json", Encoding.UTF8.GetBytes(Whole.Replace("product/delta-floor", "product/delta", StringComparison.Ordinal)));
        Assert.Contains("the id 1 ", Assert.Throws<FormatException>(() => VectorSet.OfFolder(folder.Location)).Message, StringComparison.Ordinal);
        folder.Write("two.json", Encoding.UTF8.GetBytes(Whole.Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal)));
        Assert.Contains("two files", Assert.Throws<FormatException>(() => VectorSet.OfFolder(folder.Location)).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 1000)]
    public void Any_bytes_are_read_or_refused(byte[] contents) => ReadOrRefuse(contents);

    [Property(MaxTest = 2000)]
    public void A_damaged_file_is_read_or_refused((ushort Place, byte Value)[] damages)
    {
        byte[] contents = Encoding.UTF8.GetBytes(Whole);
        foreach ((ushort place, byte value) in damages.Take(3))
        {
            contents[place % contents.Length] = value;
        }

        ReadOrRefuse(contents);
    }

    [Property(MaxTest = 2000)]
    public void A_file_with_a_piece_twice_or_cut_out_is_read_or_refused(ushort start, byte length, bool isTwice)
    {
        byte[] contents = Encoding.UTF8.GetBytes(Whole);
        int from = start % contents.Length;
        int to = Math.Min(contents.Length, from + (length % 32));
        ReadOrRefuse(isTwice ? [.. contents[..to], .. contents[from..]] : [.. contents[..from], .. contents[to..]]);
    }

    [Theory]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("{\"groups\":")]
    public void Nesting_and_exponents_are_bounded(string start)
    {
        ReadOrRefuse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(start, 10_000))));
        ReadOrRefuse(Encoding.UTF8.GetBytes(Whole.Replace("0.06", "1e-999999999", StringComparison.Ordinal)));
        ReadOrRefuse(Encoding.UTF8.GetBytes(Whole.Replace("1/2", "0x1p-999999", StringComparison.Ordinal)));
        ReadOrRefuse(Encoding.UTF8.GetBytes(Whole.Replace("1/2", new string('9', 1_000_000), StringComparison.Ordinal)));
    }

    private static void ReadOrRefuse(byte[] contents)
    {
        try
        {
            VectorReader.Read("fuzzed.json", contents);
        }
        catch (FormatException refused)
        {
            Assert.StartsWith("fuzzed.json: ", refused.Message, StringComparison.Ordinal);
        }
    }
}
