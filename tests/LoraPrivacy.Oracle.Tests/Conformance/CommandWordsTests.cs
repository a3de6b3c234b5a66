namespace LoraPrivacy.Oracle.Tests.Conformance;

public class CommandWordsTests
{
    [Theory]
    [InlineData("python3 testee.py", "python3|testee.py")]
    [InlineData("  a\tb  ", "a|b")]
    [InlineData("'a b' \"c d\"", "a b|c d")]
    [InlineData("a'b'\"c\"", "abc")]
    [InlineData("a '' b", "a||b")]
    [InlineData(@"a\ b \'c\""", "a b|'c\"")]
    [InlineData(@"""a \"" \\ \n $HOME *""", @"a "" \ \n $HOME *")]
    [InlineData(@"'a \ b'", @"a \ b")]
    [InlineData(@"C:\tools\testee.exe", @"C:\tools\testee.exe")]
    public void Words(string line, string words) => Assert.Equal(words.Split('|'), CommandWords.Split(line));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("''")]
    [InlineData("'a")]
    [InlineData("a \"b")]
    public void No_command(string line) => Assert.Throws<InputException>(() => CommandWords.Split(line));

    [Property]
    public void Words_in_single_quotes_come_back(string[] words)
    {
        string[] plain = [.. words.Select(word => (word ?? "").Replace("'", "", StringComparison.Ordinal)).Prepend("program")];
        Assert.Equal(plain, CommandWords.Split(string.Join(' ', plain.Select(word => $"'{word}'"))));
    }
}
