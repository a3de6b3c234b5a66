namespace LoraPrivacy.Reference.Tests.Releases;

[Properties(Arbitrary = [typeof(VectorPairArbitrary), typeof(ProductReleaseArbitrary)], MaxTest = 200)]
public class ProductReleaseProperties
{
    private static readonly double[] Epsilons = [0, 0.01, 0.1, 0.3, 1, 2, 5, 10, 30, 100];

    [Property]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Delta_is_a_probability_not_below_the_floor_and_nonincreasing(ProductRelease release, VectorPair pair)
    {
        double floor = ProductRelease.DeltaFloor(release.Rank, pair.Angle);
        double previous = 1;
        foreach (double epsilon in Epsilons)
        {
            double delta = release.Delta(pair, epsilon);
            Assert.InRange(delta, floor, previous * (1 + 1e-12));
            previous = delta;
        }
    }

    [Property]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Delta_is_convex_in_the_exponential_of_epsilon(ProductRelease release, VectorPair pair)
    {
        for (int i = 1; i < 8; i++)
        {
            // Three points in e^ε, the middle one their mean, so that the chord test loses little to rounding.
            double low = 1 + 0.5 * i * i;
            double high = low + 1 + i;
            double chord = 0.5 * (release.Delta(pair, Math.Log(low)) + release.Delta(pair, Math.Log(high)));
            Assert.True(release.Delta(pair, Math.Log(0.5 * (low + high))) <= chord * (1 + 1e-11));
        }
    }

    [Property]
    [Trait("Statement", "S11")]
    public void Delta_at_zero_is_the_total_variation_and_so_the_same_in_both_directions(ProductRelease release, VectorPair pair)
    {
        double forward = release.Delta(pair, 0);
        double reverse = release.Delta(new VectorPair(1 / pair.NormRatio, pair.Angle), 0);
        // 1/λ is rounded: a relative change of 1e-16 in λ moves δ by at most N/2 times that.
        double slack = 1e-11 + 1e-16 * (release.Rank + release.Dimension) / Math.Max(1e-3, Math.Abs(1 - pair.NormRatio));
        Assert.True(Math.Abs(forward - reverse) <= slack * forward, $"{forward:R} {reverse:R}");
    }

    [Property]
    [Trait("Statement", "S12")]
    public void Delta_falls_to_the_floor(ProductRelease release, VectorPair pair)
    {
        double floor = ProductRelease.DeltaFloor(release.Rank, pair.Angle);
        double far = release.Delta(pair, 1e12);
        Assert.True(far >= floor);
        // P(L > ε) − δ_∞ ≤ P(0 < h, L > ε): at ε = 1e12 that needs h of the order 1e-10 or X of the order 1e12.
        Assert.True(far - floor <= 1e-6, $"{far:R} {floor:R}");
    }

    [Property]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Dropping_a_coordinate_never_raises_delta(ProductRelease release, VectorPair pair)
    {
        if (release.Dimension < 3)
        {
            return;
        }

        ProductRelease smaller = new(release.Rank, release.Dimension - 1);
        foreach (double epsilon in Epsilons)
        {
            Assert.True(smaller.Delta(pair, epsilon) <= release.Delta(pair, epsilon) * (1 + 1e-11));
        }
    }

    [Property(MaxTest = 100)]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Epsilon_inverts_delta(ProductRelease release, VectorPair pair)
    {
        foreach (double epsilon in (double[])[0.05, 0.7, 3, 20])
        {
            double delta = release.Delta(pair, epsilon);
            double excess = delta - ProductRelease.DeltaFloor(release.Rank, pair.Angle);
            double step = release.Delta(pair, epsilon * 0.999) - delta;
            // Where δ is all floor, or flat, ε cannot be told from δ in doubles.
            if (delta is < 1e-100 or >= 1 || excess < 1e-4 * delta || step < 1e-6 * delta)
            {
                continue;
            }

            double back = release.Epsilon(pair, delta);
            Assert.True(Math.Abs(back - epsilon) <= 1e-8 * epsilon, $"{epsilon:R} {back:R}");
        }
    }

    [Property]
    [Trait("Statement", "S13")]
    [Trait("Speed", "Slow")]
    public void Loss_distribution_and_survival_add_to_one(ProductRelease release, VectorPair pair)
    {
        foreach (double loss in (double[])[-30, -1, -0.1, 0, 0.1, 1, 30])
        {
            Assert.Equal(1, release.Curve(pair).LossCdf(loss) + release.Curve(pair).LossSurvival(loss), 1e-11);
        }
    }

    [Property(MaxTest = 40)]
    [Trait("Statement", "S13")]
    [Trait("Speed", "Slow")]
    public void Delta_is_the_integral_of_the_loss_survival(ProductRelease release, VectorPair pair)
    {
        // δ(ε) = ∫_ε^∞ e^{ε − l} P(L > l) dl, here by the trapezoidal rule in e^{ε − l}.
        const double epsilon = 0.2;
        const int steps = 400;
        double sum = 0.5 * (release.Curve(pair).LossSurvival(epsilon) + ProductRelease.DeltaFloor(release.Rank, pair.Angle));
        double previous = release.Curve(pair).LossSurvival(epsilon);
        double largestStep = 0;
        for (int i = 1; i < steps; i++)
        {
            double survival = release.Curve(pair).LossSurvival(epsilon - Math.Log(1 - (double)i / steps));
            sum += survival;
            largestStep = Math.Max(largestStep, previous - survival);
            previous = survival;
        }

        // The rule is exact for straight pieces; a monotone integrand errs by at most its total fall over 2·steps.
        Assert.Equal(sum / steps, release.Delta(pair, epsilon), 0.5 / steps + 1e-12);
    }

    [Property]
    [Trait("Statement", "S12")]
    public void Floor_rises_with_the_angle_and_falls_with_the_rank(VectorPair pair)
    {
        double angle = pair.Angle * 0.49;
        Assert.True(ProductRelease.DeltaFloor(8, angle) <= ProductRelease.DeltaFloor(8, angle * 1.01));
        Assert.True(ProductRelease.DeltaFloor(9, angle) <= ProductRelease.DeltaFloor(8, angle));
    }

    [Theory]
    [InlineData(32, 64, 0.8006, 8.47e-4, 9.868)]
    [InlineData(126, 3, 1.013626996257738, 1.6191057789584172e-4, 7.936575599967781)]
    [Trait("Statement", "S11")]
    public void Far_tails_where_rounding_once_kept_the_quadrature_from_settling(
        int rank, int dimension, double normRatio, double angle, double epsilon)
    {
        ProductRelease release = new(rank, dimension);
        VectorPair pair = new(normRatio, angle);
        double delta = release.Delta(pair, epsilon);
        Assert.InRange(delta, 0, release.Curve(pair).LossSurvival(epsilon) * (1 + 1e-9));
        Assert.InRange(release.Delta(pair, epsilon * 1.01), 0, delta);
    }

    [Property(MaxTest = 300)]
    [Trait("Statement", "S11")]
    [Trait("Speed", "Slow")]
    public void Beyond_the_promised_domain_delta_is_still_a_probability(ProductRelease release, VectorPair pair, int seed)
    {
        // Ranks and dimensions up to a million, angles down to 1e-12, norm ratios to 1e±6, ε to 1e5.
        Random random = new(seed);
        ProductRelease large = new(
            (int)Math.Min(1 << 20, release.Rank * Math.Exp(7 * random.NextDouble())),
            (int)Math.Min(1 << 20, release.Dimension * Math.Exp(4 * random.NextDouble())));
        VectorPair extreme = new(
            pair.NormRatio == 1 ? 1 : Math.Pow(pair.NormRatio, 1 + 5 * random.NextDouble()),
            pair.Angle * Math.Pow(10, -8 * random.NextDouble()));
        double previous = 1;
        foreach (double epsilon in (double[])[0, 1e-9, 1e-3, 1, 300, 1e5])
        {
            double delta = large.Delta(extreme, epsilon);
            Assert.InRange(delta, 0, previous * (1 + 1e-9));
            previous = delta;
        }
    }

    [Theory]
    [InlineData(1e300, 0.1, 1)]
    [InlineData(1e-300, 0.1, 1)]
    [InlineData(1e300, 0, 1)]
    [InlineData(1e300, 3, 1)]
    [Trait("Statement", "S11")]
    public void Norm_ratios_at_the_ends_of_the_doubles_are_told_apart(double normRatio, double angle, double delta)
    {
        Assert.Equal(delta, new ProductRelease(4, 64).Delta(new VectorPair(normRatio, angle), 1), 1e-12);
        Assert.InRange(new ProductRelease(4, 64).Curve(new VectorPair(normRatio, angle)).LossSurvival(1), delta - 1e-12, 1);
    }

    [Fact]
    [Trait("Statement", "S11")]
    public void A_huge_epsilon_is_found_and_not_called_infinite()
    {
        // θ = 0, λ = 1e20: L = ½ X (λ − 1) − … exceeds ε with probability δ at about λ times half the quantile of X.
        double epsilon = new ProductRelease(4, 64).Epsilon(new VectorPair(1e20, 0), 1e-5);
        Assert.InRange(epsilon, 5e21, 7e21);
        Assert.Equal(1e-5, new ProductRelease(4, 64).Delta(new VectorPair(1e20, 0), epsilon), 1e-13);
        // Just above the floor ε is huge: the law of the loss has a tail like 1/ε.
        double floor = ProductRelease.DeltaFloor(1, 0.1);
        Assert.InRange(new ProductRelease(1, 64).Epsilon(new VectorPair(1, 0.1), floor * (1 + 1e-9)), 1e6, 1e14);
    }

    [Fact]
    [Trait("Statement", "S11")]
    public void A_curve_once_made_allocates_nothing_on_the_heap()
    {
        ProductCurve curve = new ProductRelease(64, 4096).Curve(new VectorPair(1.001, 0.01));
        double Both() => curve.Delta(0.5).Upper + curve.Epsilon(1e-5).Upper;
        double first = Both();
        long before = GC.GetAllocatedBytesForCurrentThread();
        double second = Both();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, second);
    }

    [Fact]
    [Trait("Statement", "S11")]
    public void Identical_queries_are_perfectly_private()
    {
        ProductRelease release = new(16, 768);
        Assert.Equal(0, release.Delta(new VectorPair(1, 0), 0));
        Assert.Equal(0, release.Epsilon(new VectorPair(1, 0), 1e-30));
    }

    [Fact]
    [Trait("Statement", "S12")]
    public void Below_the_floor_no_epsilon_exists()
    {
        ProductRelease release = new(2, 64);
        VectorPair pair = new(1, 0.1);
        double floor = ProductRelease.DeltaFloor(2, 0.1);
        Assert.Equal(double.PositiveInfinity, release.Epsilon(pair, floor));
        Assert.Equal(double.PositiveInfinity, release.Epsilon(pair, floor / 2));
        Assert.True(double.IsFinite(release.Epsilon(pair, floor * 1.01)));
    }

    [Fact]
    [Trait("Statement", "S11")]
    public void A_bounded_loss_gives_a_delta_of_exactly_zero_beyond_its_bound()
    {
        // θ = 0, λ = ½: L = (N/2) log 2 − X/4 ≤ (N/2) log 2.
        ProductRelease release = new(3, 4);
        double bound = 3 * Math.Log(2);
        Assert.Equal(0, release.Delta(new VectorPair(0.5, 0), bound * 1.0001));
        Assert.True(release.Delta(new VectorPair(0.5, 0), bound * 0.9999) > 0);
    }

    [Theory]
    [InlineData(4, 4.693)]
    [InlineData(8, 0.895)]
    [InlineData(16, 0.512)]
    [InlineData(32, 0.402)]
    [InlineData(64, 0.392)]
    [InlineData(128, 0.458)]
    [InlineData(512, 0.851)]
    [Trait("Statement", "S15")]
    public void Epsilon_falls_and_then_rises_with_rank(int rank, double epsilon)
        => Assert.Equal(epsilon, new ProductRelease(rank, 768).Epsilon(new VectorPair(1, Math.Asin(0.01)), 1e-5), 5e-4);

    [Theory]
    [InlineData(0, 4, "rank must be an integer in [1, 1048576], but is 0")]
    [InlineData(4, -1, "dimension must be an integer in [1, 1048576], but is -1")]
    [Trait("Statement", "S11")]
    public void Bad_sizes_are_named(int rank, int dimension, string message)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new ProductRelease(rank, dimension));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Statement", "S11")]
    public void Bad_pairs_and_levels_are_named()
    {
        ProductRelease release = new(4, 4);
        Assert.Throws<ArgumentOutOfRangeException>("normRatio", () => new VectorPair(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("angle", () => new VectorPair(1, -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("angle", () => new VectorPair(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => release.Delta(new VectorPair(1, 1), -1));
        Assert.Throws<ArgumentOutOfRangeException>("epsilon", () => release.Delta(new VectorPair(1, 1), double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("delta", () => release.Epsilon(new VectorPair(1, 1), 0));
        Assert.Throws<ArgumentOutOfRangeException>("normRatio", () => release.Delta(default, 1));
        Assert.Throws<ArgumentOutOfRangeException>("angle", () => new ProductRelease(4, 1).Delta(new VectorPair(1, 1), 1));
    }
}
