namespace LoraPrivacy.Production.Randomness;

/// <summary>
/// The discrete Gaussian law N_ℤ(0, s²), P(y) ∝ e^{−y²/(2s²)} on the whole numbers, exactly, by integers alone: the method of Canonne, Kamath and
/// Steinke (2020), which rejects from the discrete Laplace law by events of probability e^{−p/q} (S30).
/// </summary>
/// <remarks>A number beyond 2^63 would overflow and throw; one comes up with probability e^{−2^28} at most.</remarks>
[Statement("S30")]
internal static class DiscreteGaussianSampler
{
    /// <summary>The largest s.</summary>
    public const long LargestDeviation = 1L << 33;

    /// <summary>Fills with independent discrete Gaussian numbers.</summary>
    /// <param name="sequence">Where the chance comes from.</param>
    /// <param name="deviation">s, in [1, 2^33].</param>
    /// <param name="values">Overwritten; numbers beyond <see cref="NormalSampler.Largest"/> are moved to it.</param>
    public static void Fill(RandomSequence sequence, long deviation, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Clamp(Draw(sequence, deviation), -NormalSampler.Largest, NormalSampler.Largest);
        }
    }

    public static long Draw(RandomSequence sequence, long deviation)
    {
        UInt128 s = (UInt128)deviation;
        while (true)
        {
            // e^{−|y|/s}·e^{−(|y| − s)²/(2s²)} = e^{−y²/(2s²)}·e^{−½}.
            long y = DrawLaplace(sequence, deviation);
            UInt128 distance = (UInt128)Math.Abs(Math.Abs(y) - deviation);
            if (DrawExponential(sequence, distance * distance, 2 * s * s))
            {
                return y;
            }
        }
    }

    /// <summary>One number of the discrete Laplace law, P(y) ∝ e^{−|y|/s}.</summary>
    public static long DrawLaplace(RandomSequence sequence, long scale)
    {
        while (true)
        {
            long below = sequence.NextInteger(scale);
            if (!DrawExponential(sequence, (UInt128)below, (UInt128)scale))
            {
                continue;
            }

            long whole = 0;
            while (DrawExponential(sequence, 1, 1))
            {
                whole++;
            }

            // Zero has two signs, of which one is refused.
            long magnitude = checked(below + (scale * whole));
            bool negative = sequence.NextInteger(2) == 1;
            if (magnitude != 0 || !negative)
            {
                return negative ? -magnitude : magnitude;
            }
        }
    }

    /// <summary>An event of probability e^{−p/q}, q ≥ 1.</summary>
    public static bool DrawExponential(RandomSequence sequence, UInt128 p, UInt128 q)
    {
        for (UInt128 whole = p / q; whole > 0; whole--)
        {
            if (!DrawFraction(sequence, 1, 1))
            {
                return false;
            }
        }

        p %= q;
        return p == 0 || DrawFraction(sequence, p, q);
    }

    // For p ≤ q: the first k at which an event of probability p/(qk) fails is odd with probability 1 − γ + γ²/2! − … .
    private static bool DrawFraction(RandomSequence sequence, UInt128 p, UInt128 q)
    {
        uint k = 1;
        while (p == q * k || DrawBelow(sequence, checked(q * k)) < p)
        {
            k++;
        }

        return (k & 1) == 1;
    }

    // Uniform on [0, bound).
    private static UInt128 DrawBelow(RandomSequence sequence, UInt128 bound)
    {
        if (bound <= long.MaxValue)
        {
            return (UInt128)sequence.NextInteger((long)bound);
        }

        int unused = (int)UInt128.LeadingZeroCount(bound - 1);
        while (true)
        {
            UInt128 candidate = new UInt128(sequence.NextUInt64(), sequence.NextUInt64()) >> unused;
            if (candidate < bound)
            {
                return candidate;
            }
        }
    }
}
