using LoraPrivacy.Production.Tests.Agreement;
using static LoraPrivacy.Production.Tests.Randomness.GradientRows;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// The noise ‖Ĝ − G‖²_F/‖G‖²_F of real steps falls with the rank as (m + 1)/r. The mean over the draws of each rank lies in an interval
/// (<see cref="NoiseLaw.MeanInterval"/>) with a false alarm of 1e-9 over all ranks together; the intervals of successive ranks do not
/// overlap, so the law itself makes the fall certain to 1e-9. The noise of the largest row is held against its whole law, 1e-9 a
/// rank.
/// </summary>
[Trait("Statement", "S4")]
public sealed class NoiseFallTests
{
    private const double Alarm = DvoretzkyKieferWolfowitz.FalseAlarmRate;

    private static readonly int[] Ranks = [1, 2, 4, 8, 16, 32, 64];

    public static TheoryData<string, ScalarType> Problems => new()
    {
        { "digits", ScalarType.Float64 },
        { "digits", ScalarType.Float32 },
        { "text", ScalarType.Float64 },
    };

    [Theory, MemberData(nameof(Problems))]
    [Trait("Speed", "Slow")]
    public void The_noise_falls_with_the_rank_as_its_law_says(string name, ScalarType type)
    {
        double lastMeasured = double.PositiveInfinity, lastLow = double.PositiveInfinity;
        foreach (int rank in Ranks)
        {
            int count = Math.Min(8192, 65536 / rank);
            (double[,] gradient, Tensor draws) = Sample(name, type, rank, count, 1 / (0.75 * 0.75 * rank));
            using (draws)
            {
                NoiseLaw law = new(rank, gradient.GetLength(1));
                (double low, double high) = law.MeanInterval(count, Alarm / Ranks.Length, gradient.GetLength(0));
                double measured = MeanNoise(gradient, draws);
                Assert.InRange(measured, low, high);
                Assert.True(measured < lastMeasured);
                Assert.True(high < lastLow, $"rank {rank}: {high} is not below {lastLow}");
                (lastMeasured, lastLow) = (measured, low);

                int row = gradient.RowsByNorm()[0];
                double square = Dot(gradient.Row(row), gradient.Row(row));
                Assert.False(DvoretzkyKieferWolfowitz.Rejects(
                    draws.RowNoise(gradient, row).Take(1000).Select(noise => law.CumulativeDistribution(noise / square))));
            }
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_law_has_the_moments_of_the_reference()
    {
        foreach (int rank in (int[])[1, 4, 64])
        {
            NoiseLaw law = new(rank, 64);
            // E N = ∫ P(N > x) dx, and E N² = 2 ∫ x P(N > x) dx.
            double mean = 0, second = 0, step = law.Mean / 50;
            for (double x = step / 2; x < 60 * law.Mean; x += step)
            {
                double beyond = 1 - law.CumulativeDistribution(x);
                mean += beyond * step;
                second += 2 * x * beyond * step;
            }

            Assert.Equal(1, mean / GradientMoments.TotalNoise(1, 64, rank), 1e-4);
            Assert.Equal(1, second / law.SecondMoment, 1e-3);
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_variance_of_PEFT_or_a_rank_off_by_half_is_outside_the_interval()
    {
        const int Rank = 4, Count = 8192;
        (double[,] gradient, Tensor draws) = Sample("digits", ScalarType.Float64, Rank, Count, 1.0 / (Rank * Rank));
        using (draws)
        {
            (double low, double high) = new NoiseLaw(Rank, gradient.GetLength(1)).MeanInterval(Count, Alarm, gradient.GetLength(0));
            Assert.NotInRange(MeanNoise(gradient, draws), low, high);
            Assert.NotInRange(GradientMoments.TotalNoise(1, gradient.GetLength(1), Rank + 2), low, high);
        }
    }

    private static double MeanNoise(double[,] gradient, Tensor draws)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor g = gradient.ToTensor();
        return ((draws - g).square().sum() / draws.shape[0] / g.square().sum()).ToDouble();
    }

    private static (double[,] Gradient, Tensor Draws) Sample(string name, ScalarType type, int rank, int count, double variance)
    {
        using RealProblem problem = RealProblem.Create(name, type, RealProblem.Adapter(rank * count, AInitialization.Gaussian(variance)));
        return (problem.Gradient(), problem.StepOfManyDraws(rank).DetachFromDisposeScope());
    }
}
