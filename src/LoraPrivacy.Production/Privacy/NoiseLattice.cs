namespace LoraPrivacy.Production.Privacy;

/// <summary>How the noise of DP-SGD is drawn.</summary>
public enum NoiseSampler
{
    /// <summary>The normal law, rounded to the lattice: drawn exactly, digit by digit (S29).</summary>
    Rounded,

    /// <summary>The discrete Gaussian law on the lattice, by integers alone (S30).</summary>
    Exact,
}

/// <summary>
/// The lattice on which DP-SGD adds its noise: clipped gradients and noise are whole multiples of one power of two, so that every sum is exact and
/// every number can come up whatever the data are (S29, S30). Made of public numbers alone.
/// </summary>
[Statement("S29")]
public sealed class NoiseLattice
{
    /// <summary>The most examples that a batch may have, so that every sum is exact.</summary>
    public const long MostExamples = 1L << 26;

    /// <summary>Sums with noise beyond this many steps are moved to it.</summary>
    internal const double LargestSum = 1L << 51;

    private readonly NoiseSampler sampler;

    /// <summary>The lattice of a mechanism.</summary>
    /// <param name="mechanism">The mechanism.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public NoiseLattice(DpSgdParameters mechanism)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        mechanism.Validate();
        double deviation = mechanism.NoiseMultiplier * mechanism.ClippingNorm;
        if (Math.FusedMultiplyAdd(mechanism.NoiseMultiplier, mechanism.ClippingNorm, -deviation) > 0)
        {
            deviation = Math.BitIncrement(deviation);
        }

        double least = Math.Max(Math.ScaleB(deviation, -32), Math.ScaleB(mechanism.ClippingNorm, -24));
        Granularity = Math.ScaleB(1, Math.ILogB(least));
        if (Granularity < least)
        {
            Granularity *= 2;
        }

        sampler = mechanism.Sampler;
        Deviation = deviation / Granularity;
        if (sampler == NoiseSampler.Exact)
        {
            Deviation = Math.Ceiling(Deviation);
        }
    }

    /// <summary>The step g of the lattice, the least power of two of at least s/2^32 and C/2^24, where s is the least double of at least σC.</summary>
    public double Granularity { get; }

    /// <summary>The standard deviation of the noise in steps, s/g; of the exact sampler the next whole number. At most 2^32.</summary>
    public double Deviation { get; }

    /// <summary>The noise of a step.</summary>
    /// <param name="sequence">Where the chance comes from.</param>
    /// <param name="count">How many numbers.</param>
    /// <returns>A float64 tensor on the CPU, in steps of the lattice.</returns>
    [Statement("S30")]
    public Tensor Noise(RandomSequence sequence, long count)
    {
        double[] values = new double[count];
        if (sampler == NoiseSampler.Exact)
        {
            DiscreteGaussianSampler.Fill(sequence, (long)Deviation, values);
        }
        else
        {
            NormalSampler.FillRounded(sequence, Deviation, values);
        }

        return tensor(values, [count], ScalarType.Float64);
    }
}
