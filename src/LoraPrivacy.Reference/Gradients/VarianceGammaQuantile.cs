namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// Inverts a tail of the law on the positive half line, by Newton's method on the logarithm of the tail as a function
/// of log x, inside a bracket that only shrinks: the tail is a power of x near an end of the support and falls
/// exponentially at the other, and both are tame in these coordinates.
/// </summary>
internal readonly struct VarianceGammaQuantile(VarianceGammaTails tails, VarianceGammaDensity density, int sign)
{
    /// <summary>x &gt; 0 with P(X &gt; x) = p (upper) or P(X ≤ x) = p (lower), where X is ± the law of the density.</summary>
    public double Invert(double p, bool upper, double start)
    {
        double low = 0;
        double high = double.PositiveInfinity;
        double x = start;
        for (int i = 0; i < 300; i++)
        {
            double tail = upper ? tails.Upper(x) : tails.Lower(x);
            double excess = tail > 0 ? Math.Log(tail / p) : double.NegativeInfinity;
            if (excess > 0 == upper)
            {
                low = x;
            }
            else
            {
                high = x;
            }

            double slope = x * Math.Exp(density.LogAt(sign * x)) / tail;
            double step = Math.Clamp((upper ? excess : -excess) / slope, -40, 40);
            double next = x + x * ElementaryFunctions.ExpMinusOne(step);
            if (!(next > low && next < high))
            {
                next = double.IsPositiveInfinity(high) ? 4 * x : low == 0 ? 0.25 * x : Math.Sqrt(low) * Math.Sqrt(high);
            }

            if (Math.Abs(next - x) <= 4e-16 * x || next == 0)
            {
                return next;
            }

            x = next;
        }

        return x;
    }
}
