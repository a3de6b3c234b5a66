namespace LoraPrivacy.Oracle.Tests.Input;

public class CsvReaderTests
{
    [Theory]
    [InlineData("1,2.5,-3e-2\n4,5,6\n")]
    [InlineData("1;2.5;-3e-2\r\n4;5;6\r\n")]
    [InlineData("1\t2.5\t-3e-2\n4\t5\t6")]
    [InlineData("\uFEFFa,b,c\n1,2.5,-3e-2\n\n4, 5 ,\"6\"\n\n")]
    public void Separators_headers_and_line_ends_are_recognised(string text)
    {
        Tensor tensor = Read(text);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal([1, 2.5, -0.03, 4, 5, 6], tensor.Values);
    }

    [Fact]
    public void One_column_is_enough() => Assert.Equal([3, 1], Read("x\n1\n2\n3\n").Shape);

    [Theory]
    [InlineData("1,2\n3\n", "t.csv, line 2: has 1 fields, but the lines before it have 2")]
    [InlineData("a,b\n1,2,3\n", "t.csv, line 2: has 3 fields")]
    [InlineData("1,2\n\n3,x\n", "t.csv, line 3, field 2: 'x' is not a number")]
    [InlineData("1,x\n3,4\n", "t.csv, line 1, field 2: 'x' is not a number")]
    [InlineData("1,\n", "t.csv, line 1, field 2: '' is not a number")]
    [InlineData("1,NaN\n", "t.csv, line 1, field 2: 'NaN' is not a finite number")]
    [InlineData("1,1e999\n", "t.csv, line 1, field 2: '1e999' is not a finite number")]
    [InlineData("1,2\n3,-Infinity\n", "t.csv, line 2, field 2: '-Infinity' is not a finite number")]
    [InlineData("a,b\n", "t.csv: has no numbers")]
    [InlineData("", "t.csv: has no numbers")]
    [InlineData("1,2,\n3,4,\n", "t.csv, line 1, field 3: '' is not a number; the line must not end with its separator")]
    [InlineData("# made by hand\n1,2\n", "t.csv, line 1: begins with '#', and comments are not read")]
    [InlineData("1,2\n#3,4\n", "t.csv, line 2: begins with '#', and comments are not read")]
    [InlineData("\"1,000.5\",2\n3,4\n", "t.csv, line 1, field 1: '\"1' is not a number; a quoted field must not hold the separator")]
    [InlineData("1;2\n1.000,5;2\n", "t.csv, line 2, field 1: '1.000,5' is not a number; a number has a point for its decimals")]
    [InlineData("1,5;2,5\n", "t.csv, line 1, field 2: '5;2' is not a number; a number has a point for its decimals")]
    [InlineData("1\t2\n1'000\t2\n", "t.csv, line 2, field 1: '1'000' is not a number; a number has a point for its decimals")]
    [InlineData("1,2\n1\u00A0000,2\n", "t.csv, line 2, field 1: '1\u00A0000' is not a number; a number has a point for its decimals")]
    [InlineData("1,2\r3,4", "t.csv, line 1, field 2: '2 3' is not a number; lines must end with a line feed")]
    [InlineData("1\0,\0002\0\n", "t.csv, line 1, field 1: '1\uFFFD' is not a number; zero bytes mean UTF-16")]
    [InlineData("1,2\n1.0D-03,2\n", "t.csv, line 2, field 1: '1.0D-03' is not a number; an exponent is written with E")]
    public void Bad_text_is_refused_with_its_place(string text, string expected)
        => Assert.StartsWith(expected, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    /// <summary>What is neither a line of numbers nor one of names is neither dropped nor read.</summary>
    [Theory]
    [InlineData("inf,inf\n1,2\n", "t.csv, line 1, field 1: 'inf' is not a number, and no name")]
    [InlineData("-Inf;+inf\n1;2\n", "t.csv, line 1, field 1: '-Inf' is not a number, and no name")]
    [InlineData("name,#N/A\n1,2\n", "t.csv, line 1, field 2: '#N/A' is not a number, and no name")]
    [InlineData("1.0D-03,2.0D+00\n3,4\n", "t.csv, line 1, field 1: '1.0D-03' is not a number, and no name")]
    [InlineData("x,12%\n3,4\n", "t.csv, line 1, field 2: '12%' is not a number, and no name")]
    [InlineData("1.#INF,1.#QNAN\n3,4\n", "t.csv, line 1, field 1: '1.#INF' is not a number, and no name")]
    [InlineData("−1.5,−2.5\n3,4\n", "t.csv, line 1, field 1: '−1.5' is not a number, and no name")]
    [InlineData("a,,c\n1,2,3\n", "t.csv, line 1, field 2: '' is not a number, and no name")]
    [InlineData("NA\n1\n", "t.csv, line 1, field 1: 'NA' is not a number, and no name")]
    [InlineData("0,1,2\n0.5,0.25,1\n", "t.csv, line 1: '0,1,2' may be the numbers of columns, or data: --header yes or")]
    [InlineData("0\n0.5\n", "t.csv, line 1: '0' may be the numbers of columns, or data: --header yes or")]
    [InlineData(",a,b\n0,1.5,2.5\n", "t.csv, line 1, field 1: is empty, as over the index of a data frame")]
    [InlineData("\"\",\"a\"\n\"1\",2\n", "t.csv, line 1, field 1: is empty, as over the index of a data frame")]
    [InlineData(",0,1\n0,1.5,2.5\n", "t.csv, line 1, field 1: is empty, as over the index of a data frame")]
    [InlineData("Unnamed: 0,a\n0,1.5\n", "t.csv, line 1, field 1: is 'Unnamed: 0', as over the index of a data frame")]
    public void A_first_line_that_could_be_either_is_refused(string text, string expected)
        => Assert.StartsWith(expected, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_table_is_named()
    {
        foreach ((byte[] bytes, string expected) in new[] { (Encoding.Unicode.GetPreamble(), "UTF-16"), ([0x1F, 0x8B, 8, 0], "gzip"), ("PK\u0003\u0004"u8.ToArray(), "ZIP"), ("version https://git-lfs"u8.ToArray(), "Git LFS") })
        {
            Assert.Contains(expected, Assert.Throws<InputException>(() => CsvReader.Read(new MemoryStream(bytes), "t.csv")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_header_that_is_declared_is_believed()
    {
        Assert.Equal([0.5, 0.25], Read("0,1\n0.5,0.25\n", header: true).Values);
        Assert.Equal([0, 1, 0.5, 0.25], Read("0,1\n0.5,0.25\n", header: false).Values);
        Assert.Equal([3, 4], Read("1.0D-03,2.0D+00\n3,4\n", header: true).Values);
        Assert.Throws<InputException>(() => Read("a,b\n3,4\n", header: false));
        Assert.Throws<InputException>(() => Read(",a\n0,4\n", header: true));
    }

    [Fact]
    public void An_endless_line_is_refused_without_being_held()
    {
        InputException failure = Assert.Throws<InputException>(() => CsvReader.Read(new EndlessStream(), "t.csv"));
        Assert.StartsWith("t.csv, line 1: is longer than", failure.Message, StringComparison.Ordinal);
    }

    private static Tensor Read(string text, bool? header = null) => CsvReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", header);

    /// <summary>Forty mebibytes of the digit 1, and an end.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        private int left = 40 << 20;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int size = Math.Min(count, left);
            buffer.AsSpan(offset, size).Fill((byte)'1');
            left -= size;
            return size;
        }
    }
}
