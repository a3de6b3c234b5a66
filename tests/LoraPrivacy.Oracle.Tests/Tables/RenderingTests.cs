namespace LoraPrivacy.Oracle.Tests.Tables;

public class RenderingTests
{
    private static readonly Table Example = new(
        "example",
        "An example | with a bar",
        ["S1"],
        [new("what", IsText: true), new("rank"), new("ε", Key: "epsilon")],
        [
            [new("first, \"quoted\""), Cell.Of(1), Cell.RoundedUp(double.PositiveInfinity, 4, 0)],
            [new("first, \"quoted\""), Cell.Of(2), Cell.RoundedUp(0.123451, 4, 0) with { IsMarked = true }],
            [new("second | barred"), Cell.Of(1), Cell.Measured(1.0 / 3, 4)],
        ],
        ["A note that is long enough to be broken into two lines when it is printed on a page of one hundred columns, as text is."])
    {
        GroupColumns = 1,
        Parameters = [("delta", Cell.Parameter(1e-5))],
    };

    [Theory]
    [InlineData(double.Epsilon, "<1e-300")]
    [InlineData(-1e-310, ">-1e-300")]
    [InlineData(1e-299, "1.00e-299")]
    [InlineData(0, "0")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Numbers_near_the_end_of_the_doubles_are_bounded(double value, string expected)
    {
        Cell cell = Cell.Measured(value, digits: 3);
        Assert.Equal(expected, cell.Display);
        Assert.Equal(value, double.Parse(cell.Data, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task A_table_is_rendered_in_every_format() => Verifier.Verify(string.Join(
        "\n----\n",
        PlainConsole.Render(console => TableText.Write(console, [Example, Example])),
        TableMarkdown.Render([Example]),
        TableCsv.Render([Example, Example]),
        TableJson.Render([Example])));
}
