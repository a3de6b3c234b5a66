using System.Numerics;

namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>Convolution powers by the transform against exact ones in big integers (S28, item 3).</summary>
[Trait("Statement", "S28")]
[Trait("Statement", "S27")]
public class ComposedSpectrumTests
{
    private const int Length = 512;

    // Masses are k/2^40 so that the exact convolution is one of integers. The rough ones are adversarial: two far spikes, a comb, random.
    [Theory]
    [InlineData("random", 7)]
    [InlineData("random", 40)]
    [InlineData("spikes", 31)]
    [InlineData("comb", 12)]
    [InlineData("bell", 60)]
    [Trait("Speed", "Slow")]
    public void Every_mass_is_within_its_bound(string shape, int steps)
    {
        long[] weights = Weights(shape);
        PrivacyLossDistribution law = PrivacyLossDistribution.FromMasses(BoundSide.Upper, 0.125, -3, [.. weights.Select(w => w * Math.Pow(2, -40))], 0);
        TiltedMasses masses = TiltedMasses.Of(law, 0);
        ComposedSpectrum spectrum = ComposedSpectrum.Of([(masses, steps)], Length);

        // The exact power of the doubles that were transformed, as integers over 2^1074 would be large: they are k·2^-90 here.
        BigInteger[] exact = Power([.. masses.Values.Select(value => new BigInteger(Math.ScaleB(value, 90)))], steps);
        double worst = 0;
        for (int l = 0; l < exact.Length; l++)
        {
            Assert.True(exact.Length <= Length);
            double value = Exponent(exact[l], -90 * steps);
            double computed = spectrum.Masses[((l - 3 * steps) % Length + Length) % Length];
            double error = Math.Abs(computed - value);
            worst = Math.Max(worst, error);
            Assert.True(error <= spectrum.PointError + spectrum.NormError + 1e-15 * value, $"{l}: {error:E2} of {spectrum.PointError + spectrum.NormError:E2}");
        }

        Assert.True(spectrum.PointError < 1e-11, "the bound says something");
        Assert.True(worst > 0, "a transform in doubles errs somewhere");
        Assert.True(spectrum.TotalMass >= 1 - 1e-12 && spectrum.TotalMass < 1 + 1e-9, $"{spectrum.TotalMass:R}");
    }

    [Fact]
    public void Two_different_laws_give_their_convolution()
    {
        PrivacyLossDistribution first = Law(BoundSide.Upper, -1, 0.25, 0.5, 0.25);
        PrivacyLossDistribution second = Law(BoundSide.Upper, 0, 0.75, 0, 0, 0.25);
        ComposedSpectrum spectrum = ComposedSpectrum.Of([(TiltedMasses.Of(first, 0), 2), (TiltedMasses.Of(second, 0), 1)], 16);
        double[] square = [0.0625, 0.25, 0.375, 0.25, 0.0625];
        for (int l = -2; l < 6; l++)
        {
            double At(int i) => i is >= 0 and < 5 ? square[i] : 0;
            double expected = 0.75 * At(l + 2) + 0.25 * At(l - 1);
            Assert.Equal(expected, spectrum.Masses[(l + 16) % 16], 1e-13);
        }
    }

    [Fact]
    public void The_two_sides_enclose_the_exact_curve_at_every_tilt()
    {
        // Randomised response with p = 0.6 has losses ±log(1.5); on the grid the losses are ±Δ, which defines the pair.
        const double spacing = 0.40625;
        double up = 1 / (1 + Math.Exp(-spacing));
        const int steps = 40;
        foreach (double tilt in (double[])[0, 0.3, 1, 4])
        {
            foreach (double epsilon in (double[])[0, 1.2, 6, 11, 14.1])
            {
                double exact = 0;
                for (int k = 0; k <= steps; k++)
                {
                    double loss = (2 * k - steps) * spacing;
                    exact += Math.Exp(LogBinomial(steps, k) + k * Math.Log(up) + (steps - k) * Math.Log(1 - up)) * Math.Max(0, -double.ExpM1(epsilon - loss));
                }

                double Bound(BoundSide side) => new ComposedLoss([(Law(side, -1, 1 - up, 0, up), steps)], tilt, -50, 128, -1, 1).Delta(epsilon);
                double lower = Bound(BoundSide.Lower);
                double upper = Bound(BoundSide.Upper);
                Assert.True(lower <= exact * (1 + 1e-12), $"{tilt} {epsilon}: {lower:R} is above {exact:R}");
                Assert.True(upper >= exact * (1 - 1e-12), $"{tilt} {epsilon}: {upper:R} is below {exact:R}");
            }
        }

        // At the right tilt a δ of 1e-10 is known to 9 digits: steps of all 40 up, of probability 0.6^40 in all.
        double last = Math.Exp(steps * Math.Log(up)) * -double.ExpM1(15.5 - steps * spacing);
        double near = new ComposedLoss([(Law(BoundSide.Lower, -1, 1 - up, 0, up), steps)], 8, -50, 128, -1, 1).Delta(15.5);
        Assert.InRange(near, last * (1 - 1e-9), last * (1 + 1e-12));
    }

    private static double LogBinomial(int n, int k)
        => Enumerable.Range(1, k).Sum(i => Math.Log((n - k + i) / (double)i));

    private static PrivacyLossDistribution Law(BoundSide side, int first, params double[] masses)
        => PrivacyLossDistribution.FromMasses(side, 0.40625, first, masses, 0);

    private static long[] Weights(string shape)
    {
        Random random = new(11);
        double[] raw = [.. Enumerable.Range(0, 9).Select(j => shape switch
        {
            "random" => random.NextDouble(),
            "spikes" => j is 0 or 8 ? 1 : 0,
            "comb" => j % 2,
            _ => Math.Exp(-0.5 * (j - 4) * (j - 4)),
        })];
        double sum = raw.Sum();
        return [.. raw.Select(value => (long)Math.Round(value / sum * Math.Pow(2, 40)))];
    }

    private static BigInteger[] Power(BigInteger[] values, int exponent)
    {
        BigInteger[] result = [1];
        for (int i = 0; i < exponent; i++)
        {
            BigInteger[] next = new BigInteger[result.Length + values.Length - 1];
            for (int a = 0; a < result.Length; a++)
            {
                for (int b = 0; b < values.Length; b++)
                {
                    next[a + b] += result[a] * values[b];
                }
            }

            result = next;
        }

        return result;
    }

    // value · 2^exponent, rounded.
    private static double Exponent(BigInteger value, int exponent)
    {
        int shift = (int)Math.Max(0, (long)value.GetBitLength() - 64);
        return Math.ScaleB((double)(value >> shift), shift + exponent);
    }
}
