namespace LoraPrivacy.Production.Tests.Data;

public class ByteTokenizerTests
{
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Fact]
    public void Bytes_are_their_own_tokens()
        => Assert.Equal(Enumerable.Range(0, 256).Select(value => (long)value), ByteTokenizer.Plain.Encode(AllBytes));

    // Lines of GPT-2's published vocab.json: "!": 0, "A": 32, "a": 64, "~": 93, "¡": 94, "¬": 105, "®": 106, "ÿ": 187, "Ā" (byte 0): 188,
    // "Ċ" (line feed): 198, "Ġ" (space): 220, "ġ" (byte 127): 221, "ł" (byte 160): 254, "Ń" (byte 173): 255.
    [Theory]
    [InlineData('!', 0)]
    [InlineData('A', 32)]
    [InlineData('a', 64)]
    [InlineData('~', 93)]
    [InlineData(161, 94)]
    [InlineData(172, 105)]
    [InlineData(174, 106)]
    [InlineData(255, 187)]
    [InlineData(0, 188)]
    [InlineData('\n', 198)]
    [InlineData(' ', 220)]
    [InlineData(127, 221)]
    [InlineData(160, 254)]
    [InlineData(173, 255)]
    public void GPT2_has_its_own_order(int value, long token)
        => Assert.Equal([token], ByteTokenizer.Gpt2.Encode([(byte)value]));

    [Fact]
    public void No_two_bytes_share_a_token() => Assert.Equal(256, ByteTokenizer.Gpt2.Encode(AllBytes).Distinct().Count());

    [Fact]
    public void The_vocabulary_chooses()
    {
        Assert.Same(ByteTokenizer.Plain, ByteTokenizer.For(256));
        Assert.Same(ByteTokenizer.Plain, ByteTokenizer.For(512));
        Assert.Same(ByteTokenizer.Gpt2, ByteTokenizer.For(50257));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteTokenizer.For(255));
    }
}
