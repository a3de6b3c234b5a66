namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>The bounds of S30 against discrete Gaussian laws whose probabilities are added up one by one.</summary>
[Trait("Statement", "S30")]
public class DiscreteGaussianMechanismTests
{
    private const int Most = 60;
    private static readonly double[] Epsilons = [0, 0.1, 0.5, 1, 2, 4, 8];

    // s, the shift in one or two coordinates, q and T.
    public static TheoryData<double, int[], double, int> Runs => new()
    {
        { 1, [1], 1, 1 }, { 0.5, [1], 1, 1 }, { 3, [2], 1, 1 }, { 3.7, [5], 1, 1 }, { 2, [1, 2], 1, 1 }, { 1, [1, 1], 1, 1 },
        { 1, [1], 0.1, 1 }, { 0.5, [1], 0.3, 1 }, { 2, [3], 0.01, 1 }, { 1.5, [1, 1], 0.2, 1 },
        { 2, [1], 1, 2 }, { 1, [1], 0.1, 2 }, { 4, [3], 0.5, 2 },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void No_law_loses_more_than_the_bound(double deviation, int[] shift, double rate, int steps)
    {
        (double P, double Q)[] law = Law(deviation, shift, rate, steps);
        double sensitivity = Math.Sqrt(shift.Sum(entry => entry * entry));
        DiscreteGaussianMechanism mechanism = new(deviation / sensitivity, rate, steps);
        foreach (double epsilon in Epsilons)
        {
            double exact = Math.Max(law.Sum(pair => Math.Max(0, pair.P - (Math.Exp(epsilon) * pair.Q))), law.Sum(pair => Math.Max(0, pair.Q - (Math.Exp(epsilon) * pair.P))));
            double bound = mechanism.Delta(epsilon).Upper;
            Assert.InRange(bound, exact * (1 - 1e-9), 1);
            if (exact is > 1e-10 and < 1)
            {
                Assert.InRange(mechanism.Epsilon(exact).Upper, epsilon * (1 - 1e-9), double.PositiveInfinity);
            }
        }

        // Twice the noise is a bound of something else.
        DiscreteGaussianMechanism mutant = new(2 * deviation / sensitivity, rate, steps);
        Assert.Contains(Epsilons, epsilon => mutant.Delta(epsilon).Upper < law.Sum(pair => Math.Max(0, pair.P - (Math.Exp(epsilon) * pair.Q))));
    }

    [Theory]
    [InlineData(0.4, 1, 1.3)]
    [InlineData(1, 1, 2.5)]
    [InlineData(1, 2, 7)]
    [InlineData(3, 5, 1.01)]
    [InlineData(0.4, 1, 3)]
    public void The_divergence_is_at_most_the_normal_laws_with_equality_at_whole_multiples(double deviation, int shift, double order)
    {
        (double P, double Q)[] law = [.. Law(deviation, [shift], 1, 1).Where(pair => pair.P > 0 && pair.Q > 0)];
        double exact = Math.Log(law.Sum(pair => pair.Q * Math.Pow(pair.P / pair.Q, order))) / (order - 1);
        double bound = order * shift * shift / (2 * deviation * deviation);
        Assert.True(exact <= bound + 1e-10);
        if (order * shift % 1 == 0)
        {
            Assert.Equal(bound, exact, 1e-9 * bound);
        }
    }

    [Fact]
    public void The_exact_curve_of_the_normal_law_is_no_bound()
    {
        (double P, double Q)[] law = Law(1, [1], 1, 1);
        double exact = law.Sum(pair => Math.Max(0, pair.P - (Math.Exp(9.4) * pair.Q)));
        Assert.True(exact > 3 * new GaussianMechanism(1).Delta(9.4));
        Assert.True(exact < new DiscreteGaussianMechanism(1, 1, 1).Delta(9.4).Upper);
    }

    [Theory]
    [InlineData(1, 1, 1e-5)]
    [InlineData(50, 100, 1e-5)]
    [InlineData(1000, 1, 1e-9)]
    [InlineData(0.01, 1, 1e-5)]
    [InlineData(1e6, 1000, 1e-300)]
    public void Without_sampling_it_is_the_best_conversion_of_its_concentration(double noise, long steps, double delta)
    {
        DiscreteGaussianMechanism mechanism = new(noise, 1, steps);
        double rho = steps / (2 * noise * noise);
        Assert.Equal(rho, mechanism.Concentration, 1e-12 * rho);
        double epsilon = mechanism.Epsilon(delta).Upper;

        // Bun and Steinke's conversion is weaker; the exact curve of the normal law is not.
        Assert.InRange(epsilon, new GaussianMechanism(Math.Sqrt(steps) / noise).Epsilon(delta), rho + (2 * Math.Sqrt(rho * -Math.Log(delta))));
        double grid = Enumerable.Range(-200_000, 400_000).Min(i => At(1 + Math.Exp(i * 1e-4)));
        Assert.Equal(Math.Max(0, grid), epsilon, 1e-7 * grid);
        Assert.InRange(mechanism.Delta(epsilon).Upper / delta, 0.999, 1.001);

        double At(double order) => (rho * order) + Math.Log((order - 1) / order) - ((Math.Log(delta) + Math.Log(order)) / (order - 1));
    }

    [Theory]
    [InlineData(1, 0.01, 10_000, 1e-5, 6.7195)]
    [InlineData(0.8, 0.02, 500, 1e-5, double.NaN)]
    [Trait("Speed", "Slow")]
    public void With_sampling_it_is_the_Renyi_bound_of_the_normal_law_and_no_less_than_its_bracket(double noise, double rate, long steps, double delta, double known)
    {
        DpSgdMechanism normal = new(noise, rate, steps);
        double epsilon = new DiscreteGaussianMechanism(noise, rate, steps).Epsilon(delta).Upper;
        Assert.Equal(new SubsampledGaussianRenyi(noise, rate).EpsilonUpperBound(steps, delta), epsilon);
        Assert.True(epsilon >= normal.Epsilon(delta).Upper);
        Assert.True(double.IsNaN(known) || Math.Abs(epsilon - known) < 1e-4);
    }

    [Fact]
    public void Corners_are_answered()
    {
        Assert.Equal((0, 0), (new DiscreteGaussianMechanism(1, 0.5, 0).Epsilon(0.1).Upper, new DiscreteGaussianMechanism(1, 0.5, 0).Delta(0).Upper));
        Assert.Equal(0, new DiscreteGaussianMechanism(1e-6, 1e-9, 3).Epsilon(1e-5).Upper);
        Assert.Equal(double.PositiveInfinity, new DiscreteGaussianMechanism(1e-200, 1, 3).Epsilon(1e-5).Upper);
        Assert.Equal(1, new DiscreteGaussianMechanism(1e-200, 1, 3).Delta(5).Upper);
        Assert.InRange(new DiscreteGaussianMechanism(1, 1, 1).Delta(double.MaxValue).Upper, double.Epsilon, 1e-300);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(1, 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(1, 1, 1).Epsilon(1).Upper);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteGaussianMechanism(1, 1, 1).Delta(-1).Upper);
    }

    // The probabilities of every outcome of T steps with and without the example: (1 − q)Q + q(Q shifted) and Q.
    private static (double P, double Q)[] Law(double deviation, int[] shift, double rate, int steps)
    {
        double total = Enumerable.Range(-Most, (2 * Most) + 1).Sum(y => Weight(y));
        IEnumerable<(double P, double Q)> point = [(1, 1)];
        foreach (int w in shift)
        {
            point = [.. from entry in point from y in Enumerable.Range(-Most, (2 * Most) + 1) select (entry.P * Weight(y - w) / total, entry.Q * Weight(y) / total)];
        }

        (double P, double Q)[] step = [.. point.Select(pair => ((rate * pair.P) + ((1 - rate) * pair.Q), pair.Q))];
        return steps == 1 ? step : [.. from first in step from second in step select (first.P * second.P, first.Q * second.Q)];

        double Weight(int y) => Math.Exp(-0.5 * y * y / (deviation * deviation));
    }
}
