namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The T-fold convolution of tilted masses on a circle of N points, by the product of the powers of their Fourier transforms, with a bound
/// of everything that rounding did to it (S28, item 3).
/// </summary>
internal sealed class ComposedSpectrum
{
    private const double Unit = OutwardRounding.Unit;

    // A relative error of one complex product is at most √5 u (Brent, Percival and Zimmermann 2007).
    private const double ProductError = 2.25 / (1L << 53);

    private ComposedSpectrum(double[] masses, double totalMass, double pointError, double normError)
    {
        Masses = masses;
        TotalMass = totalMass;
        PointError = pointError;
        NormError = normError;
    }

    /// <summary>ĉ_j, the computed convolution at the index j modulo N.</summary>
    public double[] Masses { get; }

    /// <summary>An upper bound of the sum of the exact convolution.</summary>
    public double TotalMass { get; }

    /// <summary>A part of every error is at most this in size …</summary>
    public double PointError { get; }

    /// <summary>… and the rest is at most this in Euclidean norm.</summary>
    public double NormError { get; }

    /// <summary>The convolution, on the indices modulo N.</summary>
    public static ComposedSpectrum Of(IReadOnlyList<(TiltedMasses Masses, long Count)> parts, int length)
    {
        FastFourierTransform transform = new(length);
        long steps = parts.Sum(part => part.Count);
        double powerError = Math.Exp(Math.Min(700, 2 * steps * ProductError)) - 1 + Unit;
        double[] real = [];
        double[] imaginary = [];

        // Bounds of |F_k| of every part, with their product of powers in bound.
        double[] bound = Enumerable.Repeat(1.0, length).ToArray();
        List<(double[] Bound, double Error, long Count)> spectra = [];
        foreach ((TiltedMasses part, long count) in parts)
        {
            double[] partReal = Fold(part, length, out double norm);
            double[] partImaginary = new double[length];
            transform.Forward(partReal, partImaginary);

            // The computed values of one half stand for both, as the exact ones are conjugate: that doubles the square of the error.
            double error = 1.4143 * transform.RelativeError * Math.Sqrt(length) * norm + 1e-300;
            double[] sizes = new double[length];
            bool first = real.Length == 0;
            double[] productReal = first ? partReal : real;
            double[] productImaginary = first ? partImaginary : imaginary;
            ForEachPair(length, (k, mirror) =>
            {
                (double re, double im) = (partReal[k], partImaginary[k]);
                double size = Math.Sqrt(re * re + im * im) * (1 + Unit) + error;
                sizes[k] = size;
                bound[k] *= Power(size, count);
                (re, im) = Power(re, im, count);
                if (!first)
                {
                    (re, im) = (re * productReal[k] - im * productImaginary[k], re * productImaginary[k] + im * productReal[k]);
                }

                (productReal[k], productImaginary[k]) = (re, im);
                (sizes[mirror], bound[mirror]) = (size, bound[k]);
                (productReal[mirror], productImaginary[mirror]) = (re, k == mirror ? im : -im);
            });
            (real, imaginary) = (productReal, productImaginary);
            spectra.Add((sizes, error, count));
        }

        (double sum, double square) = (0, 0);
        foreach (double value in bound)
        {
            sum += value;
            square += value * value;
        }

        double growth = (1 + powerError) * (1 + powerError) * (1 + Unit * length / 8);
        double pointError = powerError * sum;
        foreach ((double[] sizes, double error, long count) in spectra)
        {
            double share = 0;
            for (int k = 0; k < length; k++)
            {
                double ratio = bound[k] / sizes[k];
                share += ratio * ratio;
            }

            pointError += count * error * Math.Sqrt(share);
        }

        transform.Inverse(real, imaginary);
        for (int j = 0; j < length; j++)
        {
            real[j] /= length;
        }

        return new ComposedSpectrum(
            real,
            bound[0] * growth,
            pointError * growth / length + 1e-290,
            transform.RelativeError * Math.Sqrt(square) * growth / Math.Sqrt(length) + 1e-290);
    }

    // Bit-reversed order: the frequencies k and N − k lie at mirrored places of the block [2^m, 2^{m+1}).
    private static void ForEachPair(int length, Action<int, int> action)
    {
        action(0, 0);
        if (length > 1)
        {
            action(1, 1);
        }

        for (int block = 2; block < length; block *= 2)
        {
            for (int k = block; k < block + block / 2; k++)
            {
                action(k, 3 * block - 1 - k);
            }
        }
    }

    private static double[] Fold(TiltedMasses part, int length, out double norm)
    {
        double[] folded = new double[length];
        int position = (int)((part.Law.FirstIndex % (long)length + length) % length);
        foreach (double value in part.Values)
        {
            folded[position] += value;
            position = position + 1 == length ? 0 : position + 1;
        }

        // Where sums were rounded they are moved to the side of the bound.
        int layers = (part.Values.Length + length - 1) / length;
        double factor = layers <= 1 ? 1 : part.Law.Side == BoundSide.Upper ? 1 + layers * Unit : 1 - layers * Unit;
        double square = 0;
        for (int j = 0; j < length; j++)
        {
            folded[j] *= factor;
            square += folded[j] * folded[j];
        }

        norm = Math.Sqrt(square) * (1 + Unit * (1 + length / 16.0));
        return folded;
    }

    private static double Power(double x, long exponent)
    {
        double result = 1;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
            {
                result *= x;
            }

            x *= x;
        }

        return result;
    }

    private static (double Real, double Imaginary) Power(double re, double im, long exponent)
    {
        (double x, double y) = (1, 0);
        while (true)
        {
            if ((exponent & 1) != 0)
            {
                (x, y) = (x * re - y * im, x * im + y * re);
            }

            exponent >>= 1;
            if (exponent == 0)
            {
                return (x, y);
            }

            (re, im) = (re * re - im * im, 2 * re * im);
        }
    }
}
