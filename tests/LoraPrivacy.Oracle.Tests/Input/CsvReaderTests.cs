using System.Text;
using LoraPrivacy.Oracle.Input;
using Xunit;

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
    public void Bad_text_is_refused_with_its_place(string text, string expected)
        => Assert.StartsWith(expected, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_endless_line_is_refused_without_being_held()
    {
        InputException failure = Assert.Throws<InputException>(() => CsvReader.Read(new EndlessStream(), "t.csv"));
        Assert.StartsWith("t.csv, line 1: is longer than", failure.Message, StringComparison.Ordinal);
    }

    private static Tensor Read(string text) => CsvReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv");

    /// <summary>Forty mebibytes of the digit 1, and an end.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        private int _left = 40 << 20;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int size = Math.Min(count, _left);
            buffer.AsSpan(offset, size).Fill((byte)'1');
            _left -= size;
            return size;
        }
    }
}
