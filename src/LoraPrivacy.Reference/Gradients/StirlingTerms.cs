namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// The two small differences that remain of log Γ(a) and of log S once the large terms of a gamma density near its mode
/// have been cancelled on paper.
/// </summary>
internal static class StirlingTerms
{
    // Bernoulli coefficients B₂ₖ/(2k(2k−1)) of Stirling's series; from a = 16 on the first one left out is below 1e−19.
    private static readonly double[] Coefficients =
    [
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400,
    ];

    /// <summary>log Γ(a) − (a − ½) log a + a − ½ log 2π for a > 0, to an absolute error of 1e−15.</summary>
    public static double Remainder(double a)
    {
        // remainder(a) = remainder(a + 1) + (a + ½) log(1 + 1/a) − 1, free of cancellation in the form below.
        double shifted = 0;
        for (; a < 16; a++)
        {
            shifted += (0.5 / a) + ((a + 0.5) * LogOnePlusMinus(1 / a));
        }

        double inverse = 1 / a;
        double square = inverse * inverse;
        double sum = 0;
        for (int k = Coefficients.Length - 1; k >= 0; k--)
        {
            sum = (sum * square) + Coefficients[k];
        }

        return shifted + (sum * inverse);
    }

    /// <summary>log(1 + x) − x for x > −1, to a few units in the last place near 0.</summary>
    public static double LogOnePlusMinus(double x)
    {
        if (x is < -0.4 or > 0.7)
        {
            return Math.Log(1 + x) - x;
        }

        // log(1 + x) = 2 artanh(y), and 2y − x = −xy.
        double y = x / (2 + x);
        double square = y * y;
        double sum = 0;
        for (int k = 14; k >= 1; k--)
        {
            sum = (sum * square) + (1.0 / ((2 * k) + 1));
        }

        return (-x * y) + (2 * y * square * sum);
    }
}
