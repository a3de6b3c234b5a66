using FsCheck;

namespace LoraPrivacy.Oracle.Tests.Tables;

public class DigitsTests
{
    [Theory]
    [InlineData(0.39184, 4, 1e-9, "0.3918")]
    [InlineData(1023.8, 4, 1e-15, "1024")]
    [InlineData(1023.8, 5, 1e-15, "1023.8")]
    [InlineData(123456, 3, 1e-9, "1.23e5")]
    [InlineData(-0.00012345, 3, 1e-9, "-0.000123")]
    [InlineData(1.5e-7, 2, 1e-9, "1.5e-7")]
    [InlineData(9.9999, 3, 1e-9, "10.0")]
    [InlineData(0, 3, 1e-9, "0")]
    public void A_number_is_rounded_to_the_nearest(double value, int digits, double error, string expected)
        => Assert.Equal(expected, Digits.Nearest(value, digits, error));

    [Fact]
    public void A_digit_that_the_error_leaves_open_is_not_printed()
        => Assert.Equal("0.123", Digits.Nearest(0.12345000001, 4, 1e-8));

    [Theory]
    [InlineData(0.39181, 3, "0.392")]
    [InlineData(0.5, 3, "0.500")]
    [InlineData(9.991, 3, "10.0")]
    [InlineData(99999.5, 3, "1.00e5")]
    [InlineData(4.94e-324, 2, "5.0e-324")]
    [InlineData(0, 3, "0")]
    public void A_bound_is_rounded_up(double value, int digits, string expected) => Assert.Equal(expected, Digits.Up(value, digits, relativeError: 0));

    [Theory]
    [InlineData(0.39189, 3, "0.391")]
    [InlineData(0.5, 3, "0.500")]
    [InlineData(9.999, 3, "9.99")]
    [InlineData(99999.5, 3, "9.99e4")]
    [InlineData(0, 3, "0")]
    public void A_bound_is_rounded_down(double value, int digits, string expected) => Assert.Equal(expected, Digits.Down(value, digits, relativeError: 0));

    [Property]
    public void What_is_rounded_down_is_never_above(NormalFloat value, byte digits)
    {
        double bound = Math.Abs(value.Get);
        int count = 1 + (digits % 8);
        double printed = double.Parse(Digits.Down(bound, count, 0), CultureInfo.InvariantCulture);
        Assert.True(printed <= bound);
        Assert.True(printed >= bound * (1 - Math.Pow(10, 1 - count)) || bound < 1e-300);
    }

    [Property]
    public void What_is_rounded_up_is_never_below(NormalFloat value, byte digits)
    {
        double bound = Math.Abs(value.Get);
        int count = 1 + (digits % 8);
        double printed = double.Parse(Digits.Up(bound, count, 0), CultureInfo.InvariantCulture);
        Assert.True(printed >= bound);
        Assert.True(printed <= bound * (1 + Math.Pow(10, 1 - count)) || bound < 1e-300);
    }

    [Property]
    public void What_is_rounded_to_the_nearest_is_half_a_digit_away_at_most(NormalFloat value, byte digits)
    {
        int count = 1 + (digits % 8);
        double printed = double.Parse(Digits.Nearest(value.Get, count, 0), CultureInfo.InvariantCulture);
        Assert.True(Math.Abs(printed - value.Get) <= Math.Abs(value.Get) * 0.5001 * Math.Pow(10, 1 - count) || Math.Abs(value.Get) < 1e-300);
    }
}
