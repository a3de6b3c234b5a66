using System.Numerics;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// The exact normal sampler (S29): its rounded law, its tail, and each of its decisions. Statistical tests have a false-alarm rate of 1e-9 each. Where
/// chance would not lead in a lifetime, the stream starts with words that do.
/// </summary>
[Trait("Statement", "S29")]
public class NormalSamplerTests
{
    private const int Draws = 200_000;
    private const double TailStart = 3.5;

    [Theory]
    [InlineData(0.4)]
    [InlineData(1.0)]
    [InlineData(3.7)]
    public void Rounded_numbers_have_the_rounded_law(double scale)
    {
        double[] draws = Rounded(scale, 1, Draws);
        int most = (int)Math.Ceiling(4 * scale);
        Assert.False(ExactBinomial.Rejects(draws, most, n => Mass(n, 0.5, scale)));

        // Another scale; rounding toward zero; the discrete Gaussian law, which has another variance where it is coarse.
        Assert.True(ExactBinomial.Rejects(draws, most, n => Mass(n, 0.5, scale * 1.1)));
        Assert.True(ExactBinomial.Rejects(draws, most, n => n == 0 ? 2 * (NormalDistribution.Cdf(1 / scale) - 0.5) : Mass(Math.Abs(n) + 0.5, 0.5, scale)));
        double sum = Enumerable.Range(-100, 201).Sum(y => Math.Exp(-0.5 * y * y / (scale * scale)));
        Assert.Equal(scale <= 1, ExactBinomial.Rejects(draws, most, n => Math.Exp(-0.5 * n * n / (scale * scale)) / sum));

        static double Mass(double centre, double half, double scale)
            => NormalDistribution.ComplementaryCdf((Math.Abs(centre) - half) / scale) - NormalDistribution.ComplementaryCdf((Math.Abs(centre) + half) / scale);
    }

    [Theory]
    [InlineData(4294967296.0)]
    [InlineData(3e9)]
    [InlineData(123456.78)]
    [Trait("Speed", "Slow")]
    public void On_a_fine_lattice_they_are_normal(double scale)
    {
        double[] draws = Rounded(scale, 2, Draws);
        Assert.All(draws, draw => Assert.Equal(Math.Round(draw), draw));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(draws.Select(draw => NormalDistribution.Cdf(draw / scale))));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(draws.Select(draw => NormalDistribution.Cdf(draw / scale * 1.1))));
    }

    [Fact]
    public void The_smallest_scales_round_all_to_zero_and_the_largest_nothing_away()
    {
        Assert.All(Rounded(1e-6, 3, 1000), draw => Assert.Equal(0, draw));
        Assert.All(Rounded(1e-12, 3, 1000), draw => Assert.Equal(0, draw));
        Assert.InRange(Rounded(Math.ScaleB(1, 33), 3, 1000).Max(Math.Abs) / Math.ScaleB(1, 33), 2, 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    [Trait("Speed", "Slow")]
    public void The_tail_is_accepted_with_its_probability_and_has_its_law(int quarter)
    {
        const int Count = 60_000;
        double start = TailStart + (0.25 * quarter);
        List<double> accepted = [];
        for (int trial = 0; trial < Count; trial++)
        {
            if (Enter(trial, quarter) is double value)
            {
                accepted.Add(value);
            }
        }

        // Under the curve over under the rectangle: (1/4)·(21/1024)·2^−(k + 3).
        // What is refused is drawn anew, and may come there after all.
        double whole = NormalDistribution.ComplementaryCdf(start) - NormalDistribution.ComplementaryCdf(start + 0.25);
        double probability = whole * Math.Sqrt(2 * Math.PI) / (0.25 * 21 / 1024 * Math.ScaleB(1, -quarter - 3));
        probability += (1 - probability) * whole;
        Assert.False(ExactBinomial.Rejects(accepted.Count, Count, probability));
        Assert.True(ExactBinomial.Rejects(accepted.Count, Count, 1.5 * probability));
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(accepted.Select(x => (NormalDistribution.ComplementaryCdf(start) - NormalDistribution.ComplementaryCdf(x)) / whole)));
        if (quarter < 9)
        {
            Assert.True(DvoretzkyKieferWolfowitz.Rejects(accepted.Select(x => (x - start) / 0.25)));
        }
    }

    [Theory]
    [InlineData(22)]
    [InlineData(38)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(150)]
    public void Far_out_the_tail_is_accepted_with_its_probability_to_the_last_digit(int quarter)
    {
        // x in the middle of the quarter, and heights just below and just above e^{−x²/2} over the rectangle's.
        ulong fraction = 1UL << 54;
        BigInteger x = (BigInteger)((TailStart + 0.125 + (0.25 * quarter)) * 8) << 54;
        const int bits = 40 * 64;
        BigInteger height = (ExponentialOfMinus(x * x, 115, bits + 200) << (13 + quarter)) / 21 >> 200;
        foreach (int relative in new[] { 20, 60, 200 })
        {
            BigInteger change = height >> relative;
            Assert.Equal(TailStart + 0.125 + (0.25 * quarter), Enter(0, quarter, [fraction << 9, .. Words(height - change)]));
            Assert.NotEqual(TailStart + 0.125 + (0.25 * quarter), Enter(0, quarter, [fraction << 9, .. Words(height + change)]));
        }

        // After the first word of the height x and the height get words by turns, x one more beyond the reach of doubles; those of x are zero.
        IEnumerable<ulong> Words(BigInteger value)
        {
            for (int word = 1; word * 64 <= bits; word++)
            {
                yield return (ulong)((value >> (bits - (64 * word))) & ulong.MaxValue);
                yield return 0;
                if (word == 1 && quarter > 99)
                {
                    yield return 0;
                }
            }
        }
    }

    [Fact]
    public void What_the_old_law_could_not_reach_comes_up()
    {
        // Box and Muller's method in doubles with the smallest of its uniform numbers, whatever the angle.
        double old = Math.Sqrt(-2 * Math.Log(0.5 * Math.ScaleB(1, -53)));
        Assert.False(old > 8.66);
        Assert.True(Enter(0, 38, [1UL << 63, 0, 0, 0]) > 13);
    }

    [Fact]
    public void Every_rectangle_is_where_it_should_be_and_every_crossing_is_decided_by_the_curve()
    {
        double area = Math.Sqrt(Math.PI / 2) / (2048 * 21.0 / 32768);
        Assert.Equal(0.9549, area, 1e-4);
        int[] cells = NormalSampler.Cells;
        Assert.Equal((2048, 2, 10), (cells.Length, cells.Count(cell => cell == NormalSampler.Tail), cells.Count(cell => cell < NormalSampler.Tail)));
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] < 0)
            {
                continue;
            }

            int column = cells[i] & 255;
            ulong word = (ulong)(uint)i | (1UL << 63);
            double x = (column + 0.5) / 32;
            if (cells[i] < 1 << 16)
            {
                Assert.Equal(x, Draw(word), 1e-15);
                continue;
            }

            // y·1024/21 less the row, at the middle of the column; the curve may pass above or below the rectangle there.
            double height = (Math.Exp(-0.5 * x * x) * 1024 / 21) - ((cells[i] - (1 << 16)) >> 8);
            foreach (double factor in new[] { 1 - 1e-9, 1 + 1e-9 })
            {
                double y = height * factor;
                if (y is > 0 and < 1)
                {
                    Assert.Equal(factor < 1, Math.Abs(Draw(word, (ulong)Math.ScaleB(y, 64)) - x) < 1e-15);
                }
            }
        }

        static double Draw(params ulong[] start)
        {
            using RandomSequence sequence = new(new byte[32], start);
            double[] value = new double[1];
            sequence.FillNormal(value);
            return value[0];
        }
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(1e3)]
    [InlineData(3e9)]
    public void A_number_that_its_first_digits_leave_between_two_is_rounded_by_the_next(double scale)
    {
        // x with the half in the middle of the interval of its 57 digits.
        BigInteger doubled = 2 * (BigInteger)(0.7 * scale) + 1;
        (BigInteger mantissa, int exponent) = ((BigInteger)Math.ScaleB(scale, 52 - Math.ILogB(scale)), Math.ILogB(scale) - 52);
        BigInteger precise = (doubled << (57 + 64 - 1 - exponent)) / mantissa;
        BigInteger leading = precise >> 64;
        ulong rest = (ulong)(precise & ulong.MaxValue);
        int column = (int)(leading >> 52);
        ulong word = (ulong)(uint)Array.IndexOf(NormalSampler.Cells, column) | ((ulong)(leading & ((1UL << 52) - 1)) << 12);
        Assert.Equal((double)((doubled - 1) / 2), Round(word, rest - 1000));
        Assert.Equal((double)((doubled + 1) / 2), Round(word, rest + 1000));
        Assert.Equal(-(double)((doubled + 1) / 2), Round(word | (1UL << 11), rest + 1000));

        double Round(params ulong[] start)
        {
            using RandomSequence sequence = new(new byte[32], start);
            double[] value = new double[1];
            NormalSampler.FillRounded(sequence, scale, value);
            return value[0];
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Enclosures_of_the_exponential_hold_it_and_are_narrow()
    {
        for (int i = 0; i <= 2000; i++)
        {
            BigInteger numerator = (BigInteger)(i * i) * 977;
            (BigInteger lower, BigInteger upper) = NormalSampler.ExponentialOfMinus(numerator, 22, 300);
            BigInteger exact = ExponentialOfMinus(numerator, 22, 364);
            Assert.True(lower << 64 <= exact + (1 << 20) && exact <= upper << 64 && upper - lower <= 2);
        }
    }

    // e^{−t}, t = numerator/2^shift, by the series of e^t: no halvings, no alternation.
    private static BigInteger ExponentialOfMinus(BigInteger numerator, int shift, int bits)
    {
        BigInteger one = BigInteger.One << bits;
        (BigInteger term, BigInteger sum) = (one, one);
        for (int i = 1; !term.IsZero; i++)
        {
            term = (term * numerator >> shift) / i;
            sum += term;
        }

        return (one << bits) / sum;
    }

    private static double[] Rounded(double scale, long seed, int count)
    {
        using RandomSequence sequence = RandomSource.FromSeed(seed).Sequence("rounded");
        double[] draws = new double[count];
        NormalSampler.FillRounded(sequence, scale, draws);
        return draws;
    }

    // What a stream gives that goes to a quarter of the tail; null where it is not in there, so that it was refused.
    private static double? Enter(int trial, int quarter, params ulong[] rest)
    {
        ulong cell = (ulong)Array.IndexOf(NormalSampler.Cells, NormalSampler.Tail);
        byte[] key = SHA256.HashData(BitConverter.GetBytes(trial + (1000003L * quarter)));
        using RandomSequence sequence = new(key, [cell, .. new ulong[quarter / 64], 1UL << (quarter % 64), .. rest]);
        double[] value = new double[1];
        sequence.FillNormal(value);
        double start = TailStart + (0.25 * quarter);
        return value[0] >= start && value[0] < start + 0.25 ? value[0] : null;
    }
}
