namespace LoraPrivacy.Production.Tests.Data;

public class PrivacyUnitTests
{
    private const int PieceLength = 4;

    /// <summary>Units of a kind, as they stand in a text, with one put in somewhere.</summary>
    public sealed record Neighbours(string Unit, string[] Units, int Place, string Added);

    public static class Arbitraries
    {
        public static Arbitrary<Neighbours> All() => Arb.From(
            from unit in Gen.Elements(PrivacyUnit.Names.ToArray())
            from units in Gen.ListOf(One(unit))
            from place in Gen.Choose(0, units.Count)
            from added in One(unit)
            select new Neighbours(unit, [.. units], place, added));

        private static Gen<string> One(string unit) => unit switch
        {
            PrivacyUnit.Line => Text(0, 12),
            PrivacyUnit.Document => Gen.NonEmptyListOf(Text(1, 12)).Select(lines => string.Join('\n', lines)),
            _ => Text(PieceLength, PieceLength),
        };

        private static Gen<string> Text(int least, int most) =>
            from length in Gen.Choose(least, most)
            from letters in Gen.ArrayOf(Gen.Elements('a', 'b', 'ß'), length)
            select new string(letters);
    }

    [Property(MaxTest = 500, Arbitrary = [typeof(Arbitraries)])]
    [Trait("Statement", "S31")]
    public void A_unit_more_changes_no_other(Neighbours pair)
    {
        string[] more = [.. pair.Units[..pair.Place], pair.Added, .. pair.Units[pair.Place..]];
        Assert.Equal(pair.Units.Where(unit => unit.Length >= 2), Split(pair.Unit, pair.Units));
        Assert.Equal(more.Where(unit => unit.Length >= 2), Split(pair.Unit, more));
    }

    [Fact]
    public void A_window_over_the_whole_text_would_change_every_later_unit()
    {
        // What a private training must not do: one byte more, and nothing behind it is as it was.
        string text = "abcdefghijklmnop";
        Assert.Equal(["abcd", "efgh", "ijkl", "mnop"], Split(PrivacyUnit.Piece, [text]));
        Assert.Empty(Split(PrivacyUnit.Piece, [text]).Intersect(Split(PrivacyUnit.Piece, ["x" + text])));
    }

    [Fact]
    public void Lines_and_documents_end_as_files_end_them()
    {
        Assert.Equal(["ab", "cd", "ef"], Split("ab\r\n\r\ncd\nx\n\nef", PrivacyUnit.Line));
        Assert.Equal(["ab\r\ncd", "ef\nx", "gh"], Split("\n\nab\r\ncd\r\n \t\r\nef\nx\n\n\n\ngh\n", PrivacyUnit.Document));
        Assert.Equal(["abcd"], Split("abcdefg", PrivacyUnit.Piece));
        Assert.Empty(Split("", PrivacyUnit.Document));
        Assert.Throws<ArgumentException>(() => Split("ab", "person"));
        Assert.Throws<ArgumentOutOfRangeException>(() => PrivacyUnit.Split("ab"u8.ToArray(), PrivacyUnit.Piece, 0));

        static string[] Split(string text, string unit)
            => [.. PrivacyUnit.Split(Encoding.Latin1.GetBytes(text), unit, PieceLength).Select(bytes => Encoding.Latin1.GetString(bytes.Span))];
    }

    [Fact]
    [Trait("Statement", "S31")]
    public void A_units_side_is_its_own_and_secret_by_the_runs_key()
    {
        HeldOutSplit split = new(RandomSource.FromSeed(1));
        byte[][] units = [.. Enumerable.Range(0, 2000).Select(i => BitConverter.GetBytes(i))];
        bool[] sides = [.. units.Select(unit => split.IsHeldOut(unit))];
        Assert.Equal(sides, units.Select(unit => new HeldOutSplit(RandomSource.FromSeed(1)).IsHeldOut(unit)));
        Assert.NotEqual(sides, units.Select(unit => new HeldOutSplit(RandomSource.FromSeed(2)).IsHeldOut(unit)));

        // Binomial(2,000, 0.1), beyond 7 standard deviations with probability below 1e-9.
        Assert.InRange(sides.Count(side => side), 200 - 94, 200 + 94);
        Assert.Equal(200, split.SmallestTenth(units).Count(side => side));
    }

    private static string[] Split(string unit, string[] units)
    {
        string separator = unit switch { PrivacyUnit.Line => "\n", PrivacyUnit.Document => "\n\n", _ => "" };
        return [.. PrivacyUnit.Split(Encoding.Latin1.GetBytes(string.Join(separator, units)), unit, PieceLength).Select(bytes => Encoding.Latin1.GetString(bytes.Span))];
    }
}
