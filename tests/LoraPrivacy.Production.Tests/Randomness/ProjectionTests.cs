using LoraPrivacy.Production.Tests.Agreement;
using LoraPrivacy.Reference.Releases.Matrix;
using LoraPrivacy.Reference.Releases.Projection;
using static LoraPrivacy.Production.Tests.Randomness.GradientRows;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// Real steps with orthonormal rows of A: s⁻²Ĝ = G P. ‖P q‖²/‖q‖² has the exact beta law (1e-9 a check); ⟨y, q⟩ = ‖y‖² identifies the
/// gradient that y came from.
/// </summary>
[Trait("Statement", "S25")]
public sealed class ProjectionTests
{
    private const int Rank = 6;
    private const int StepCount = 1000;
    private const double Scale = 0.75;

    public static TheoryData<string, ScalarType> Problems => new()
    {
        { "digits", ScalarType.Float64 },
        { "digits", ScalarType.Float32 },
        { "text", ScalarType.Float64 },
    };

    [Theory, MemberData(nameof(Problems))]
    [Trait("Speed", "Slow")]
    public void Projected_gradients_have_the_beta_law_and_lie_on_the_sphere_of_their_gradient(string name, ScalarType type)
    {
        using RealProblem problem = RealProblem.Create(name, type, RealProblem.Adapter(Rank, AInitialization.Orthonormal()));
        double[,] gradient = problem.Gradient();
        int row = gradient.RowsByNorm()[0];
        double[] q = gradient.Row(row);
        problem.Batch = [0, 1, 2, 3, 4, 5, 6, 17];
        double[,] other = problem.Gradient();
        problem.Batch = [0, 1, 2, 3, 4, 5, 6, 7];
        Assert.Equal(MatrixVerdictKind.Distinguishable, ProjectionRelease.Verdict(gradient, other).Kind);

        ProjectionLaw law = new(Rank, q.Length);
        double[] shares = new double[StepCount];
        double right = 0, wrong = 1;
        for (int draw = 0; draw < StepCount; draw++)
        {
            problem.DrawA(draw);
            using Tensor step = problem.Step();
            double[] y = [.. step.ToMatrix().Row(row).Select(value => value / (Scale * Scale))];
            shares[draw] = Dot(y, y) / Dot(q, q);
            right = Math.Max(right, ProjectionRelease.SupportStatistic(law, y, q));
            wrong = Math.Min(wrong, ProjectionRelease.SupportStatistic(law, y, other.Row(row)));
        }

        double[] uniform = [.. shares.Select(share => law.ShareCumulativeDistribution(Math.Min(1, share)))];
        Assert.False(DvoretzkyKieferWolfowitz.Rejects(uniform));
        Assert.False(ExactBinomial.RejectsIndependence(uniform));
        ProjectionLaw another = new(Rank + 2, q.Length);
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(shares.Select(share => another.ShareCumulativeDistribution(Math.Min(1, share)))));
        // Perfect separation, with the gap between rounding and signal.
        double rounding = type == ScalarType.Float64 ? 1e-14 : 1e-5;
        Assert.InRange(right, 0, rounding);
        Assert.True(wrong > (type == ScalarType.Float64 ? 1e6 : 2) * right, $"{wrong} against {right}");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Gaussian_rows_of_the_same_mean_are_rejected()
    {
        using RealProblem problem = RealProblem.Create(
            "digits", ScalarType.Float32, RealProblem.Adapter(Rank * 20 * StepCount, AInitialization.Gaussian(1 / 64.0)));
        double[,] gradient = problem.Gradient();
        int row = gradient.RowsByNorm()[0];
        using Tensor draws = problem.StepOfManyDraws(Rank);
        ProjectionLaw law = new(Rank, 64);
        using Tensor y = draws.select(1, row) / (Scale * Scale);
        using Tensor squares = y.square().sum(dim: 1) / Dot(gradient.Row(row), gradient.Row(row));
        Assert.True(DvoretzkyKieferWolfowitz.Rejects(squares.ToVector().Select(share => law.ShareCumulativeDistribution(Math.Min(1, share)))));
    }
}
