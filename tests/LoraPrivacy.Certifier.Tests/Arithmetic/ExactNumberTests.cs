namespace LoraPrivacy.Certifier.Tests.Arithmetic;

public sealed class ExactNumberTests
{
    [Property]
    public void A_double_survives_its_text(double value)
    {
        if (double.IsFinite(value))
        {
            Assert.Equal(value, ExactNumber.Of(value).ToDouble());
            Assert.Equal(value, ExactNumber.ParseArgument(ExactNumber.ArgumentOf(value)).ToDouble());
        }
    }

    [Theory]
    [InlineData(3, "3")]
    [InlineData(-0.75, "-3/4")]
    [InlineData(0.1, "0x1.999999999999ap-4")]
    [InlineData(1e300, "0x1.7e43c8800759cp996")]
    [InlineData(double.Epsilon, "0x0.0000000000001p-1022")]
    [InlineData(double.MaxValue, "0x1.fffffffffffffp1023")]
    public void Texts_are_short_and_exact(double value, string text)
    {
        Assert.Equal(text, ExactNumber.ArgumentOf(value));
        Assert.Equal(value, ExactNumber.ParseArgument(text).ToDouble());
    }

    [Theory]
    [InlineData("1/3")]
    [InlineData("0.1")]
    [InlineData("1e-5")]
    [InlineData("0x1.99999999999999p-4")]
    [InlineData("9007199254740993")]
    [InlineData("1/2/3")]
    [InlineData("1/0")]
    [InlineData("0x1p")]
    [InlineData("0x1p999999")]
    [InlineData("0x1p1024")]
    [InlineData("1 ")]
    [InlineData("Infinity")]
    [InlineData("")]
    public void What_is_no_double_is_refused(string text) => Assert.Throws<FormatException>(() => ExactNumber.ParseArgument(text));
}
