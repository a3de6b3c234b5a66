namespace LoraPrivacy.Reference.Numerics;

/// <summary>log x as an unevaluated sum of two doubles, good to about 1e-26: enough for differences ε + a log x that
/// cancel almost completely.</summary>
internal readonly struct ExtendedLogarithm
{
    private const decimal LogTwo = 0.6931471805599453094172321215m;

    /// <param name="x">A positive, finite number.</param>
    public ExtendedLogarithm(double x)
    {
        int exponent = Math.ILogB(x);
        double fraction = Math.ScaleB(x, -exponent);
        if (fraction > 1.4142)
        {
            fraction /= 2;
            exponent++;
        }

        // The significand has 53 bits, so as an integer over 2^52 it is an exact decimal quotient up to 28 digits.
        decimal f = (decimal)(long)Math.ScaleB(fraction, 53) / (1L << 53);
        decimal y = (f - 1) / (f + 1);
        decimal square = y * y;
        decimal sum = 0;
        for (int k = 39; k >= 1; k -= 2)
        {
            sum = sum * square + 1m / k;
        }

        decimal log = 2 * y * sum + exponent * LogTwo;
        High = x == 1 ? 0 : Math.Log(x) is double plain && Math.Abs(plain) > 0.5 ? plain : ElementaryFunctions.LogOnePlus(x - 1);
        Low = Math.Abs(High) < 1e-12 ? 0 : (double)(log - Exact(High));
    }

    /// <summary>The nearest double, or one next to it.</summary>
    public double High { get; }

    /// <summary>log x − High.</summary>
    public double Low { get; }

    /// <summary>addend + factor · log x, rounded only at the end.</summary>
    public double MultiplyAdd(double factor, double addend)
    {
        double product = factor * High;
        double productLow = Math.FusedMultiplyAdd(factor, High, -product);
        double sum = addend + product;
        double bb = sum - addend;
        double sumLow = (addend - (sum - bb)) + (product - bb);
        return sum + (sumLow + productLow + factor * Low);
    }

    // (decimal)double keeps 15 digits only; split into two exact pieces instead.
    private static decimal Exact(double value)
    {
        int exponent = Math.ILogB(value);
        long significand = (long)Math.ScaleB(value, 52 - exponent);
        decimal result = significand;
        for (int shift = 52 - exponent; shift > 0; shift -= Math.Min(shift, 32))
        {
            result /= 1L << Math.Min(shift, 32);
        }

        for (int shift = exponent - 52; shift > 0; shift--)
        {
            result *= 2;
        }

        return result;
    }
}
