using System.Numerics;
using FsCheck.Xunit;
using LoraPrivacy.Certifier.Arithmetic;
using LoraPrivacy.Certifier.Tests.Vectors;
using Xunit;

namespace LoraPrivacy.Certifier.Tests.Arithmetic;

public sealed class EnclosureTests
{
    [Property]
    public void The_ends_are_rounded_outwards_and_close(int numerator, int denominator, int exponent)
    {
        Rational value = new Rational(numerator, denominator == 0 ? 1 : denominator) * Rational.OfPowerOfTwo(1, exponent % 1000);
        Enclosure enclosure = Enclosure.Of(value);
        Rational lower = Agreement.Decimal(enclosure.Lower);
        Rational upper = Agreement.Decimal(enclosure.Upper);
        Assert.True(lower <= value && value <= upper);
        Assert.True((upper - lower) * new Rational(BigInteger.Pow(10, 24), 1) <= value.Abs());
    }

    [Theory]
    [InlineData(1, 4, "0.25", "0.25")]
    [InlineData(-3, 1, "-3", "-3")]
    [InlineData(1, 3, "0.3333333333333333333333333", "0.3333333333333333333333334")]
    [InlineData(-1, 3, "-0.3333333333333333333333334", "-0.3333333333333333333333333")]
    [InlineData(2000, 3, "666.6666666666666666666666", "666.6666666666666666666667")]
    public void Ends_are_written_in_plain_decimals(int numerator, int denominator, string lower, string upper)
        => Assert.Equal(new Enclosure(lower, upper), Enclosure.Of(new Rational(numerator, denominator)));

    [Fact]
    public void Small_numbers_are_written_with_an_exponent()
        => Assert.Equal(new Enclosure("1e-30", "1e-30"), Enclosure.Of(new Rational(1, BigInteger.Pow(10, 30))));
}
