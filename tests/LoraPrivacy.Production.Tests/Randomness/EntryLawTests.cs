using LoraPrivacy.Production.Tests.Agreement;
using static LoraPrivacy.Production.Tests.Randomness.GradientRows;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// Entries of s² G AᵀA, out of real steps of production with real gradients, against the exact variance-gamma law, and the share
/// ⟨y, q⟩/‖q‖² against χ²_r/r. False alarm: 1e-9 a check (<see cref="DvoretzkyKieferWolfowitz"/>). In float32 rounding moves an entry by
/// less than 1e-5 of its deviation, and its distribution function by no more than that times its density: nothing beside the
/// resolution of 0.02 to 0.07.
/// </summary>
[Trait("Statement", "S6")]
[Trait("Statement", "S7")]
public sealed class EntryLawTests
{
    private const int Rank = 2;
    private const int StepCount = 2000;
    private const int Draws = 20_000;

    public static TheoryData<string, ScalarType> Problems => new()
    {
        { "digits", ScalarType.Float64 },
        { "digits", ScalarType.Float32 },
        { "text", ScalarType.Float64 },
        { "text", ScalarType.Float32 },
    };

    [Theory]
    [InlineData("digits", ScalarType.Float64)]
    [InlineData("digits", ScalarType.Float32)]
    [InlineData("text", ScalarType.Float32)]
    [Trait("Speed", "Slow")]
    public void Steps_with_a_fresh_A_each_follow_the_exact_law(string name, ScalarType type)
        => Assert.Equal("", Rejections(Steps(name, type, Rank, AInitialization.UnbiasedGaussian, draw => draw)));

    [Theory, MemberData(nameof(Problems))]
    [Trait("Speed", "Slow")]
    public void Twenty_thousand_adapters_in_one_step_follow_the_exact_law(string name, ScalarType type)
        => Assert.Equal("", Rejections(Many(name, type, gaussian: true)));

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_variance_of_one_over_r_squared_is_rejected()
    {
        Sample sample = Steps("digits", ScalarType.Float32, Rank, AInitialization.PeftGaussian, draw => draw);
        Assert.StartsWith("large, middle, small, share", Rejections(sample), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Entries_of_the_right_variance_and_another_kurtosis_are_rejected()
        => Assert.Contains("small", Rejections(Many("digits", ScalarType.Float32, gaussian: false)));

    [Theory]
    [InlineData(0, "large, middle, small, share, large again, small again, share again")]
    [InlineData(2, "large again, small again, share again")]
    [Trait("Speed", "Slow")]
    public void An_A_that_is_drawn_once_or_used_twice_is_rejected(int uses, string expected)
    {
        Sample sample = Steps("digits", ScalarType.Float32, Rank, AInitialization.UnbiasedGaussian, draw => uses == 0 ? 0 : draw / uses);
        Assert.Equal(expected, Rejections(sample));
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("text")]
    [Trait("Statement", "S1")]
    [Trait("Speed", "Slow")]
    public void A_block_of_a_wide_adapter_steps_as_a_narrow_adapter_does(string name)
    {
        const int Blocks = 5;
        using RealProblem wide = RealProblem.Create(name, ScalarType.Float64, RealProblem.Adapter(Rank * Blocks, AInitialization.Gaussian(0.5)));
        using RealProblem narrow = RealProblem.Create(name, ScalarType.Float64, RealProblem.Adapter(Rank, AInitialization.Gaussian(0.5)));
        Assert.Equal(wide.Gradient(), narrow.Gradient());
        using Tensor steps = wide.StepOfManyDraws(Rank);
        for (int block = 0; block < Blocks; block++)
        {
            using DisposeScope scope = NewDisposeScope();
            using (no_grad())
            {
                narrow.Layer.A.copy_(wide.Layer.A.narrow(0, block * Rank, Rank));
            }

            Assert.InRange(MatrixConversion.RelativeError(narrow.Step().ToMatrix(), steps[block].ToMatrix()), 0, 1e-13);
        }
    }

    // Draws × outputs × inputs with the gradient that they are sketches of.
    private sealed record Sample(double[,] Gradient, Tensor Draws);

    private static Sample Steps(string name, ScalarType type, int rank, AInitialization initialization, Func<int, int> number)
    {
        using RealProblem problem = RealProblem.Create(name, type, RealProblem.Adapter(rank, initialization));
        double[,] gradient = problem.Gradient();
        Tensor draws = zeros(StepCount, gradient.GetLength(0), gradient.GetLength(1), ScalarType.Float64).DetachFromDisposeScope();
        for (int draw = 0; draw < StepCount; draw++)
        {
            problem.DrawA(number(draw));
            using Tensor step = problem.Step();
            using Tensor slot = draws[draw];
            slot.copy_(step);
        }

        return new Sample(gradient, draws);
    }

    private static Sample Many(string name, ScalarType type, bool gaussian)
    {
        // 1/(s² r) with s = ¾.
        const double Variance = 1 / (0.75 * 0.75 * Rank);
        using RealProblem problem = RealProblem.Create(name, type, RealProblem.Adapter(
            Rank * Draws, gaussian ? AInitialization.Gaussian(Variance) : AInitialization.Rademacher(Variance)));
        double[,] gradient = problem.Gradient();
        return new Sample(gradient, problem.StepOfManyDraws(Rank).DetachFromDisposeScope());
    }

    // The checks that the draws fail: of laws, and of the independence of each draw from the next ("again").
    private static string Rejections(Sample sample)
    {
        using Tensor draws = sample.Draws;
        int[] rows = sample.Gradient.RowsByNorm();
        double[] first = sample.Gradient.Row(rows[0]), second = sample.Gradient.Row(rows[1]);
        int[] columns = ColumnsBySize(first);
        double[] large = Uniform(rows[0], columns[0], first);
        double[] middle = Uniform(rows[1], ColumnsBySize(second)[1], second);
        double[] small = Uniform(rows[0], columns[^1], first);
        double[] share = [.. draws.RowShare(sample.Gradient, rows[0]).Select(s => IncompleteGamma.RegularizedP(Rank / 2.0, Rank * s / 2))];
        return string.Join(", ", new (string Name, bool Rejected)[]
        {
            ("large", DvoretzkyKieferWolfowitz.Rejects(large)),
            ("middle", DvoretzkyKieferWolfowitz.Rejects(middle)),
            ("small", DvoretzkyKieferWolfowitz.Rejects(small)),
            ("share", DvoretzkyKieferWolfowitz.Rejects(share)),
            ("large again", ExactBinomial.RejectsIndependence(large)),
            ("small again", ExactBinomial.RejectsIndependence(small)),
            ("share again", ExactBinomial.RejectsIndependence(share)),
        }.Where(check => check.Rejected).Select(check => check.Name));

        double[] Uniform(int row, int column, double[] q)
        {
            VarianceGamma law = new GradientLaw(q, Rank).Entry(column);
            return [.. draws.Entry(row, column).Select(law.CumulativeDistribution)];
        }
    }
}
