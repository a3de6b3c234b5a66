using System.Numerics;

namespace LoraPrivacy.Production.Randomness;

/// <summary>Standard normal numbers, exactly: every binary digit of a real number of that law, drawn as far as it is needed (S29).</summary>
/// <remarks>
/// <para>Von Neumann's rejection from rectangles, without an approximation. The half plane below e^{−x²/2} is covered by 2048 rectangles of one area, of
/// which a random word takes one, the sign, and 57 binary digits of x. A rectangle below the curve needs no more; one that crosses it
/// needs a uniform height y &lt; e^{−x²/2}, and so does the tail beyond 3.5, whose k-th quarter is taken with probability 2^−(k+1) for every k. There is
/// no largest value.</para>
/// <para>The comparison is made in doubles where these leave no doubt, given that <see cref="Math.Exp"/> has a relative error of less than 2^−40; otherwise,
/// about once in 2^35 numbers, x and y get more digits and enclosures of the exponential by integers decide.</para>
/// </remarks>
[Statement("S29")]
internal static class NormalSampler
{
    /// <summary>The binary digits of x after the point that a word gives.</summary>
    public const int FractionBits = 57;

    /// <summary>Rounded numbers beyond this are moved to it (S29, item 3).</summary>
    public const long Largest = 1L << 52;

    // Rectangles of 1/32 by 21/1024: the last factor makes 2038 of them, which leaves 10 of 2048 empty.
    private const int CellBits = 11;
    private const int ColumnBits = 5;
    private const int HeightFactor = 21;
    private const int HeightBits = 10;

    // Two rectangles stand for the tail: quarters of the heights 2^−(k+3) of a rectangle's.
    private const double TailStart = 3.5;
    private const int TailCells = 2;
    private const int TailHeightBits = 3;
    private const long LastFastQuarter = 99;

    internal const int Tail = -1;
    private const int Empty = -2;
    private const int Crossing = 1 << 16;

    // The column of a rectangle below the curve; Crossing + 256 · row + column of one that crosses it.
    internal static readonly int[] Cells = Cover();

    /// <summary>Fills with independent standard normal numbers, cut after <see cref="FractionBits"/> digits and moved to the middle of what is left.</summary>
    public static void Fill(RandomSequence sequence, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            bool negative = Draw(sequence, out ulong leading, out BigInteger digits, out int bits);
            double cut = bits == FractionBits ? leading : (double)(digits >> (bits - FractionBits));
            double magnitude = (cut + 0.5) * (1.0 / (1L << FractionBits));
            values[i] = negative ? -magnitude : magnitude;
        }
    }

    /// <summary>Fills with independent whole numbers: a normal number times a scale, rounded to the nearest.</summary>
    /// <param name="sequence">Where the chance comes from.</param>
    /// <param name="scale">The standard deviation before rounding, positive and at most 2^33.</param>
    /// <param name="values">Overwritten; none exceeds <see cref="Largest"/> in magnitude.</param>
    public static void FillRounded(RandomSequence sequence, double scale, Span<double> values)
    {
        // scale = mantissa · 2^exponent, exactly.
        int exponent = Math.ILogB(scale) - 52;
        ulong mantissa = (ulong)Math.ScaleB(scale, -exponent);
        int shift = FractionBits - exponent;
        UInt128 half = shift is >= 1 and <= 126 ? UInt128.One << (shift - 1) : 0;
        for (int i = 0; i < values.Length; i++)
        {
            bool negative = Draw(sequence, out ulong leading, out BigInteger digits, out int bits);
            if (half != 0 && bits == FractionBits)
            {
                // Below 2^117, plus a half of at most 2^125.
                UInt128 product = ((UInt128)mantissa * leading) + half;
                UInt128 rounded = product >> shift;
                if (rounded == (product + mantissa) >> shift)
                {
                    // x is below 2^7.
                    double magnitude = (ulong)rounded;
                    values[i] = negative ? -magnitude : magnitude;
                    continue;
                }
            }

            if (bits == FractionBits)
            {
                digits = leading;
            }

            double slow = (double)BigInteger.Min(Round(sequence, mantissa, exponent, digits, bits), Largest);
            values[i] = negative ? -slow : slow;
        }
    }

    /// <summary>Whether y · 21 &lt; e^{−x²/2}·2^scale for numbers of which some digits are known. Those that decide are drawn.</summary>
    /// <param name="sequence">Where more digits come from.</param>
    /// <param name="x">⌊x·2^<paramref name="xBits"/>⌋; extended.</param>
    /// <param name="xBits">The digits of x after the point; raised by those drawn.</param>
    /// <param name="y">⌊y·2^<paramref name="yBits"/>⌋.</param>
    /// <param name="yBits">The digits of y after the point.</param>
    /// <param name="scale">The power of two, at least 0.</param>
    internal static bool IsBelow(RandomSequence sequence, ref BigInteger x, ref int xBits, BigInteger y, int yBits, int scale)
    {
        while (true)
        {
            int precision = Math.Max(xBits, yBits) + scale + 32;
            BigInteger upper = ExponentialOfMinus(x * x, (2 * xBits) + 1, precision).Upper;
            BigInteger lower = ExponentialOfMinus((x + 1) * (x + 1), (2 * xBits) + 1, precision).Lower;

            // y·21·2^precision against e^{−x²/2}·2^(precision + scale), both times 2^yBits.
            if (((y + 1) * HeightFactor) << precision <= lower << (scale + yBits))
            {
                return true;
            }

            if ((y * HeightFactor) << precision >= upper << (scale + yBits))
            {
                return false;
            }

            Extend(sequence, ref x, ref xBits);
            Extend(sequence, ref y, ref yBits);
        }
    }

    /// <summary>Encloses e^{−t}·2^bits, t = numerator/2^shift ≥ 0, between whole numbers.</summary>
    internal static (BigInteger Lower, BigInteger Upper) ExponentialOfMinus(BigInteger numerator, int shift, int bits)
    {
        // The Taylor series of e^{−t/2^halvings}, where the argument is below ½, alternates; then it is squared. All rounding is outward.
        int halvings = Math.Max(0, (int)numerator.GetBitLength() - shift + 1);
        int working = bits + halvings + 8;
        BigInteger one = BigInteger.One << working;
        (BigInteger termLower, BigInteger termUpper, BigInteger lower, BigInteger upper) = (one, one, one, one);
        for (int i = 1; termUpper > 1; i++)
        {
            termLower = ((termLower * numerator) >> (shift + halvings)) / i;
            termUpper = (((termUpper * numerator) >> (shift + halvings)) / i) + 2;
            (lower, upper) = i % 2 == 1 ? (lower - termUpper, upper - termLower) : (lower + termLower, upper + termUpper);
            if (termUpper <= 3)
            {
                break;
            }
        }

        (lower, upper) = (BigInteger.Max(0, lower - 3), upper + 3);
        for (int i = 0; i < halvings; i++)
        {
            (lower, upper) = ((lower * lower) >> working, ((upper * upper) >> working) + 1);
        }

        return (lower >> (working - bits), (upper >> (working - bits)) + 1);
    }

    // The magnitude is in `leading`, or, where bits exceeds FractionBits, in `digits`. The result says whether it is negative.
    private static bool Draw(RandomSequence sequence, out ulong leading, out BigInteger digits, out int bits)
    {
        while (true)
        {
            ulong word = sequence.NextUInt64();
            bool negative = (word & (1UL << CellBits)) != 0;
            ulong fraction = word >> (CellBits + 1);
            int cell = Cells[word & ((1UL << CellBits) - 1)];
            digits = default;
            bits = FractionBits;
            leading = ((ulong)(uint)cell << (FractionBits - ColumnBits)) | fraction;
            if ((uint)cell < Crossing)
            {
                return negative;
            }

            if (cell == Tail ? IsInTail(sequence, out leading, ref digits, ref bits) : cell != Empty && IsBelowCurve(sequence, cell, fraction, out leading, ref digits, ref bits))
            {
                return negative;
            }
        }
    }

    private static bool IsBelowCurve(RandomSequence sequence, int cell, ulong fraction, out ulong leading, ref BigInteger digits, ref int bits)
    {
        ulong row = (ulong)((cell - Crossing) >> 8);
        leading = ((ulong)(cell & 255) << (FractionBits - ColumnBits)) | fraction;
        ulong height = sequence.NextUInt64();
        return IsBelow(sequence, leading, row, height, HeightBits, ref digits, ref bits);
    }

    private static bool IsInTail(RandomSequence sequence, out ulong leading, ref BigInteger digits, ref int bits)
    {
        long quarter = 0;
        ulong word;
        while ((word = sequence.NextUInt64()) == 0)
        {
            quarter += 64;
        }

        quarter += BitOperations.TrailingZeroCount(word);
        ulong fraction = sequence.NextUInt64() >> (64 - FractionBits + 2);
        ulong height = sequence.NextUInt64();
        leading = 0;
        int scale = checked((int)(HeightBits + TailHeightBits + quarter));
        if (quarter <= LastFastQuarter)
        {
            leading = (ulong)(TailStart * (1L << FractionBits)) + ((ulong)quarter << (FractionBits - 2)) + fraction;
            return IsBelow(sequence, leading, 0, height, scale, ref digits, ref bits);
        }

        digits = (BigInteger)(ulong)(TailStart * (1L << FractionBits)) + ((BigInteger)quarter << (FractionBits - 2)) + fraction;
        Extend(sequence, ref digits, ref bits);
        return IsBelow(sequence, ref digits, ref bits, height, 64, scale);
    }

    // The same for y = row + height/2^64, in doubles where they decide: x² ≤ 2^10 makes the error of the exponential's argument count 2^−42.
    private static bool IsBelow(RandomSequence sequence, ulong leading, ulong row, ulong height, int scale, ref BigInteger digits, ref int bits)
    {
        double x = leading * (1.0 / (1L << FractionBits));
        double curve = Math.ScaleB(Math.Exp(-0.5 * x * x), scale);
        double y = HeightFactor * (row + (height * (1.0 / (1L << 32) / (1L << 32))));
        double doubt = ((curve + y) * (1.0 / (1L << 36))) + (1.0 / (1L << 40));
        if (Math.Abs(curve - y) > doubt)
        {
            return y < curve;
        }

        digits = leading;
        return IsBelow(sequence, ref digits, ref bits, ((BigInteger)row << 64) + height, 64, scale);
    }

    // ⌊mantissa · 2^exponent · x + ½⌋, by as many digits of x as it takes.
    private static BigInteger Round(RandomSequence sequence, ulong mantissa, int exponent, BigInteger digits, int bits)
    {
        while (true)
        {
            int shift = bits - exponent;
            if (shift >= 1)
            {
                BigInteger product = (digits * mantissa) + (BigInteger.One << (shift - 1));
                BigInteger rounded = product >> shift;
                if (rounded == (product + mantissa) >> shift)
                {
                    return rounded;
                }
            }

            Extend(sequence, ref digits, ref bits);
        }
    }

    private static void Extend(RandomSequence sequence, ref BigInteger digits, ref int bits)
    {
        digits = (digits << 64) + sequence.NextUInt64();
        bits += 64;
    }

    private static int[] Cover()
    {
        // Rounding may only call a rectangle crossing that is not: such a one is still drawn right.
        const double Height = HeightFactor / (double)(1 << HeightBits);
        const double Width = 1.0 / (1 << ColumnBits);
        int[] cells = new int[1 << CellBits];
        int count = 0;
        for (int column = 0; column * Width < TailStart; column++)
        {
            double left = Math.Exp(-0.5 * Math.Pow(column * Width, 2)) * (1 + 1e-12);
            double right = Math.Exp(-0.5 * Math.Pow((column + 1) * Width, 2)) * (1 - 1e-12);
            for (int row = 0; row * Height < left; row++)
            {
                cells[count++] = (row + 1) * Height <= right ? column : Crossing + (row << 8) + column;
            }
        }

        cells.AsSpan(count, TailCells).Fill(Tail);
        cells.AsSpan(count + TailCells).Fill(Empty);
        return cells;
    }
}
