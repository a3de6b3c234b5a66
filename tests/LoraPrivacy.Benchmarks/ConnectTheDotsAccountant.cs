using System.Numerics;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.IntegralTransforms;

namespace LoraPrivacy.Benchmarks;

/// <summary>
/// The peer: a privacy loss distribution by connecting the dots (Doroshenko et al. 2022), composed by a floating-point Fourier transform whose rounding is
/// not accounted for, as the accountants in use do it. One number, said to be pessimistic.
/// </summary>
public static class ConnectTheDotsAccountant
{
    private const double Tail = 1e-15;

    /// <summary>ε(δ) of the Poisson-subsampled Gaussian mechanism, the larger of both directions.</summary>
    public static double Epsilon(double noise, double rate, int steps, double delta, double spacing)
        => Math.Max(Direction(noise, rate, steps, delta, spacing, removed: false), Direction(noise, rate, steps, delta, spacing, removed: true));

    private static double Direction(double noise, double rate, int steps, double delta, double spacing, bool removed)
    {
        double most = Math.Log(1 + rate * (Math.Exp((2 * (1 + 9 * noise) - 1) / (2 * noise * noise)) - 1));
        int low = -(int)Math.Ceiling((removed ? most : -Math.Log(1 - rate)) / spacing) - 1;
        int high = (int)Math.Ceiling((removed ? -Math.Log(1 - rate) : most) / spacing) + 1;
        double[] deltas = [.. Enumerable.Range(low, high - low + 1).Select(i => Curve(noise, rate, i * spacing, removed))];

        // Between the dots the curve is replaced by its chords in e^ε: the mass at a dot is e^ε times the change of slope.
        double growth = Math.Exp(spacing) - 1;
        double[] masses = new double[deltas.Length];
        for (int i = 1; i < masses.Length - 1; i++)
        {
            masses[i] = Math.Max(0, (deltas[i + 1] - deltas[i]) / growth - (deltas[i] - deltas[i - 1]) * (1 + 1 / growth));
        }

        double infinite = deltas[^1];
        double mean = 0;
        double square = 0;
        for (int i = 0; i < masses.Length; i++)
        {
            double loss = (low + i) * spacing;
            mean += masses[i] * loss;
            square += masses[i] * loss * loss;
        }

        double width = Math.Sqrt(steps * (square - mean * mean));
        int bottom = (int)Math.Floor((steps * mean - 10 * width) / spacing);
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling((24 * width + most) / spacing));
        Complex[] spectrum = new Complex[length];
        for (int i = 0; i < masses.Length; i++)
        {
            spectrum[(((low + i) % length) + length) % length] += masses[i];
        }

        Fourier.Forward(spectrum, FourierOptions.NoScaling);
        for (int k = 0; k < length; k++)
        {
            spectrum[k] = Complex.Pow(spectrum[k], steps);
        }

        Fourier.Inverse(spectrum, FourierOptions.AsymmetricScaling);
        double lost = 1 - Math.Pow(1 - infinite, steps) + Tail;
        double bound(double epsilon)
        {
            double sum = lost;
            for (long index = Math.Max(bottom, (long)Math.Floor(epsilon / spacing) + 1); index < bottom + (long)length; index++)
            {
                sum += spectrum[(int)(((index % length) + length) % length)].Real * (1 - Math.Exp(epsilon - index * spacing));
            }

            return sum;
        }

        double below = 0;
        double above = (bottom + length) * spacing;
        while (above - below > 1e-9)
        {
            double middle = 0.5 * (below + above);
            (below, above) = bound(middle) > delta ? (middle, above) : (below, middle);
        }

        return above;
    }

    // q·δ_G or c·δ_G; for ε < 0 by the curve's relation to the other direction.
    private static double Curve(double noise, double rate, double epsilon, bool removed)
    {
        if (epsilon < 0)
        {
            return 1 - Math.Exp(epsilon) + Math.Exp(epsilon) * Curve(noise, rate, -epsilon, !removed);
        }

        double growth = Math.Exp(epsilon) - 1;
        double weight = removed ? rate - growth * (1 - rate) : rate;
        return weight <= 0 ? 0 : weight * Gaussian(noise, Math.Log(1 + growth / weight));
    }

    private static double Gaussian(double noise, double epsilon)
        => Normal.CDF(0, 1, 0.5 / noise - epsilon * noise) - Math.Exp(epsilon) * Normal.CDF(0, 1, -0.5 / noise - epsilon * noise);
}
