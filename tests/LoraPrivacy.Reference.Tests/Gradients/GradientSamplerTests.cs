using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Tests.Gradients;

/// <summary>
/// The samplers against S6. For y = AᵀA q three independent pivots are known exactly: r S ~ χ²_r with
/// S = ⟨y,q⟩/‖q‖², r‖P⊥y‖²/(S‖q‖²) ~ χ²_{m−1}, and the direction of P⊥y, seen through ⟨P⊥y, e⟩ √r/(√S ‖q‖) ~ N(0, 1)
/// for a unit e orthogonal to q. Each check has the false-alarm rate of <see cref="DvoretzkyKieferWolfowitz"/>.
/// </summary>
[Trait("Statement", "S6")]
public sealed class GradientSamplerTests
{
    private const int Draws = 20_000;

    private static readonly double[] Gradient = [3, -1, 0.5, 2, 0];

    public static TheoryData<int> Ranks => [1, 2, 5, 40];

    [Theory, MemberData(nameof(Ranks))]
    [Trait("Speed", "Slow")]
    public void The_sampler_without_A_has_the_exact_law(int rank)
    {
        GradientLaw law = new(Gradient, rank);
        Assert.Equal("", Rejections(rank, new Random(6001), law.Sample));
    }

    [Theory, MemberData(nameof(Ranks))]
    [Trait("Speed", "Slow")]
    public void The_sampler_from_the_definition_has_the_exact_law(int rank)
    {
        GradientLaw law = new(Gradient, rank);
        Assert.Equal("", Rejections(rank, new Random(6002), law.SampleDirect));
    }

    [Fact]
    [Trait("Statement", "S5")]
    [Trait("Speed", "Slow")]
    public void The_second_row_of_the_matrix_sampler_has_the_exact_law()
    {
        const int Rank = 4;
        double[,] g = new double[2, Gradient.Length];
        for (int j = 0; j < Gradient.Length; j++)
        {
            g[0, j] = j - 1.5;
            g[1, j] = Gradient[j];
        }

        Assert.Equal("", Rejections(Rank, new Random(6003), SecondRow));

        double[] SecondRow(Random random)
        {
            double[,] y = GradientSketch.Sample(g, Rank, Initialization.Unbiased(Rank), random);
            return [.. Enumerable.Range(0, Gradient.Length).Select(j => y[1, j])];
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Variance_one_over_r_squared_is_rejected()
        => Assert.Contains("share", Rejections(
            4, new Random(6004), random => GradientSketch.Sample(Gradient, 4, Initialization.PeftGaussian, random)));

    [Fact]
    public void Rademacher_entries_are_rejected()
        => Assert.Contains("share", Rejections(
            4, new Random(6005), random => GradientSketch.Sample(Gradient, 4, Initialization.Rademacher(0.25), random)));

    [Fact]
    public void An_orthogonal_part_independent_of_the_share_is_rejected()
    {
        const int Rank = 4;
        Assert.Contains("length", Rejections(Rank, new Random(6006), WithoutTheRoot));

        // S6 without its factor √S.
        static double[] WithoutTheRoot(Random random)
        {
            double[] y = new GradientLaw(Gradient, Rank).Sample(random);
            double share = Dot(y, Gradient) / Dot(Gradient, Gradient);
            return [.. y.Select((value, i) => (share * Gradient[i]) + ((value - (share * Gradient[i])) / Math.Sqrt(share)))];
        }
    }

    [Fact]
    [Trait("Statement", "S4")]
    public void The_sampled_noise_of_Rademacher_entries_has_the_variance_of_kurtosis_1_and_no_other()
    {
        // With a² = 1/r, entry 0 of AᵀA q is q₀ + q₁ ā with |ā| ≤ 1.
        const int Rank = 3;
        double[] q = [2, 1];
        Random random = new(6007);
        Initialization rademacher = Initialization.Rademacher(1.0 / Rank);
        double[] squares = [.. Enumerable.Range(0, Draws)
            .Select(_ => GradientSketch.Sample(q, Rank, rademacher, random)[0] - q[0]).Select(noise => noise * noise)];
        double norm = Math.Sqrt(5);
        Assert.False(DvoretzkyKieferWolfowitz.RejectsMean(
            squares, GradientMoments.EntryVariance(2, norm, Rank, rademacher.Kurtosis), 0, 1));
        Assert.True(DvoretzkyKieferWolfowitz.RejectsMean(
            squares, GradientMoments.EntryVariance(2, norm, Rank, 1.1), 0, 1));
    }

    [Fact]
    public void The_same_seed_gives_the_same_draw()
    {
        GradientLaw law = new(Gradient, 3);
        Assert.Equal(law.Sample(new Random(1)), law.Sample(new Random(1)));
        Assert.NotEqual(law.Sample(new Random(1)), law.Sample(new Random(2)));
    }

    // The names of the pivots that the draws contradict.
    private static string Rejections(int rank, Random random, Func<Random, double[]> sample)
    {
        // Orthogonal to the gradient.
        double[] unit = [1 / Math.Sqrt(10), 3 / Math.Sqrt(10), 0, 0, 0];
        double square = Dot(Gradient, Gradient);
        double[] share = new double[Draws], length = new double[Draws], direction = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] y = sample(random);
            double s = Dot(y, Gradient) / square;
            double orthogonal = Dot(y, y) - (s * s * square);
            share[draw] = SpecialFunctions.GammaLowerRegularized(rank / 2.0, rank * s / 2);
            length[draw] = SpecialFunctions.GammaLowerRegularized(
                (Gradient.Length - 1) / 2.0, rank * orthogonal / (s * square) / 2);
            direction[draw] = Normal.CDF(0, 1, Dot(y, unit) * Math.Sqrt(rank / (s * square)));
        }

        // Two independent uniform variables have a sum with a triangular density.
        IEnumerable<double> both = share.Zip(length, (u, v) => u + v)
            .Select(sum => sum < 1 ? sum * sum / 2 : 1 - ((2 - sum) * (2 - sum) / 2));
        return string.Join(
            ", ",
            new (string Name, IEnumerable<double> Values)[]
            {
                ("share", share), ("length", length), ("direction", direction), ("independence", both),
            }.Where(pivot => DvoretzkyKieferWolfowitz.Rejects(pivot.Values)).Select(pivot => pivot.Name));
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (l, r) => l * r).Sum();
}
