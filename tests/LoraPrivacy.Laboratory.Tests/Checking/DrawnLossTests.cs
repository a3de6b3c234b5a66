using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Reference.Accounting;
using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.Laboratory.Tests.Checking;

/// <summary>What check claims of the ε that training reports can fail. A false alarm has a probability of at most 1e-9 a test, with the seed fixed.</summary>
[Trait("Statement", "S19")]
public class DrawnLossTests
{
    private const double Delta = 1e-5;

    [Theory]
    [InlineData(1, 0.01, 40)]
    [InlineData(1, 64.0 / 1500, 100)]
    [InlineData(1, 0.008, 10)]
    [InlineData(0.7, 0.02, 30)]
    [InlineData(1.5, 1, 20)]
    [Trait("Speed", "Slow")]
    public void The_least_epsilon_holds_and_others_fail(double noise, double rate, int steps)
    {
        DpSgdParameters mechanism = new(noise, rate, ClippingNorm: 1, ExpectedBatchSize: 1);
        double right = new DpSgdAccountant().EpsilonSoFar(mechanism, steps, Delta)!.Value;
        Assert.All(Claims(mechanism, steps, right), claim => Assert.True(claim.Holds, claim.Title));
        Assert.Equal([false, true], Claims(mechanism, steps, 0.9 * right).Select(claim => claim.Holds));
        Assert.Equal([true, false], Claims(mechanism, steps, 1.2 * right).Select(claim => claim.Holds));
        Assert.DoesNotContain(Claims(mechanism, steps, double.NaN), claim => claim.Holds);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_bound_by_Renyi_divergences_and_the_epsilon_of_another_run_fail()
    {
        DpSgdParameters mechanism = new(NoiseMultiplier: 1, SamplingRate: 0.01, ClippingNorm: 1, ExpectedBatchSize: 1);
        double loose = new RenyiAccountant((RenyiCurve.SubsampledGaussian(1, 0.01), 40)).Epsilon(Delta).Upper;
        Assert.Contains(Claims(mechanism, 40, loose), claim => !claim.Holds);
        foreach ((double noise, double rate, int steps) in new[] { (1, 0.01, 20), (1, 0.015, 40), (0.8, 0.01, 40) })
        {
            double other = new DpSgdAccountant().EpsilonSoFar(new(noise, rate, ClippingNorm: 1, ExpectedBatchSize: 1), steps, Delta)!.Value;
            Assert.Contains(Claims(mechanism, 40, other), claim => !claim.Holds);
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_interval_of_delta_holds_the_proved_bracket()
    {
        DrawnLoss losses = new(1, 0.01, 40, Delta);
        using (RandomSequence sequence = RandomSource.FromSeed(3).Sequence("loss"))
        {
            losses.Draw(50_000, sequence);
        }

        foreach (double epsilon in new[] { 0.4, 0.55, 0.7 })
        {
            (double lower, double upper) = losses.DeltaInterval(epsilon);
            Bracket proved = new DpSgdMechanism(1, 0.01, 40).Delta(epsilon);
            Assert.InRange(proved.Lower, lower, upper);
            Assert.InRange(proved.Upper, lower, upper);
            Assert.True(upper < 2.5 * lower);
        }
    }

    private static Claim[] Claims(DpSgdParameters mechanism, int steps, double epsilon)
        => [.. DpSgdClaims.Epsilon("run", mechanism, steps, epsilon, RandomSource.FromSeed(2))];
}
