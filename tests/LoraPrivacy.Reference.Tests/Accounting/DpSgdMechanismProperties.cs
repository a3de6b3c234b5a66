namespace LoraPrivacy.Reference.Tests.Accounting;

[Trait("Statement", "S19")]
[Properties(Arbitrary = [typeof(DpSgdArbitrary)], MaxTest = 100)]
public class DpSgdMechanismProperties
{
    private static readonly double[] Deltas = [0.1, 1e-3, 1e-6, 1e-12, 1e-40];
    private static readonly double[] Epsilons = [0, 0.01, 0.3, 1, 4, 20];

    [Property]
    [Trait("Speed", "Slow")]
    public void Bounds_grow_with_steps_and_rate_and_fall_with_noise(DpSgdMechanism mechanism, byte more)
    {
        double factor = 1 + (more + 1) / 64.0;
        DpSgdMechanism[] worse =
        [
            new(mechanism.NoiseMultiplier, mechanism.SamplingRate, (long)Math.Ceiling(mechanism.Steps * factor)),
            new(mechanism.NoiseMultiplier, Math.Min(1, mechanism.SamplingRate * factor), mechanism.Steps),
            new(mechanism.NoiseMultiplier / factor, mechanism.SamplingRate, mechanism.Steps),
        ];
        foreach (DpSgdMechanism other in worse)
        {
            Assert.All(Deltas, delta => AssertAtMost(mechanism.EpsilonUpperBound(delta), other.EpsilonUpperBound(delta)));
            Assert.All(Epsilons, epsilon => AssertAtMost(mechanism.DeltaUpperBound(epsilon), other.DeltaUpperBound(epsilon)));
        }
    }

    [Property]
    [Trait("Speed", "Slow")]
    public void Bounds_fall_in_their_argument_and_the_one_inverts_the_other(DpSgdMechanism mechanism)
    {
        double last = 0;
        foreach (double delta in Deltas)
        {
            double epsilon = mechanism.EpsilonUpperBound(delta);
            Assert.True(epsilon >= last * (1 - 1e-12), $"{delta:R}");
            last = epsilon;
            if (double.IsFinite(epsilon))
            {
                AssertAtMost(mechanism.DeltaUpperBound(epsilon), delta * (1 + 1e-9));
            }
        }

        double previous = 1;
        foreach (double epsilon in Epsilons)
        {
            double delta = mechanism.DeltaUpperBound(epsilon);
            Assert.InRange(delta, double.Epsilon, Math.Min(1, previous * (1 + 1e-12)));
            previous = delta;
        }
    }

    [Property]
    [Trait("Speed", "Slow")]
    public void Bounds_are_above_the_exact_curves_of_one_and_two_steps(DpSgdMechanism mechanism)
    {
        SubsampledStep exact = new(mechanism.NoiseMultiplier, mechanism.SamplingRate);
        DpSgdMechanism one = new(mechanism.NoiseMultiplier, mechanism.SamplingRate, 1);
        DpSgdMechanism two = new(mechanism.NoiseMultiplier, mechanism.SamplingRate, 2);
        foreach (double epsilon in (double[])[0, 0.02, 0.5, 4])
        {
            foreach (bool reverse in (bool[])[false, true])
            {
                // The slack is for the rounding of the comparison, where the bound is the exact curve itself.
                AssertAtMost(exact.Delta(epsilon, reverse), one.DeltaUpperBound(epsilon) * (1 + 1e-11) + 1e-15);
                AssertAtMost(exact.DeltaOfTwo(epsilon, reverse), two.DeltaUpperBound(epsilon) * (1 + 1e-5) + 1e-14);
            }
        }
    }

    [Property]
    public void Rényi_divergence_grows_with_the_order(DpSgdMechanism mechanism)
    {
        SubsampledGaussianRenyi step = new(mechanism.NoiseMultiplier, mechanism.SamplingRate);
        int[] orders = [2, 3, 4, 7, 20, 21, 300];
        for (int i = 1; i < orders.Length; i++)
        {
            AssertAtMost(step.RenyiDivergence(orders[i - 1]), step.RenyiDivergence(orders[i]) * (1 + 1e-10));
        }
    }

    [Fact]
    public void A_bound_of_too_much_noise_or_of_the_lesser_direction_is_caught()
    {
        // k(k − 1)/(4σ²) in place of k(k − 1)/(2σ²) is √2 times the noise: its bounds fall below the exact curve.
        SubsampledStep exact = new(1, 0.1);
        DpSgdMechanism mutated = new(Math.Sqrt(2), 0.1, 1);
        Assert.Contains(Epsilons, epsilon => exact.Delta(epsilon, reverse: false) > mutated.DeltaUpperBound(epsilon));

        // The two directions differ, and the forward one is the larger.
        Assert.All([0.1, 0.3, 1], epsilon => Assert.True(exact.Delta(epsilon, reverse: false) > 1.01 * exact.Delta(epsilon, reverse: true)));
    }

    private static void AssertAtMost(double smaller, double larger)
        => Assert.True(smaller <= larger * (1 + 1e-12), $"{smaller:R} is above {larger:R}");
}
