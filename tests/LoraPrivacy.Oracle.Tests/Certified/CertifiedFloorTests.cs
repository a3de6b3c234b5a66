namespace LoraPrivacy.Oracle.Tests.Certified;

/// <summary>The theories proofs/theories/CertifiedFloor*.v are those of the snapshot of the δ-floor table.</summary>
public partial class CertifiedFloorTests
{
    private static readonly string Snapshot = File.ReadAllText(
        Repository.File("tests", "LoraPrivacy.Oracle.Tests", "Tables", "BoundTableTests.Delta_floor.verified.txt"));

    [Fact]
    [Trait("Statement", "S12")]
    public void The_theories_are_those_of_the_snapshot() => CertifiedTheories.Verify(FloorTheory.Prefix, FloorTheory.All(Snapshot));

    [Fact]
    public void Every_number_of_the_table_is_certified()
    {
        MatchCollection numbers = Number().Matches(Snapshot);
        Assert.Equal(77, numbers.Count);
        string theories = string.Concat(FloorTheory.All(Snapshot).Values);
        foreach (Match number in numbers)
        {
            string changed = Snapshot[..number.Index] + "7.777e-7" + Snapshot[(number.Index + number.Length)..];
            Assert.NotEqual(theories, string.Concat(FloorTheory.All(changed).Values));
        }
    }

    [Fact]
    public void A_theory_that_differs_is_missing_or_too_many_is_reported_and_rewritten()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "CertifiedFloor1.v"), "old");
            File.WriteAllText(Path.Combine(folder.FullName, "CertifiedFloor3.v"), "no longer");
            File.WriteAllText(Path.Combine(folder.FullName, "Other.v"), "other");
            Dictionary<string, string> wanted = new() { ["CertifiedFloor1.v"] = "new", ["CertifiedFloor2.v"] = "more" };
            Exception fault = Assert.ThrowsAny<Exception>(
                () => CertifiedTheories.Verify(folder.FullName, FloorTheory.Prefix, wanted, rewrite: false));
            Assert.Contains("CertifiedFloor1.v, CertifiedFloor2.v, CertifiedFloor3.v;", fault.Message, StringComparison.Ordinal);
            CertifiedTheories.Verify(folder.FullName, FloorTheory.Prefix, wanted, rewrite: true);
            CertifiedTheories.Verify(folder.FullName, FloorTheory.Prefix, wanted, rewrite: false);
            Assert.Equal(
                ["CertifiedFloor1.v", "CertifiedFloor2.v", "Other.v"], folder.EnumerateFiles().Select(file => file.Name).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rank   τ = 1\n───\n")]
    [InlineData("rank   τ = 1\n───\n1   0.1   0.2\n")]
    [InlineData("rank   τ = 1\n───\none   0.1\n")]
    [InlineData("rank   τ = 1\n───\n1   nought\n")]
    [InlineData("rank   τ = 1\n───\n1   0.000\n")]
    [InlineData("rank   τ = 1\n───\n1   1e-3e-4\n")]
    public void A_table_that_cannot_be_read_is_an_error(string snapshot)
        => Assert.Throws<FormatException>(() => FloorTheory.All(snapshot));

    [Theory]
    [InlineData("0.1609", "0.1608", -1)]
    [InlineData("0.0004580", "0.0004579", -4)]
    [InlineData("4.968e-194", "4.967e-194", -194)]
    [InlineData("1.000e-5", "0.999e-5", -5)]
    [InlineData("12.50", "12.49", 1)]
    public void One_unit_in_the_last_printed_digit(string printed, string below, int magnitude)
    {
        PrintedNumber number = PrintedNumber.Parse(printed);
        Assert.Equal((printed, below, magnitude), (number.Text, number.OneUnitBelow, number.Magnitude));
    }

    // A number of a row: after the rank, which stands first in its line, and before the notes.
    [GeneratedRegex(@"(?<=^ +\d+ .*)(?<= )[0-9.]+(e-\d+)?(?=\s)", RegexOptions.Multiline)]
    private static partial Regex Number();
}
