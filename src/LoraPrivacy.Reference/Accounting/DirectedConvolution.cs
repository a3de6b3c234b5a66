using System.Numerics;

namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The convolution of two sequences of non-negative numbers, every entry of it rounded up or down by a proved bound of what rounding did: by the transform
/// (S32, item 5) or, where that bound is too much, as a sum in twice the working precision.
/// </summary>
[Statement("S32")]
internal static class DirectedConvolution
{
    private const double Unit = OutwardRounding.Unit;

    // Below so many entries of the shorter one the sum is the quicker way.
    private const int Short = 256;

    // So many products are worth the finer sum.
    private const double MostProducts = 1e8;

    /// <summary>a * b, of length a.Length + b.Length − 1.</summary>
    /// <param name="a">A sequence.</param>
    /// <param name="b">Another.</param>
    /// <param name="up">Whether entries are rounded up.</param>
    /// <param name="noise">How much rounding may add to, or take from, the sum of the entries before the finer sum is taken.</param>
    public static double[] Of(double[] a, double[] b, bool up, double noise)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return [];
        }

        if (Math.Min(a.Length, b.Length) <= Short)
        {
            return Sum(a, b, up);
        }

        int size = a.Length + b.Length - 1;
        FastFourierTransform transform = new((int)BitOperations.RoundUpToPowerOf2((uint)size));
        double normA = Norm(a);
        double normB = Norm(b);
        return 5 * transform.RelativeError * normA * normB * size > noise && (double)a.Length * b.Length < MostProducts
            ? Sum(a, b, up)
            : Transformed(a, b, up, transform, normA, normB);
    }

    private static double Norm(double[] values)
    {
        double square = 0;
        foreach (double value in values)
        {
            square += value * value;
        }

        return Math.Sqrt(square) * (1 + Unit * (4 + values.Length / 8.0)) + 1e-150;
    }

    // z = a + i f b, with the power of two f that makes both of one size; a * b is read off the transform of z.
    private static double[] Transformed(double[] a, double[] b, bool up, FastFourierTransform transform, double normA, double normB)
    {
        int length = transform.Length;
        double factor = Math.ScaleB(1, Math.ILogB(normA) - Math.ILogB(normB));
        double[] real = new double[length];
        double[] imaginary = new double[length];
        a.CopyTo(real, 0);
        for (int i = 0; i < b.Length; i++)
        {
            imaginary[i] = b[i] * factor;
        }

        transform.Forward(real, imaginary);
        double square = Multiply(real, imaginary);
        transform.Inverse(real, imaginary);

        double e = transform.RelativeError;
        normB *= factor;
        double norms = normA * normA + normB * normB;
        double error = (e * Math.Sqrt(norms) * (normA + normB) + Unit * norms + e * Math.Sqrt(square / length)) * (1 + 1e-9) + 1e-290;
        double scale = 1 / (factor * length);
        error /= factor;
        double[] result = new double[a.Length + b.Length - 1];
        for (int i = 0; i < result.Length; i++)
        {
            double value = real[i] * scale;
            result[i] = up ? Math.Max(0, value) + error : Math.Max(0, value - error);
        }

        if (up)
        {
            Cap(result, a, b);
        }

        return result;
    }

    // An entry is at most the sum over pairs of blocks that have a part in it of the largest of one block times the sum of the other: far from the bulk that
    // is less than the error of the transform, and without noise.
    private static void Cap(double[] result, double[] a, double[] b)
    {
        int size = Math.Max(8, result.Length / 1024);
        double[] largest = new double[(a.Length + size - 1) / size];
        for (int i = 0; i < a.Length; i++)
        {
            largest[i / size] = Math.Max(largest[i / size], a[i]);
        }

        double[] sums = new double[(b.Length + size - 1) / size + 1];
        for (int i = 0; i < b.Length; i++)
        {
            // The block and the next one.
            sums[i / size] += b[i];
            sums[i / size + 1] += b[i];
        }

        double[] caps = new double[largest.Length + sums.Length - 1];
        for (int i = 0; i < largest.Length; i++)
        {
            double factor = largest[i] * (1 + Unit * (8 + size + largest.Length)) + 1e-300;
            for (int j = 0; j < sums.Length; j++)
            {
                caps[i + j] += factor * sums[j];
            }
        }

        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Math.Min(result[i], caps[i / size] + 1e-300);
        }
    }

    // From Z = F(a + ib) to F(a)·F(b) = (Z_k² − conj(Z_{−k})²)/(4i), in bit-reversed order: k and N − k lie at mirrored places of the block
    // [2^m, 2^{m+1}). Returns the sum of squares.
    private static double Multiply(double[] real, double[] imaginary)
    {
        double square = 0;
        for (int k = 0; k < Math.Min(2, real.Length); k++)
        {
            real[k] *= imaginary[k];
            imaginary[k] = 0;
            square += real[k] * real[k];
        }

        for (int block = 2; block < real.Length; block *= 2)
        {
            for (int k = block; k < block + block / 2; k++)
            {
                int mirror = 3 * block - 1 - k;
                double ar = 0.5 * (real[k] + real[mirror]);
                double ai = 0.5 * (imaginary[k] - imaginary[mirror]);
                double br = 0.5 * (imaginary[k] + imaginary[mirror]);
                double bi = 0.5 * (real[mirror] - real[k]);
                double re = ar * br - ai * bi;
                double im = ar * bi + ai * br;
                (real[k], imaginary[k], real[mirror], imaginary[mirror]) = (re, im, re, -im);
                square += 2 * (re * re + im * im);
            }
        }

        return square * (1 + Unit * real.Length);
    }

    // Every product and sum with its rounding error carried along: what is left is of second order.
    private static double[] Sum(double[] a, double[] b, bool up)
    {
        (double[] outer, double[] inner) = a.Length <= b.Length ? (a, b) : (b, a);
        double[] high = new double[a.Length + b.Length - 1];
        double[] low = new double[high.Length];
        for (int i = 0; i < outer.Length; i++)
        {
            if (outer[i] != 0)
            {
                Accumulate(outer[i], inner, high.AsSpan(i, inner.Length), low.AsSpan(i, inner.Length));
            }
        }

        for (int i = 0; i < high.Length; i++)
        {
            double value = high[i] + low[i];
            high[i] = up ? (value == 0 ? 0 : value * (1 + Unit) + 1e-300) : Math.Max(0, value * (1 - Unit) - 1e-300);
        }

        return high;
    }

    private static void Accumulate(double factor, ReadOnlySpan<double> values, Span<double> high, Span<double> low)
    {
        int j = 0;
        Vector<double> wide = new(factor);
        for (; j <= values.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector<double> value = new(values[j..]);
            Vector<double> old = new(high[j..]);
            Vector<double> product = wide * value;
            Vector<double> rest = Vector.FusedMultiplyAdd(wide, value, -product);
            Vector<double> sum = old + product;
            Vector<double> part = sum - old;
            (new Vector<double>(low[j..]) + (old - (sum - part) + (product - part)) + rest).CopyTo(low[j..]);
            sum.CopyTo(high[j..]);
        }

        for (; j < values.Length; j++)
        {
            double product = factor * values[j];
            double rest = Math.FusedMultiplyAdd(factor, values[j], -product);
            double sum = high[j] + product;
            double part = sum - high[j];
            low[j] += high[j] - (sum - part) + (product - part) + rest;
            high[j] = sum;
        }
    }
}
