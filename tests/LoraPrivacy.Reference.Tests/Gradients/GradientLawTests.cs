using MathNet.Numerics.Distributions;
using MathNet.Numerics.Integration;

namespace LoraPrivacy.Reference.Tests.Gradients;

/// <summary>The joint density S8: against 50-digit values, against the hierarchical law S6, and by its integrals.</summary>
[Properties(Arbitrary = [typeof(RankArbitrary), typeof(GradientVectorArbitrary), typeof(RandomSourceArbitrary)])]
public sealed class GradientLawTests
{
    /// <summary>
    /// r, m, s, g, e and S8 as printed, evaluated with 50 digits (mpmath 1.2) at
    /// qᵢ = 2^g ((7919 i mod 1009) − 504)/512 and yᵢ = (s/16) qᵢ + 2^(g−e) ((6007 i + 17 mod 2003) − 1001)/1024, i = 1…m.
    /// The exponents e put y at a typical distance from q.
    /// </summary>
    public static TheoryData<int, int, int, int, int, double> HighPrecision => new()
    {
        { 1, 1, 40, 0, 0, -1.1413577515700134966 },
        { 1, 5, 30, 3, -1, -25.213196648538224584 },
        { 3, 2, 40, 0, 0, -0.80949497928562414769 },
        { 8, 768, 14, -20, -3, 8455.8337186452561224 },
        { 64, 4096, 17, -10, -3, 16328.124604174866817 },
        { 4096, 16, 16, 5, 4, -41.356941991513965221 },
        { 512, 16384, 16, 0, -3, -50735.775963494333501 },
        { 16384, 16384, 16, -900, 0, 10206911.11139974844 },
        { 1048576, 3, 16, 0, 9, 12.69412521067958291 },
        { 1048576, 3000, 16, 0, 4, 5707.8591534935997311 },
        { 2, 16384, 30, 0, -7, -93969.095280369372556 },
    };

    [Theory, MemberData(nameof(HighPrecision))]
    [Trait("Statement", "S8")]
    public void Log_density_agrees_with_high_precision(int rank, int dimension, int s, int g, int e, double expected)
    {
        double[] q = new double[dimension], y = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            q[i] = Math.ScaleB((((i + 1) * 7919 % 1009) - 504) / 512.0, g);
            y[i] = (s / 16.0 * q[i]) + Math.ScaleB(((((i + 1) * 6007) + 17) % 2003 - 1001) / 1024.0, g - e);
        }

        double actual = new GradientLaw(q, rank).LogDensity(y);
        Assert.InRange((actual - expected) / Math.Max(1, Math.Abs(expected)), -2e-14, 2e-14);
    }

    [Property]
    [Trait("Statement", "S6"), Trait("Statement", "S8")]
    public void Log_density_is_that_of_the_hierarchical_law(GradientVector q, Rank rank, RandomSource source)
    {
        GradientLaw law = new(q.Values, rank.Value);
        double[] y = law.Sample(source.Create());
        double share = Dot(y, q.Values) / Dot(q.Values, q.Values);
        double variance = q.Norm * q.Norm * share / rank.Value;
        double orthogonal = y.Zip(q.Values, (value, entry) => Math.Pow(value - (share * entry), 2)).Sum();
        double expected = Gamma.PDFLn(rank.Value / 2.0, rank.Value / 2.0, share) - Math.Log(q.Norm)
            - ((y.Length - 1) / 2.0 * Math.Log(2 * Math.PI * variance)) - (orthogonal / (2 * variance));
        Assert.Equal(expected, law.LogDensity(y), 1e-10 * (1 + Math.Abs(expected)));
    }

    [Property]
    [Trait("Statement", "S8")]
    public void Log_density_is_minus_infinity_off_the_half_space(GradientVector q, Rank rank)
    {
        GradientLaw law = new(q.Values, rank.Value);
        Assert.Equal(double.NegativeInfinity, law.LogDensity([.. q.Values.Select(value => -value)]));
        Assert.Equal(double.NegativeInfinity, law.LogDensity(new double[q.Values.Length]));
        Assert.True(double.IsFinite(law.LogDensity(q.Values)));
    }

    [Fact]
    [Trait("Statement", "S8")]
    public void A_positive_product_below_the_rounding_of_its_terms_is_not_lost()
    {
        // ⟨y,q⟩ = (1 + 2⁻²⁷)² − (1 + 2⁻²⁶) = 2⁻⁵⁴, which a sum of rounded products makes 0. The term −r‖y‖²/(2⟨y,q⟩) of
        // S8 is then so large that the others are below its last place.
        double small = Math.ScaleB(1, -27);
        double[] q = [1 + small, -1], y = [1 + small, 1 + (2 * small)];
        double expected = -Dot(y, y) / 2 * Math.ScaleB(1, 54);
        Assert.Equal(1, new GradientLaw(q, 1).LogDensity(y) / expected, 1e-14);
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(8), InlineData(33)]
    [Trait("Statement", "S8"), Trait("Statement", "S2"), Trait("Statement", "S3")]
    public void Density_in_the_plane_has_mass_1_mean_q_and_the_covariance_of_S3(int rank)
    {
        double[] q = [1.2, -0.9];
        GradientLaw law = new(q, rank);
        double[,] covariance = law.Covariance();
        Assert.Equal(1, Integral(law, q, (_, _) => 1), 1e-10);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(law.Mean()[i], Integral(law, q, (first, second) => Entry(first, second, i)), 1e-10);
            for (int j = 0; j < 2; j++)
            {
                double expected = Integral(
                    law, q, (first, second) => (Entry(first, second, i) - q[i]) * (Entry(first, second, j) - q[j]));
                Assert.Equal(expected, covariance[i, j], 1e-9);
            }
        }

        static double Entry(double first, double second, int i) => i == 0 ? first : second;
    }

    [Fact]
    [Trait("Statement", "S8")]
    public void The_density_of_another_rank_or_gradient_fails_the_same_integrals()
    {
        double[] q = [1.2, -0.9];
        Assert.NotEqual(1, Integral(new GradientLaw([1.2, -0.8], 3), q, (_, second) => second) / -0.9, 1e-2);
        Assert.NotEqual(
            new GradientLaw(q, 3).Covariance()[0, 0],
            Integral(new GradientLaw(q, 4), q, (first, _) => (first - q[0]) * (first - q[0])),
            1e-2);
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        GradientLaw law = new([1.0, 2.0], 3);
        Assert.Throws<ArgumentException>("gradient", () => new GradientLaw([0.0, 0.0], 3));
        Assert.Throws<ArgumentException>("gradient", () => new GradientLaw([], 3));
        Assert.Throws<ArgumentOutOfRangeException>("rank", () => new GradientLaw([1.0], 0));
        Assert.Throws<ArgumentOutOfRangeException>("gradient[0]", () => new GradientLaw([double.NaN], 1));
        Assert.Throws<ArgumentException>("y", () => law.LogDensity([1.0]));
        Assert.Throws<ArgumentOutOfRangeException>("y[1]", () => law.LogDensity([1.0, double.NaN]));
        Assert.Throws<ArgumentNullException>("random", () => law.Sample(null!));
    }

    // The integral of f(y) weight(y) over the half-plane, in coordinates (t, φ) around q with
    // y = t cos φ (cos φ u + sin φ u⊥), in which the density is a smooth product (Gauss–Legendre orders are those that MathNet tabulates).
    private static double Integral(GradientLaw law, double[] q, Func<double, double, double> weight)
    {
        double norm = Math.Sqrt(Dot(q, q));
        double farthest = norm * (2 + (160.0 / law.Rank));

        // t = w² removes the half-integer powers of t that even ranks bring.
        GaussLegendreRule roots = new(0, Math.Sqrt(farthest), 128);
        GaussLegendreRule angles = new(-Math.PI / 2, Math.PI / 2, 64);
        double sum = 0;
        for (int k = 0; k < roots.Order; k++)
        {
            for (int l = 0; l < angles.Order; l++)
            {
                double w = roots.GetAbscissa(k), t = w * w, cosine = Math.Cos(angles.GetAbscissa(l));
                double along = t * cosine * cosine / norm, across = t * cosine * Math.Sin(angles.GetAbscissa(l)) / norm;
                double first = (along * q[0]) - (across * q[1]), second = (along * q[1]) + (across * q[0]);
                double jacobian = 2 * w * t * cosine * cosine;
                sum += roots.GetWeight(k) * angles.GetWeight(l) * jacobian
                    * Math.Exp(law.LogDensity([first, second])) * weight(first, second);
            }
        }

        return sum;
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (l, r) => l * r).Sum();
}
