using System.Numerics;

namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// The discrete Fourier transform of a power-of-two length by the radix-2 Cooley–Tukey method, with a proved bound of its rounding
/// error (S28). The forward transform leaves its result in bit-reversed order, and the inverse takes it in that order, which is all
/// that a convolution needs.
/// </summary>
/// <remarks>
/// Written here, and not taken from MathNet, because the bound is of the algorithm: every butterfly is one complex product with a tabulated
/// root of unity and one complex sum. Immutable and safe for concurrent use; tables are kept for the life of the process.
/// </remarks>
[Statement("S28")]
internal sealed class FastFourierTransform
{
    /// <summary>The largest length, 2^22.</summary>
    public const int LargestLength = 1 << 22;

    /// <summary>μ: every tabulated root of unity is within 4u of the exact one, u = 2^−53.</summary>
    public const double RootError = 4 * Roundoff;

    private const double Roundoff = 1.0 / (1L << 53);

    // η: a butterfly's relative error is (1 + u)(1 + √5 u)(1 + μ) − 1 < 8u.
    private const double StageError = 8 * Roundoff;

    // Tables by level: level m has the roots e^{−πij/2^m}, 0 ≤ j < 2^m.
    private static readonly Lazy<(double[] Cosine, double[] Sine)>[] Roots =
        [.. Enumerable.Range(0, 22).Select(level => new Lazy<(double[], double[])>(() => Tabulate(level)))];

    private readonly int levels;

    /// <summary>The transform of a length.</summary>
    /// <param name="length">A power of two in [1, 2^22].</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not such a power.</exception>
    public FastFourierTransform(int length)
    {
        if (length is < 1 or > LargestLength || !BitOperations.IsPow2(length))
        {
            throw Argument.OutOfRange(nameof(length), length, "a power of two in [1, 4194304]");
        }

        Length = length;
        levels = BitOperations.Log2((uint)length);
    }

    /// <summary>N.</summary>
    public int Length { get; }

    /// <summary>A bound of ‖computed − exact‖₂ / ‖exact‖₂ of either transform, barring underflow (S28): (1 + η)^{log₂ N} − 1.</summary>
    public double RelativeError => StageError * levels * (1 + 1e-12);

    /// <summary>X_k = Σ_j x_j e^{−2πijk/N} in place; X_k ends at the position of k with its bits reversed.</summary>
    /// <param name="real">Real parts, N of them.</param>
    /// <param name="imaginary">Imaginary parts.</param>
    public void Forward(Span<double> real, Span<double> imaginary)
    {
        Check(real, imaginary);
        for (int level = levels - 1; level >= 0; level--)
        {
            ComputationLimit.ThrowIfReached();
            (double[] cosine, double[] sine) = Roots[level].Value;
            int half = 1 << level;
            for (int start = 0; start < Length; start += 2 * half)
            {
                Split(
                    real.Slice(start, half), imaginary.Slice(start, half),
                    real.Slice(start + half, half), imaginary.Slice(start + half, half), cosine, sine);
            }
        }
    }

    /// <summary>N times the inverse transform, x_j = Σ_k X_k e^{2πijk/N}, in place, of values in bit-reversed order.</summary>
    /// <param name="real">Real parts, N of them.</param>
    /// <param name="imaginary">Imaginary parts.</param>
    public void Inverse(Span<double> real, Span<double> imaginary)
    {
        Check(real, imaginary);
        for (int level = 0; level < levels; level++)
        {
            ComputationLimit.ThrowIfReached();
            (double[] cosine, double[] sine) = Roots[level].Value;
            int half = 1 << level;
            for (int start = 0; start < Length; start += 2 * half)
            {
                Join(
                    real.Slice(start, half), imaginary.Slice(start, half),
                    real.Slice(start + half, half), imaginary.Slice(start + half, half), cosine, sine);
            }
        }
    }

    // (a, b) → (a + b, (a − b) w).
    private static void Split(Span<double> ar, Span<double> ai, Span<double> br, Span<double> bi, ReadOnlySpan<double> cosine, ReadOnlySpan<double> sine)
    {
        int j = 0;
        for (; j <= ar.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector<double> a = new(ar[j..]);
            Vector<double> b = new(br[j..]);
            Vector<double> ia = new(ai[j..]);
            Vector<double> ib = new(bi[j..]);
            Vector<double> c = new(cosine[j..]);
            Vector<double> s = new(sine[j..]);
            Vector<double> dr = a - b;
            Vector<double> di = ia - ib;
            (a + b).CopyTo(ar[j..]);
            (ia + ib).CopyTo(ai[j..]);
            (dr * c - di * s).CopyTo(br[j..]);
            (dr * s + di * c).CopyTo(bi[j..]);
        }

        for (; j < ar.Length; j++)
        {
            double dr = ar[j] - br[j];
            double di = ai[j] - bi[j];
            ar[j] += br[j];
            ai[j] += bi[j];
            br[j] = dr * cosine[j] - di * sine[j];
            bi[j] = dr * sine[j] + di * cosine[j];
        }
    }

    // (a, b) → (a + b w̄, a − b w̄).
    private static void Join(Span<double> ar, Span<double> ai, Span<double> br, Span<double> bi, ReadOnlySpan<double> cosine, ReadOnlySpan<double> sine)
    {
        int j = 0;
        for (; j <= ar.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector<double> a = new(ar[j..]);
            Vector<double> b = new(br[j..]);
            Vector<double> ia = new(ai[j..]);
            Vector<double> ib = new(bi[j..]);
            Vector<double> c = new(cosine[j..]);
            Vector<double> s = new(sine[j..]);
            Vector<double> pr = b * c + ib * s;
            Vector<double> pi = ib * c - b * s;
            (a + pr).CopyTo(ar[j..]);
            (ia + pi).CopyTo(ai[j..]);
            (a - pr).CopyTo(br[j..]);
            (ia - pi).CopyTo(bi[j..]);
        }

        for (; j < ar.Length; j++)
        {
            double pr = br[j] * cosine[j] + bi[j] * sine[j];
            double pi = bi[j] * cosine[j] - br[j] * sine[j];
            br[j] = ar[j] - pr;
            bi[j] = ai[j] - pi;
            ar[j] += pr;
            ai[j] += pi;
        }
    }

    // e^{−πij/2^level}. The angle is reduced to at most π/4, where sine and cosine of the rounded angle err by less than 4u together.
    private static (double[] Cosine, double[] Sine) Tabulate(int level)
    {
        int half = 1 << level;
        double[] cosine = new double[half];
        double[] sine = new double[half];
        for (int j = 0; j < half; j++)
        {
            // The angle is j quarter-turns over half/2: octants of half/4.
            int octant = (int)(4L * j / half);
            int reduced = (octant & 1) == 0 ? j - octant / 2 * half / 2 : (octant / 2 + 1) * half / 2 - j;
            (double s, double c) = Math.SinCos(Math.PI * ((double)reduced / half));
            (cosine[j], sine[j]) = octant switch
            {
                0 => (c, -s),
                1 => (s, -c),
                2 => (-s, -c),
                _ => (-c, -s),
            };
        }

        return (cosine, sine);
    }

    private void Check(Span<double> real, Span<double> imaginary)
    {
        Argument.SameLength(real.Length, Length, nameof(real));
        Argument.SameLength(imaginary.Length, Length, nameof(imaginary));
    }
}
