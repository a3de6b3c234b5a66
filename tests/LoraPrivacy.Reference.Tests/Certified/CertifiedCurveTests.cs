namespace LoraPrivacy.Reference.Tests.Certified;

/// <summary>The exact curve at small rank and dimension, and the theories proofs/theories/CertifiedCurve*.v that prove its digits.</summary>
public class CertifiedCurveTests
{
    private static readonly string Snapshot = File.ReadAllText(Repository.File(
        "tests", "LoraPrivacy.Reference.Tests", "Certified", "CertifiedCurveTests.Exact_curve_at_small_rank_and_dimension.verified.txt"));

    [Fact]
    [Trait("Statement", "S11")]
    public Task Exact_curve_at_small_rank_and_dimension() => Verifier.Verify(CurveTable.Render());

    [Fact]
    [Trait("Statement", "S11")]
    public void The_theories_are_those_of_the_snapshot() => CertifiedTheories.Verify(CurveTheory.Prefix, CurveTheory.All(Snapshot));

    [Fact]
    public void Every_number_of_the_table_is_certified()
    {
        IReadOnlyList<(CurveEntry Entry, string Printed)> rows = CurveTable.Read(Snapshot);
        Assert.Equal(CurveTable.Entries, rows.Select(row => row.Entry));
        Assert.True(rows.Count >= 50);
        Assert.True(rows.Count(row => !row.Entry.HalfAngleTangent.IsZero) >= 30);
        string theories = string.Concat(CurveTheory.All(Snapshot).Values);
        foreach ((_, string printed) in rows)
        {
            Assert.Contains($" - {printed}) <= 5e", theories, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rank dimension lambda  tangent epsilon delta\n")]
    [InlineData("rank dimension lambda  tangent epsilon delta\n3 2 1 1/3 1/2\n")]
    [InlineData("rank dimension lambda  tangent epsilon delta\n3 3 1 1/3 1/2 1.000000000e-1\n")]
    [InlineData("rank dimension lambda  tangent epsilon delta\n3 2 1 1/0 1/2 1.000000000e-1\n")]
    [InlineData("rank dimension lambda  tangent epsilon delta\n3 2 1 1/3 1/2 0.1\n")]
    public void A_table_that_cannot_be_read_is_an_error(string snapshot)
        => Assert.Throws<FormatException>(() => CurveTheory.All(snapshot));
}
