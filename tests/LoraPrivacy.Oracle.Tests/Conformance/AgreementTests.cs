using LoraPrivacy.Protocol.Numbers;

namespace LoraPrivacy.Oracle.Tests.Conformance;

public class AgreementTests
{
    [Property]
    public void Exact_numbers_are_ordered_as_doubles_are(double left, double right)
    {
        if (!double.IsNaN(left) && !double.IsNaN(right))
        {
            Assert.Equal(left.CompareTo(right), Math.Sign(ExactNumber.Of(left).CompareTo(ExactNumber.Of(right))));
        }
    }

    [Theory]
    [InlineData("1e999999")]
    [InlineData("0x1p0")]
    [InlineData("NaN")]
    [InlineData(".5")]
    public void Other_ends_are_refused(string text) => Assert.False(ExactNumber.TryParseDecimal(text, out _));

    [Theory]
    [InlineData("0.3333333333333333333", "0.3333333333333333334", 1.0 / 3, true)]
    [InlineData("0.3333333333333333333", "0.3333333333333333334", 0.33333333333333337, false)]
    [InlineData("0.5", "0.5", 0.5, true)]
    [InlineData("0", "0", -0.0, true)]
    [InlineData("Infinity", "Infinity", double.PositiveInfinity, true)]
    [InlineData("Infinity", "Infinity", double.MaxValue, false)]
    [InlineData("1", "1", double.PositiveInfinity, false)]
    [InlineData("1", "1", double.NaN, false)]
    public void Bits(string lower, string upper, double answered, bool holds)
        => Assert.Equal(holds, new Agreement(AgreementKind.Bits).Holds(answered, Between(lower, upper)));

    [Theory]
    [InlineData(4, 1.0, true)]
    [InlineData(4, 1.0000000000000009, true)]
    [InlineData(4, 1.0000000000000011, false)]
    [InlineData(0, 1.0000000000000002, false)]
    public void Units_in_the_last_place(int ulps, double answered, bool holds)
        => Assert.Equal(holds, new Agreement(AgreementKind.Ulp, UnitsInTheLastPlace: ulps).Holds(answered, Between("1", "1")));

    [Theory]
    [InlineData(AgreementKind.Relative, "1e-3", "-200", "-200", -200.2, true)]
    [InlineData(AgreementKind.Relative, "1e-3", "-200", "-200", -200.3, false)]
    [InlineData(AgreementKind.Relative, "1e-3", "-200", "-200", 200, false)]
    [InlineData(AgreementKind.Relative, "1e-3", "0", "0", 1e-300, false)]
    [InlineData(AgreementKind.Relative, "0", "1", "2", 1.5, true)]
    [InlineData(AgreementKind.Absolute, "0.5", "0", "0", -0.5, true)]
    [InlineData(AgreementKind.Absolute, "0.5", "0", "0", 0.51, false)]
    [InlineData(AgreementKind.UpperBound, "0", "1", "1.1", 1, true)]
    [InlineData(AgreementKind.UpperBound, "0", "1", "1.1", 0.99, false)]
    [InlineData(AgreementKind.UpperBound, "0", "1", "1.1", double.PositiveInfinity, true)]
    public void Distances(object kind, string tolerance, string lower, string upper, double answered, bool holds)
        => Assert.Equal(holds, new Agreement((AgreementKind)kind, Decimal(tolerance)).Holds(answered, Between(lower, upper)));

    [Theory]
    [InlineData(0.99, 1.01, null, true)]
    [InlineData(1, 1, "0", true)]
    [InlineData(1.01, 1.02, null, false)]
    [InlineData(0.98, 0.99, null, false)]
    [InlineData(1.01, 0.99, null, false)]
    [InlineData(0, double.PositiveInfinity, null, true)]
    [InlineData(0, double.PositiveInfinity, "0.5", false)]
    [InlineData(0.9, 1.1, "0.1", false)]
    [InlineData(0.99, 1.01, "0.1", true)]
    [InlineData(double.NaN, 1, null, false)]
    public void Brackets(double lower, double upper, string? width, bool holds)
        => Assert.Equal(holds, new Agreement(AgreementKind.Contains, Width: width is null ? null : Decimal(width)).Holds(lower, upper, Between("1", "1")));

    [Property]
    public void The_nearest_double_and_no_other_has_the_right_bits(long numerator, int denominator)
    {
        if (denominator == 0)
        {
            return;
        }

        // A decimal division is far more accurate than a double; an enclosure of its last digits is one of the quotient.
        decimal quotient = decimal.Divide(numerator, denominator);
        double nearest = double.Parse(quotient.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        Enclosure exact = Between(quotient.ToString(CultureInfo.InvariantCulture), quotient.ToString(CultureInfo.InvariantCulture));
        Agreement bits = new(AgreementKind.Bits);
        Assert.True(bits.Holds(nearest, exact));
        Assert.False(bits.Holds(Math.BitIncrement(Math.BitIncrement(nearest)), exact));
        Assert.False(bits.Holds(Math.BitDecrement(Math.BitDecrement(nearest)), exact));
    }

    private static Enclosure Between(string lower, string upper) => new(Decimal(lower), Decimal(upper));

    private static ExactNumber Decimal(string text) => ExactNumber.ParseDecimal(text);
}
