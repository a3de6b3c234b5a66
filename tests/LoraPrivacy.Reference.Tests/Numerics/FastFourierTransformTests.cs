namespace LoraPrivacy.Reference.Tests.Numerics;

/// <summary>The transform against one in decimals of 28 digits, and the proved bound of its error (S28).</summary>
[Trait("Statement", "S28")]
public class FastFourierTransformTests
{
    private const decimal Pi = 3.1415926535897932384626433833m;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(256)]
    public void The_error_is_within_the_bound_and_the_bound_within_a_small_factor(int length)
    {
        FastFourierTransform transform = new(length);
        Random random = new(7);
        double worst = 0;
        for (int trial = 0; trial < 4; trial++)
        {
            // Signs, a spike, a constant, and noise.
            double[] real = [.. Enumerable.Range(0, length).Select(j => trial switch
            {
                0 => j % 3 == 0 ? -1.0 : 1.0,
                1 => j == length / 2 ? 1 : 1e-9,
                2 => 0.1,
                _ => random.NextDouble() - 0.3,
            })];
            double[] imaginary = [.. Enumerable.Range(0, length).Select(_ => trial == 3 ? random.NextDouble() : 0)];
            (decimal[] exactReal, decimal[] exactImaginary) = Exact(real, imaginary);
            transform.Forward(real, imaginary);
            (double error, double norm) = (0, 0);
            for (int position = 0; position < length; position++)
            {
                int k = Reverse(position, length);
                double re = (double)(ToDecimal(real[position]) - exactReal[k]);
                double im = (double)(ToDecimal(imaginary[position]) - exactImaginary[k]);
                error += re * re + im * im;
                norm += (double)(exactReal[k] * exactReal[k] + exactImaginary[k] * exactImaginary[k]);
            }

            double relative = Math.Sqrt(error / norm);
            Assert.True(relative <= transform.RelativeError, $"{relative:R} is above {transform.RelativeError:R}");
            worst = Math.Max(worst, relative);
        }

        Assert.True(length < 8 || worst > transform.RelativeError / 200, $"{worst:R} of {transform.RelativeError:R}: the bound says little");
    }

    [Fact]
    public void The_inverse_undoes_the_transform_within_both_bounds()
    {
        const int length = 1 << 15;
        FastFourierTransform transform = new(length);
        Random random = new(3);
        double[] input = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())];
        double[] real = [.. input];
        double[] imaginary = new double[length];
        transform.Forward(real, imaginary);
        transform.Inverse(real, imaginary);
        (double error, double norm) = (0, 0);
        for (int j = 0; j < length; j++)
        {
            error += Math.Pow(real[j] / length - input[j], 2) + Math.Pow(imaginary[j] / length, 2);
            norm += input[j] * input[j];
        }

        Assert.InRange(Math.Sqrt(error / norm), 1e-18, 2.0001 * transform.RelativeError);
    }

    [Fact]
    public void The_bound_is_a_few_roundings_a_level()
        => Assert.InRange(new FastFourierTransform(1 << 22).RelativeError, 22 * 7.2 * Math.Pow(2, -53), 2e-14);

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(1 << 23)]
    public void Only_powers_of_two_up_to_the_largest_are_taken(int length)
        => Assert.StartsWith(
            $"length must be a power of two in [1, 4194304], but is {length}", Assert.Throws<ArgumentOutOfRangeException>(() => new FastFourierTransform(length)).Message, StringComparison.Ordinal);

    private static int Reverse(int position, int length)
    {
        int result = 0;
        for (int bit = 1; bit < length; bit *= 2)
        {
            result = 2 * result + ((position & bit) != 0 ? 1 : 0);
        }

        return result;
    }

    private static (decimal[] Real, decimal[] Imaginary) Exact(double[] real, double[] imaginary)
    {
        int length = real.Length;
        (decimal Cosine, decimal Sine)[] roots = [.. Enumerable.Range(0, length).Select(j => Root(j, length))];
        decimal[] re = new decimal[length];
        decimal[] im = new decimal[length];
        for (int k = 0; k < length; k++)
        {
            for (int j = 0; j < length; j++)
            {
                (decimal c, decimal s) = roots[(int)((long)j * k % length)];
                decimal x = ToDecimal(real[j]);
                decimal y = ToDecimal(imaginary[j]);
                re[k] += x * c + y * s;
                im[k] += y * c - x * s;
            }
        }

        return (re, im);
    }

    // cos and sin of 2πj/N by their series, after reduction to [0, π/2].
    private static (decimal Cosine, decimal Sine) Root(int j, int length)
    {
        int quarter = 4 * j / length;
        decimal angle = 2 * Pi * j / length - quarter * Pi / 2;
        (decimal cosine, decimal sine, decimal term) = (0, 0, 1);
        for (int k = 0; k < 30; k++)
        {
            decimal sign = k % 4 < 2 ? 1 : -1;
            if (k % 2 == 0)
            {
                cosine += sign * term;
            }
            else
            {
                sine += sign * term;
            }

            term = term * angle / (k + 1);
        }

        return quarter switch
        {
            0 => (cosine, sine),
            1 => (-sine, cosine),
            2 => (-cosine, -sine),
            _ => (sine, -cosine),
        };
    }

    // A cast keeps 15 digits only.
    private static decimal ToDecimal(double value)
    {
        double head = Math.Round(value, 12);
        return (decimal)head + (decimal)(value - (double)(decimal)head);
    }
}
