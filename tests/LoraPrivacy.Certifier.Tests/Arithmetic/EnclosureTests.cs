using System.Numerics;

namespace LoraPrivacy.Certifier.Tests.Arithmetic;

public sealed class EnclosureTests
{
    [Property]
    public void The_ends_are_rounded_outwards_and_close(int numerator, int denominator, int exponent)
    {
        ExactNumber value = new ExactNumber(numerator, denominator == 0 ? 1 : denominator) * ExactNumber.OfPowerOfTwo(1, exponent % 1000);
        Enclosure enclosure = Enclosure.Of(value);
        Assert.True(enclosure.Lower <= value && value <= enclosure.Upper);
        Assert.True((enclosure.Upper - enclosure.Lower) * new ExactNumber(BigInteger.Pow(10, 24), 1) <= value.Abs());
    }

    [Theory]
    [InlineData(1, 4, "0.25", "0.25")]
    [InlineData(-3, 1, "-3", "-3")]
    [InlineData(1, 3, "0.3333333333333333333333333", "0.3333333333333333333333334")]
    [InlineData(-1, 3, "-0.3333333333333333333333334", "-0.3333333333333333333333333")]
    [InlineData(2000, 3, "666.6666666666666666666666", "666.6666666666666666666667")]
    public void Ends_are_written_in_plain_decimals(int numerator, int denominator, string lower, string upper)
    {
        Enclosure enclosure = Enclosure.Of(new ExactNumber(numerator, denominator));
        Assert.Equal((lower, upper), (enclosure.Lower.ToDecimal(), enclosure.Upper.ToDecimal()));
    }

    [Fact]
    public void Small_numbers_are_written_with_an_exponent()
        => Assert.Equal("1e-30", Enclosure.Of(new ExactNumber(1, BigInteger.Pow(10, 30))).Upper.ToDecimal());

    [Property]
    public void Decimal_texts_are_read_back(long digits, byte places)
    {
        ExactNumber value = new(digits, BigInteger.Pow(10, places));
        Assert.Equal(value, ExactNumber.ParseDecimal(value.ToDecimal()!));
    }

    [Theory]
    [InlineData(0.25, 0)]
    [InlineData(0.75, 0.5)]
    [InlineData(0, 1)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    public void A_distance_is_relative_to_the_nearest_end(double answered, double distance)
        => Assert.Equal(distance, new Enclosure(new(1, 4), new(1, 2)).RelativeDistance(answered), 1e-15);
}
