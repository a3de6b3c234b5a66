namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>Brackets of DP-SGD (S19, items 8 and 9) over random runs, and the planning that uses them.</summary>
[Trait("Statement", "S19")]
public class DpSgdBracketTests
{
    private static Arbitrary<DpSgdMechanism> Runs => (
        from noise in VectorPairArbitrary.LogUniform(0.6, 20)
        from rate in Gen.Frequency((5, VectorPairArbitrary.LogUniform(2e-3, 0.9)), (1, Gen.Constant(1.0)))
        from steps in VectorPairArbitrary.LogUniform(1, 3000)
        select new DpSgdMechanism(noise, rate, (long)Math.Round(steps))).ToArbitrary();

    [Property(MaxTest = 6)]
    [Trait("Speed", "Slow")]
    public Property Brackets_are_ordered_narrow_and_below_the_other_bounds() => Prop.ForAll(Runs, run =>
    {
        foreach (NeighbouringRelation neighbours in Enum.GetValues<NeighbouringRelation>())
        {
            DpSgdMechanism worst = new(run.NoiseMultiplier, run.SamplingRate, run.Steps, neighbours);
            Bracket epsilon = worst.Epsilon(1e-6);
            Assert.InRange(epsilon.Lower, 0, epsilon.Upper);
            Assert.True(epsilon.Upper < 0.01 || epsilon.Upper - epsilon.Lower <= 2e-3 * epsilon.Upper, $"{run} {epsilon}");
            Bracket delta = worst.Delta(0.7);
            Assert.InRange(delta.Lower, 0, delta.Upper);
            Assert.InRange(delta.Upper, 0, 1);
        }

        Assert.True(run.Epsilon(1e-6).Upper <= run.EpsilonUpperBound(1e-6));
        Assert.True(new DpSgdMechanism(run.NoiseMultiplier, run.SamplingRate, run.Steps, NeighbouringRelation.ReplaceOne).Epsilon(1e-6).Upper >= run.Epsilon(1e-6).Lower);
    });

    private static Arbitrary<(DpSgdMechanism Run, double Delta)> WholeDomain => (
        from noise in VectorPairArbitrary.LogUniform(0.01, 1e4)
        from rate in Gen.Frequency((7, VectorPairArbitrary.LogUniform(1e-9, 1)), (1, Gen.Constant(1.0)))
        from steps in VectorPairArbitrary.LogUniform(1, 1e12)
        from delta in Gen.OneOf(VectorPairArbitrary.LogUniform(1e-15, 0.5), VectorPairArbitrary.LogUniform(1e-300, 0.5))
        from neighbours in Gen.Elements(Enum.GetValues<NeighbouringRelation>())
        select (new DpSgdMechanism(noise, rate, (long)Math.Round(steps), neighbours), delta)).ToArbitrary();

    [Property(MaxTest = 12)]
    [Trait("Speed", "Slow")]
    [Trait("Statement", "S32")]
    public Property Brackets_are_narrow_over_the_whole_domain_and_grow_with_steps() => Prop.ForAll(WholeDomain, point =>
    {
        (DpSgdMechanism run, double delta) = point;
        Bracket epsilon = run.Epsilon(delta);
        double width = epsilon.Upper - epsilon.Lower;
        Assert.True(width <= Math.Max(1e-6, (delta >= 1e-15 ? 1e-3 : 1e-2) * epsilon.Upper), $"{run} {delta}: {epsilon}");
        Bracket fewer = new DpSgdMechanism(run.NoiseMultiplier, run.SamplingRate, run.Steps / 10, run.Neighbours).Epsilon(delta);
        Assert.True(fewer.Lower <= epsilon.Upper, $"{run} {delta}: {fewer} {epsilon}");
        Assert.True(width <= 1e-6 || fewer.Upper <= epsilon.Upper, $"{run} {delta}: {fewer} {epsilon}");
    });

    [Property(MaxTest = 8)]
    [Trait("Speed", "Slow")]
    public Property Epsilon_grows_with_steps_and_rate_and_falls_with_noise() => Prop.ForAll(Runs, run =>
    {
        double lower = run.Epsilon(1e-5).Lower;
        DpSgdMechanism[] worse =
        [
            new(run.NoiseMultiplier, run.SamplingRate, run.Steps * 2),
            new(run.NoiseMultiplier, Math.Min(1, run.SamplingRate * 1.5), run.Steps),
            new(run.NoiseMultiplier / 1.5, run.SamplingRate, run.Steps),
        ];
        Assert.All(worse, other => Assert.True(other.Epsilon(1e-5).Upper >= lower, $"{run} {other}"));
    });

    [Property(MaxTest = 10)]
    [Trait("Speed", "Slow")]
    public Property Composition_at_rate_1_contains_the_closed_form() => Prop.ForAll(Runs, run =>
    {
        foreach (double delta in (double[])[1e-3, 1e-12])
        {
            double exact = new GaussianMechanism(1 / run.NoiseMultiplier).Compose(run.Steps).Epsilon(delta);
            Bracket composed = new PrivacyAccountant((PrivacyPair.Gaussian(1 / run.NoiseMultiplier), run.Steps)).Epsilon(delta);
            Assert.InRange(exact, composed.Lower * (1 - 1e-12), composed.Upper * (1 + 1e-12));
            Bracket closed = new DpSgdMechanism(run.NoiseMultiplier, 1, run.Steps).Epsilon(delta);
            Assert.InRange(exact, closed.Lower * (1 - 1e-11), closed.Upper * (1 + 1e-11));
            Assert.True(closed.Upper - closed.Lower <= 1e-9 * closed.Upper);
        }
    });

    [Property(MaxTest = 6)]
    [Trait("Speed", "Slow")]
    public Property Random_steps_compose_in_any_order_around_the_closed_form() => Prop.ForAll(Runs, Runs, (first, second) =>
    {
        (PrivacyPair Pair, long Count) one = (PrivacyPair.Gaussian(1 / first.NoiseMultiplier), 1 + first.Steps % 50);
        (PrivacyPair Pair, long Count) other = (PrivacyPair.Gaussian(1 / second.NoiseMultiplier), 1 + second.Steps % 50);
        double square = one.Count / (first.NoiseMultiplier * first.NoiseMultiplier) + other.Count / (second.NoiseMultiplier * second.NoiseMultiplier);
        double exact = new GaussianMechanism(Math.Sqrt(square)).Epsilon(1e-6);
        foreach (Bracket bracket in (Bracket[])[new PrivacyAccountant(one, other).Epsilon(1e-6), new PrivacyAccountant(other, one).Epsilon(1e-6)])
        {
            Assert.InRange(exact, bracket.Lower * (1 - 1e-12), bracket.Upper * (1 + 1e-12));
            Assert.True(bracket.Upper <= bracket.Lower * 1.003, $"{bracket}");
        }
    });

    [Property(MaxTest = 5)]
    [Trait("Speed", "Slow")]
    public Property One_and_two_steps_contain_their_exact_curves() => Prop.ForAll(Runs, run =>
    {
        SubsampledStep exact = new(run.NoiseMultiplier, run.SamplingRate);
        foreach (double epsilon in (double[])[0, 0.05, 0.6])
        {
            double one = Math.Max(exact.Delta(epsilon, reverse: false), exact.Delta(epsilon, reverse: true));
            Bracket bracket = new DpSgdMechanism(run.NoiseMultiplier, run.SamplingRate, 1).Delta(epsilon);
            Assert.InRange(one, bracket.Lower * (1 - 1e-9) - 1e-15, bracket.Upper * (1 + 1e-9) + 1e-15);
            double two = Math.Max(exact.DeltaOfTwo(epsilon, reverse: false), exact.DeltaOfTwo(epsilon, reverse: true));
            Bracket composed = new DpSgdMechanism(run.NoiseMultiplier, run.SamplingRate, 2).Delta(epsilon);
            Assert.InRange(two, composed.Lower * (1 - 1e-5) - 1e-14, composed.Upper * (1 + 1e-5) + 1e-14);
        }
    });

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_published_example_is_bracketed_to_a_thousandth()
    {
        // The inversion integral puts δ(6.1875) at 1.00065e-5, so that ε(1e-5) is 6.1877.
        Bracket epsilon = new DpSgdMechanism(1, 0.01, 10_000).Epsilon(1e-5);
        Assert.InRange(6.1877, epsilon.Lower, epsilon.Upper);
        Assert.InRange(epsilon.Upper - epsilon.Lower, 0, 6.2e-3);
        Bracket tail = new DpSgdMechanism(1, 0.01, 10_000).Epsilon(1e-40);
        Assert.InRange(tail.Upper / tail.Lower, 1, 1.0011);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Brackets_of_extreme_runs_are_in_range()
    {
        foreach (double noise in (double[])[0, 1e-160, 1e-3, 1e160])
        {
            foreach (double rate in (double[])[1e-100, 0.5, 1])
            {
                foreach (long steps in (long[])[0, 1, 1000, long.MaxValue])
                {
                    foreach (NeighbouringRelation neighbours in Enum.GetValues<NeighbouringRelation>())
                    {
                        DpSgdMechanism run = new(noise, rate, steps, neighbours);
                        Bracket epsilon = run.Epsilon(1e-5);
                        Assert.True(epsilon.Lower >= 0 && epsilon.Lower <= epsilon.Upper, $"{run}: {epsilon}");
                        Bracket delta = run.Delta(1);
                        Assert.True(delta.Lower >= 0 && delta.Lower <= delta.Upper && delta.Upper <= 1, $"{run}: {delta}");
                    }
                }
            }
        }

        Assert.Equal(Bracket.Exactly(double.PositiveInfinity), new DpSgdMechanism(0, 1, 3).Epsilon(1e-5));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Noise_and_steps_are_the_extreme_ones_that_fit()
    {
        double noise = DpSgdPlanning.NoiseMultiplier(0.1, 40, 1, 1e-5);
        Assert.True(new DpSgdMechanism(noise, 0.1, 40).Epsilon(1e-5).Upper <= 1);
        Assert.True(new DpSgdMechanism(0.998 * noise, 0.1, 40).Epsilon(1e-5).Lower > 0.995);
        Assert.True(new DpSgdMechanism(0.99 * noise, 0.1, 40).Epsilon(1e-5).Lower > 1);
        long steps = DpSgdPlanning.Steps(noise, 0.1, 1, 1e-5);
        Assert.InRange(steps, 40, 41);
        Assert.Equal(0, DpSgdPlanning.NoiseMultiplier(0.1, 0, 1, 1e-5));
        Assert.Equal(0, DpSgdPlanning.Steps(0.1, 0.5, 0.1, 1e-9));
    }
}
