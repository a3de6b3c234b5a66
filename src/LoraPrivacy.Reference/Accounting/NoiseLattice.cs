namespace LoraPrivacy.Reference.Accounting;

/// <summary>The lattice on which a step of DP-SGD adds its noise: what S29 says its step is, and how clipped gradients are rounded to it.</summary>
[Statement("S29")]
public sealed record NoiseLattice
{
    /// <summary>The lattice of a mechanism.</summary>
    /// <param name="noiseMultiplier">σ, in [1e-6, 1e6].</param>
    /// <param name="clippingNorm">C, in [1e-30, 1e30].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public NoiseLattice(double noiseMultiplier, double clippingNorm)
    {
        Argument.InRange(noiseMultiplier, 1e-6, 1e6);
        Argument.InRange(clippingNorm, 1e-30, 1e30);
        double deviation = noiseMultiplier * clippingNorm;
        if (Math.FusedMultiplyAdd(-noiseMultiplier, clippingNorm, deviation) < 0)
        {
            deviation = Math.BitIncrement(deviation);
        }

        Granularity = 1;
        while (Granularity < deviation / 4294967296 || Granularity < clippingNorm / 16777216)
        {
            Granularity *= 2;
        }

        while (Granularity / 2 >= deviation / 4294967296 && Granularity / 2 >= clippingNorm / 16777216)
        {
            Granularity /= 2;
        }

        Deviation = deviation / Granularity;
    }

    /// <summary>The step g: the least power of two of at least s/2^32 and C/2^24, where s is the least double of at least σC.</summary>
    public double Granularity { get; }

    /// <summary>s/g, the standard deviation of the noise in steps before it is rounded, at most 2^32; the discrete Gaussian's is the next whole number.</summary>
    public double Deviation { get; }

    /// <summary>A number rounded toward zero to a whole multiple of g.</summary>
    /// <param name="value">Finite.</param>
    /// <returns>The multiple k, not kg: |value − kg| &lt; g and |kg| ≤ |value|.</returns>
    public double Steps(double value) => Math.Truncate(Argument.Finite(value) / Granularity);
}
