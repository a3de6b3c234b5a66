namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>Many steps with a fresh A each, and subsampling of any pair, against closed forms that share nothing with the grid.</summary>
[Trait("Statement", "S22")]
public class FreshSketchTests
{
    // At θ = 0 the loss is that of a χ²_N scale family with N = r + m − 1, so that T steps are one with T·N.
    [Theory]
    [InlineData(4, 61, 1.01, 16, 1e-5)]
    [InlineData(1, 1, 0.9, 100, 1e-9)]
    [InlineData(64, 705, 1.001, 1000, 1e-6)]
    [Trait("Speed", "Slow")]
    public void Pure_scaling_composes_to_one_release_of_more_squares(int rank, int dimension, double normRatio, int steps, double delta)
    {
        VectorPair queries = new(normRatio, 0);
        int squares = rank + dimension - 1;
        ProductRelease all = new(rank, squares * steps + 1 - rank);
        double exact = Math.Max(all.Epsilon(queries, delta), all.Epsilon(queries.Reverse(), delta));
        PrivacyAccountant accountant = new((PrivacyPair.Product(new ProductRelease(rank, dimension), queries), steps));
        Bracket bracket = accountant.BothDirections().Epsilon(delta);
        Assert.InRange(exact, bracket.Lower, bracket.Upper);
        Assert.InRange(bracket.Upper / bracket.Lower, 1, 1.0021);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Where_the_floors_add_up_to_more_than_delta_there_is_no_epsilon()
    {
        PrivacyPair step = PrivacyPair.Product(new ProductRelease(2, 64), new VectorPair(1, 0.01));
        double floor = ProductRelease.DeltaFloor(2, 0.01);
        Assert.Equal(Bracket.Exactly(double.PositiveInfinity), new PrivacyAccountant((step, 100)).Epsilon(90 * floor));
        Assert.Equal(1, ProductRelease.ComposedDeltaFloor(8, 0.01, 1000) / (1000 * ProductRelease.DeltaFloor(8, 0.01)), 1e-11);
        Assert.Equal(1 - Math.Pow(1 - floor, 5000), ProductRelease.ComposedDeltaFloor(2, 0.01, 5000), 1e-11);
        Assert.True(double.IsFinite(new PrivacyAccountant((step, 100)) { RelativeWidth = 0.1 }.Epsilon(110 * floor).Lower));
    }

    // Heavy tails and infinite losses. The first is 154.81 ± 0.02 by draws of the loss.
    [Theory]
    [InlineData(8, 64, 1.5, 0.5, 10, 0.1, 154.81)]
    [InlineData(6, 3, 1.1, 0.3, 5, 0.1, 4.351)]
    [InlineData(6, 3, 1.1, 0.3, 5, 1e-3, 44.14)]
    [Trait("Speed", "Slow")]
    [Trait("Statement", "S32")]
    public void Heavy_tails_are_bracketed(int rank, int dimension, double normRatio, double angle, int steps, double delta, double expected)
    {
        PrivacyPair step = PrivacyPair.Product(new ProductRelease(rank, dimension), new VectorPair(normRatio, angle));
        Bracket coarse = new PrivacyAccountant((step, steps)) { RelativeWidth = 1e-2 }.BothDirections().Epsilon(delta);
        Bracket fine = new PrivacyAccountant((step, steps)).BothDirections().Epsilon(delta);
        Assert.InRange(coarse.Upper / coarse.Lower, 1, 1.018);
        Assert.InRange(fine.Upper / fine.Lower, 1, 1.001);
        Assert.Equal(fine, fine.Intersect(coarse));
        Assert.Equal(expected, fine.Upper, 2e-3 * expected);
    }

    private static Arbitrary<(PrivacyPair Step, long Steps, double Delta)> WholeDomain => (
        from rank in VectorPairArbitrary.LogUniform(1, 1024.9)
        from dimension in VectorPairArbitrary.LogUniform(2, 16384.9)
        from size in VectorPairArbitrary.LogUniform(1e-4, 2)
        from angle in VectorPairArbitrary.LogUniform(1e-4, 3)
        from rate in Gen.Frequency((2, Gen.Constant(1.0)), (1, VectorPairArbitrary.LogUniform(1e-4, 1)))
        from kind in Gen.Choose(0, 3)
        from steps in VectorPairArbitrary.LogUniform(2, 1e5)
        from delta in VectorPairArbitrary.LogUniform(1e-12, 0.3)
        select (Step(kind, (int)rank, (int)dimension, size, angle).PoissonSubsampled(rate), (long)steps, delta)).ToArbitrary();

    private static PrivacyPair Step(int kind, int rank, int dimension, double size, double angle) => kind switch
    {
        0 => PrivacyPair.Product(new ProductRelease(rank, dimension), new VectorPair(Math.Exp(size), 0)),
        1 => PrivacyPair.Product(new ProductRelease(rank, dimension), new VectorPair(Math.Exp(-size), angle)),
        2 => PrivacyPair.Factor(new FactorRelease(rank, Math.Exp(size), Math.Exp(-0.3 * size))),
        _ => PrivacyPair.SketchedGaussian(new SketchedGaussianMechanism(rank, 10 * size, 1)),
    };

    [Property(MaxTest = 12)]
    [Trait("Speed", "Slow")]
    [Trait("Statement", "S32")]
    public Property Brackets_are_narrow_over_the_whole_domain() => Prop.ForAll(WholeDomain, point =>
    {
        PrivacyAccountant accountant = new((point.Step, point.Steps)) { RelativeWidth = 1e-2 };
        Bracket epsilon = accountant.BothDirections().Epsilon(point.Delta);
        bool none = Math.Max(accountant.Floor, accountant.Reverse().Floor) > point.Delta;
        Assert.Equal(none, double.IsInfinity(epsilon.Upper));
        Assert.True(none || epsilon.Upper - epsilon.Lower <= Math.Max(1e-6, 1.8e-2 * epsilon.Upper), $"{epsilon}");
    });

    [Property(MaxTest = 8)]
    [Trait("Speed", "Slow")]
    [Trait("Statement", "S27")]
    public Property Tables_follow_their_curves() => Prop.ForAll(WholeDomain, VectorPairArbitrary.LogUniform(1e-4, 1e3).ToArbitrary(), (point, epsilon) =>
    {
        PrivacyPair table = point.Step.Table!;
        foreach ((IPrivacyCurve exact, IPrivacyCurve tabulated) in new[] { (point.Step.Forward, table.Forward), (point.Step.Reverse, table.Reverse) })
        {
            for (double x = epsilon; x > 0.01 * epsilon; x *= 0.37)
            {
                Bracket expected = exact.Delta(x);
                Bracket actual = tabulated.Delta(x);
                Assert.Equal(expected.Lower, actual.Lower, 5e-11 * expected.Lower);
                Assert.Equal(expected.Upper, actual.Upper, 5e-11 * expected.Upper);
            }
        }
    });

    [Fact]
    [Trait("Speed", "Slow")]
    [Trait("Statement", "S27")]
    public void The_table_of_the_worst_case_follows_its_search()
    {
        WorstCase search = new(4, 16);
        TabulatedCurve table = TabulatedCurve.OfSearch(search.Curve(0.5));
        foreach (double epsilon in (double[])[0.3, 0.45, 0.52, 4.1, 6.3, 7.1])
        {
            double exact = search.Delta(0.5, epsilon);
            Assert.Equal(exact, table.Delta(epsilon).Upper, 5e-6 * exact);
        }
    }

    [Property(MaxTest = 60)]
    public Property A_subsampled_gaussian_pair_is_the_subsampled_gaussian() => Prop.ForAll(
        VectorPairArbitrary.LogUniform(0.4, 20).ToArbitrary(), VectorPairArbitrary.LogUniform(1e-4, 0.99).ToArbitrary(), (noise, rate) =>
        {
            PrivacyPair general = PrivacyPair.Gaussian(1 / noise).PoissonSubsampled(rate);
            PrivacyPair special = PrivacyPair.SubsampledGaussian(noise, rate, NeighbouringRelation.AddRemove);
            foreach (double epsilon in (double[])[0, 1e-3 * rate, 0.3 * rate, rate, 1, 30])
            {
                AssertOverlap(general.Forward.Delta(epsilon), special.Forward.Delta(epsilon));
                AssertOverlap(general.Reverse.Delta(epsilon), special.Reverse.Delta(epsilon));
            }
        });

    [Fact]
    public void Sampling_every_example_is_no_sampling_and_less_sampling_is_more_private()
    {
        PrivacyPair step = PrivacyPair.Product(new ProductRelease(16, 200), new VectorPair(1.02, 0.03));
        Assert.Same(step, step.PoissonSubsampled(1));
        (double forward, double reverse) = (1, 1);
        foreach (double rate in (double[])[1, 0.5, 0.1, 0.01])
        {
            PrivacyPair sampled = step.PoissonSubsampled(rate);
            (double nextForward, double nextReverse) = (sampled.Forward.Delta(0.2).Upper, sampled.Reverse.Delta(0.2).Upper);
            Assert.True(nextForward < forward && nextReverse <= reverse);
            (forward, reverse) = (nextForward, nextReverse);
        }

        Assert.Equal(0, step.PoissonSubsampled(0.1).Reverse.Delta(0.2).Lower);
        Assert.Equal(0, step.PoissonSubsampled(0.1).Reverse.Floor);
        Assert.Equal(0.1 * ProductRelease.DeltaFloor(16, 0.03), step.PoissonSubsampled(0.1).Forward.Floor, 1e-9);
    }

    /// <summary>Item 2 for every real ε, on two points: P = (x, 1 − x), Q = (y, 1 − y); and its negative end as the curves have it, by the other direction.</summary>
    [Property(MaxTest = 200)]
    public Property Sampling_has_its_curve_at_every_real_epsilon() => Prop.ForAll(
        Gen.Choose(0, 100).Two().ToArbitrary(), Gen.Choose(1, 99).ToArbitrary(), Gen.Choose(-300, 300).ToArbitrary(), (points, percent, hundredths) =>
        {
            (double x, double y, double rate, double ratio) = (points.Item1 / 100.0, points.Item2 / 100.0, percent / 100.0, Math.Exp(hundredths / 100.0));
            double Curve(double p, double q, double t) => Math.Max(0, p - t * q) + Math.Max(0, 1 - p - t * (1 - q));
            double sampled = rate * x + (1 - rate) * y;
            double expected = ratio > 1 - rate ? rate * Curve(x, y, 1 + (ratio - 1) / rate) : 1 - ratio;
            Assert.Equal(Curve(sampled, y, ratio), expected, 1e-14);
            double c = 1 - ratio * (1 - rate);
            Assert.Equal(Curve(y, sampled, ratio), c > 0 ? c * Curve(y, x, 1 + (ratio - 1) / c) : 0, 1e-13);
        });

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    public void Without_the_example_no_loss_exceeds_that_of_not_being_drawn(double rate)
    {
        // H_ε = 1 − e^ε + e^ε·H_{−ε} of the reverse for ε < 0, and it is 1 − e^ε from e^ε = 1 − q on.
        PrivacyPair sampled = PrivacyPair.Product(new ProductRelease(16, 200), new VectorPair(1.02, 0.03)).PoissonSubsampled(rate);
        double largest = -Math.Log(1 - rate);
        Assert.Equal(default, sampled.Reverse.Delta(largest * (1 + 1e-9)));
        Assert.Equal(default, sampled.Reverse.Delta(30));
        Assert.True(sampled.Reverse.Delta(0.9 * largest).Lower > 0);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_dominating_pair_is_above_every_pair_and_attained_at_every_epsilon()
    {
        const double tau = 0.05;
        WorstCase search = new(8, 64);
        PrivacyPair worst = PrivacyPair.WorstProduct(search, tau);
        Assert.Same(worst.Forward, worst.Reverse);
        Assert.Equal(search.DeltaFloor(tau), worst.Forward.Floor, 1e-9 * search.DeltaFloor(tau));
        ProductRelease release = new(8, 64);
        foreach (double epsilon in (double[])[0, 0.5, 2])
        {
            Bracket largest = worst.Forward.Delta(epsilon);
            Assert.Equal(search.Delta(tau, epsilon), largest.Upper, 1e-6 * largest.Upper);
            foreach (VectorPair queries in (VectorPair[])[new(1, tau), new(1 + tau, 0), new(1 / (1 + tau), 0), new(1, tau / 2)])
            {
                Assert.True(release.Delta(queries, epsilon) <= largest.Upper, $"{queries} at {epsilon:R}");
            }
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_sketch_of_large_rank_composes_like_plain_noise_and_a_small_one_costs()
    {
        double Upper(PrivacyPair step) => new PrivacyAccountant((step, 25)) { RelativeWidth = 0.01 }.Epsilon(1e-6).Upper;
        double plain = Upper(PrivacyPair.Gaussian(0.5));
        double wide = Upper(PrivacyPair.SketchedGaussian(new SketchedGaussianMechanism(1 << 20, 1, 2)));
        double narrow = Upper(PrivacyPair.SketchedGaussian(new SketchedGaussianMechanism(4, 1, 2)));
        Assert.Equal(1, wide / plain, 0.02);
        Assert.True(narrow > 1.05 * plain);
    }

    private static void AssertOverlap(Bracket first, Bracket second)
    {
        Assert.True(Math.Max(first.Lower, second.Lower) <= Math.Min(first.Upper, second.Upper), $"{first} {second}");
        Assert.True(first.Upper - first.Lower <= 1e-8 * first.Upper + 1e-13, $"{first}");
    }
}
