namespace LoraPrivacy.Oracle.Tests.Input;

public class LineReaderTests
{
    [Fact]
    public void Lines_end_at_line_feeds_and_at_the_end()
        => Assert.Equal(["ab", "", "c"], ReadAll("ab\n\nc", longest: 10, chunk: 1));

    [Fact]
    public void A_line_beyond_the_limit_is_dropped_and_the_next_is_read()
        => Assert.Equal(["ok", "<too long>", "1234", "<too long>"], ReadAll("ok\n12345\n1234\n12345", longest: 4, chunk: 3));

    [Property]
    public void Reading_in_any_chunks_gives_the_lines_of_the_text(string[] words, byte chunk)
    {
        string[] lines = [.. words.Select(word => (word ?? string.Empty).Replace("\n", string.Empty, StringComparison.Ordinal)).Select(Wellformed)];
        string text = string.Concat(lines.Select(line => line + "\n"));
        Assert.Equal(lines, ReadAll(text, longest: 1 << 20, chunk + 1));
    }

    private static string Wellformed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static List<string> ReadAll(string text, int longest, int chunk)
    {
        LineReader reader = new(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), longest);
        List<string> lines = [];
        LineStatus status;
        while ((status = reader.Read(out ReadOnlySpan<byte> line)) != LineStatus.End)
        {
            lines.Add(status == LineStatus.TooLong ? "<too long>" : Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    /// <summary>Gives at most so many bytes at a read, as pipes may.</summary>
    private sealed class ChunkedStream(byte[] contents, int chunk) : MemoryStream(contents)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }

    [Fact]
    public void A_long_line_is_reported_before_its_rest_is_read()
    {
        using MemoryStream source = new(new byte[1 << 20]);
        LineReader lines = new(source, 100);
        Assert.Equal(LineStatus.TooLong, lines.Read(out _));
        Assert.InRange(source.Position, 101, 1 << 17);
        Assert.Throws<IOException>(() => lines.Read(out _));
    }
}
