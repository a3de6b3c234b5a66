using LoraPrivacy.Reference.Tests.Gradients;
using MathNet.Numerics.Distributions;

namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>The largest δ over differences of any rank.</summary>
[Trait("Statement", "S34")]
public class WorstSpectrumTests
{
    // Upper ends by an independent program; below, the best of equal singular values and rank one as it found them.
    [Theory]
    [InlineData(0.5, 0.23803, 0.23842)]
    [InlineData(1, 0.12685, 0.13762)]
    [InlineData(2, 0.05445, 0.05727)]
    public void At_rank_one_the_bounds_are_near(double epsilon, double found, double bound)
    {
        Bracket worst = new SketchedGaussianMechanism(1, 3, 3).WorstCaseDelta(epsilon);
        Assert.Equal(bound, worst.Upper, 5e-6);
        Assert.InRange(worst.Lower, found - 5e-6, worst.Upper);
    }

    [Property(MaxTest = 60)]
    [Trait("Speed", "Slow")]
    public Property No_spectrum_is_above_and_the_bound_falls_with_epsilon() => Prop.ForAll(
        (from rank in Gen.Choose(1, 40)
         from rest in Gen.Elements(0, 1, 3, 50, 3000)
         from logRatio in Gen.Choose(-30, 30)
         from tenths in Gen.Choose(0, 60)
         from count in Gen.Choose(2, 30)
         select (rank, rest, ratio: Math.Exp(logRatio / 10.0), epsilon: tenths / 10.0, count)).ToArbitrary(),
        query =>
        {
            (int rank, int rest, double ratio, double epsilon, int count) = query;
            SketchedGaussianMechanism factor = new(rank, ratio, 1);
            SketchedGaussianMechanism projected = SketchedGaussianMechanism.Projected(rank, rank + rest, ratio, 1);
            Assert.True(factor.WorstCaseDelta(epsilon).Upper >= new SketchedGaussianMechanism(rank * count, ratio, 1).Delta(epsilon), $"equal: {query}");
            foreach (SketchedGaussianMechanism mechanism in (SketchedGaussianMechanism[])[factor, projected])
            {
                Bracket worst = mechanism.WorstCaseDelta(epsilon);
                double one = mechanism.Delta(epsilon);
                Assert.True(worst.Lower <= worst.Upper && worst.Upper >= one && (one < 1e-299 || worst.Lower >= one * (1 - 2e-9)), $"{query}: {worst} {one:R}");
                Assert.True(mechanism.WorstCaseDelta(epsilon + 0.05).Upper <= worst.Upper, $"{query}");
            }
        });

    [Fact]
    public void Without_a_choice_of_spectrum_or_with_a_convex_curve_it_is_one_number()
    {
        Assert.Equal(default, new SketchedGaussianMechanism(3, 0, 1).WorstCaseDelta(1));
        foreach ((SketchedGaussianMechanism mechanism, double epsilon, double exact) in ((SketchedGaussianMechanism, double, double)[])
        [
            (SketchedGaussianMechanism.Projected(5, 5, 1, 1), 1, new GaussianMechanism(1).Delta(1)),
            (SketchedGaussianMechanism.Projected(4, 64, 1, 1), 2, SketchedGaussianMechanism.Projected(4, 64, 1, 1).Delta(2)),
            (SketchedGaussianMechanism.Projected(4, 64, 2, 1), 0, new GaussianMechanism(0.5).Delta(0)),
            (new SketchedGaussianMechanism(4, 2, 1), 0, new GaussianMechanism(2).Delta(0)),
        ])
        {
            Bracket worst = mechanism.WorstCaseDelta(epsilon);
            Assert.True(worst.Contains(exact) && worst.Upper <= worst.Lower * (1 + 1e-8), $"{worst} {exact:R}");
        }
    }

    [Fact]
    public void Far_beyond_use_the_bounds_stay_in_range()
    {
        foreach (double ratio in (double[])[1e-300, 1e-100, 1e-9, 1e6, 1e100, 1e300])
        {
            foreach (double epsilon in (double[])[0, 1e-300, 1, 1e10, 1e300])
            {
                foreach (SketchedGaussianMechanism mechanism in (SketchedGaussianMechanism[])
                    [new(3, ratio, 1), SketchedGaussianMechanism.Projected(1, 2, ratio, 1), SketchedGaussianMechanism.Projected((1 << 20) - 1, 1 << 20, ratio, 1)])
                {
                    Bracket worst = mechanism.WorstCaseDelta(epsilon);
                    Assert.True(worst.Lower >= 0 && worst.Lower <= worst.Upper && worst.Upper is > 0 and <= 1, $"{mechanism} {epsilon:R}: {worst}");
                }
            }
        }
    }

    /// <summary>Hoeffding's test at 1e-9: differences of rank k with equal singular values, by the law of ‖DP‖² over drawn A, stay below the bound; a bound of rank one alone is rejected.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public void A_difference_of_high_rank_is_above_rank_one_and_below_the_bound()
    {
        (int rank, int dimension, int count, double ratio, double epsilon) = (1, 12, 8, 6, 0.5);
        Random random = new(340);
        double[] deltas = [.. Enumerable.Range(0, 20_000).Select(_ =>
        {
            double inside = ChiSquared.Sample(random, count);
            double share = inside / (inside + ChiSquared.Sample(random, dimension - count)) / count;
            return new GaussianMechanism(ratio * Math.Sqrt(share)).Delta(epsilon);
        })];
        double mean = deltas.Average();
        double error = DvoretzkyKieferWolfowitz.Bound(deltas.Length);
        SketchedGaussianMechanism mechanism = SketchedGaussianMechanism.Projected(rank, dimension, ratio, 1);
        Assert.True(mean - error < mechanism.WorstCaseDelta(epsilon).Upper);
        Assert.True(mean - error > mechanism.Delta(epsilon), $"{mean:R} {mechanism.Delta(epsilon):R}");
    }
}
