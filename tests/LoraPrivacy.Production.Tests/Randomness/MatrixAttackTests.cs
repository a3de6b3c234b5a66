using LoraPrivacy.Production.Tests.Agreement;
using LoraPrivacy.Reference.Releases.Checkpoint;
using LoraPrivacy.Reference.Releases.Matrix;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// Attacks on the releases of real steps. Neighbouring batches differ in one example; the attacker knows both gradients and sees Ĝ, with a
/// fresh, secret A. Rounding is what is left of a statistic that is 0 in exact arithmetic.
/// </summary>
public sealed class MatrixAttackTests
{
    private const int Rank = 4;
    private const int StepCount = 200;

    private static readonly long[] Neighbour = [0, 1, 2, 3, 4, 5, 6, 23];

    public static TheoryData<string, ScalarType> Problems => new()
    {
        { "digits", ScalarType.Float64 },
        { "digits", ScalarType.Float32 },
        { "text", ScalarType.Float64 },
        { "text", ScalarType.Float32 },
    };

    [Theory, MemberData(nameof(Problems))]
    [Trait("Statement", "S16")]
    [Trait("Speed", "Slow")]
    public void The_symmetry_of_Y_G_separates_neighbours_perfectly(string name, ScalarType type)
    {
        using RealProblem problem = RealProblem.Create(name, type, RealProblem.Adapter(Rank, AInitialization.UnbiasedGaussian));
        double[,] gradient = problem.Gradient();
        double[] member = Releases(problem, 0).Select(release => MatrixRelease.AsymmetryStatistic(release, gradient)).ToArray();
        problem.Batch = Neighbour;
        Assert.Equal(MatrixVerdictKind.Distinguishable, MatrixRelease.Verdict(gradient, problem.Gradient()).Kind);
        double[] other = Releases(problem, StepCount).Select(release => MatrixRelease.AsymmetryStatistic(release, gradient)).ToArray();
        Assert.Equal(1, AreaUnderCurve(member, other));
        double rounding = type == ScalarType.Float64 ? 1e-15 : 1e-6;
        Assert.InRange(member.Max(), 0, 10 * rounding);
        Assert.True(other.Min() > 100 * rounding, $"signal {other.Min()}, rounding {member.Max()}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [Trait("Statement", "S16")]
    public void One_row_or_one_common_column_gives_the_statistic_nothing(int outputs)
    {
        // A loss linear in the outputs has the gradient u xᵀ: two examples share the column u.
        using DisposeScope scope = NewDisposeScope();
        (Tensor images, _) = RealData.Digits(2, ScalarType.Float64);
        Linear linear = nn.Linear(64, outputs, dtype: ScalarType.Float64);
        Production.Randomness.RandomSource source = Production.Randomness.RandomSource.FromSeed(3);
        using LoraLinear layer = new(linear, "fc", RealProblem.Adapter(Rank, AInitialization.UnbiasedGaussian), source);
        Tensor u = tensor(Enumerable.Range(1, outputs).Select(i => 1.0 / i).ToArray());
        double[,] gradient = u.unsqueeze(1).matmul(images.narrow(0, 0, 1)).ToMatrix();
        double[,] neighbour = u.unsqueeze(1).matmul(images.narrow(0, 1, 1)).ToMatrix();
        Assert.Equal(MatrixVerdictKind.Vector, MatrixRelease.Verdict(gradient, neighbour).Kind);
        double[][] statistics = [.. Enumerable.Range(0, 2).Select(image => Enumerable.Range(0, StepCount).Select(draw =>
        {
            using DisposeScope step = NewDisposeScope();
            using Production.Randomness.RandomSequence sequence = source.Sequence("A", (image * StepCount) + draw);
            layer.DrawA(sequence);
            Tensor derivative = autograd.grad([layer.call(images.narrow(0, image, 1)).matmul(u).sum()], [layer.B])[0];
            Tensor release = derivative.matmul(layer.A.detach()).mul(layer.Scale);
            return MatrixRelease.AsymmetryStatistic(release.ToMatrix(), gradient);
        }).ToArray())];
        // Nothing but rounding under either candidate, and in multiples of 1e-14 it is 0 throughout: the area is ½, not about ½.
        Assert.All(statistics.SelectMany(values => values), value => Assert.InRange(value, 0, 1e-14));
        Assert.Equal(0.5, AreaUnderCurve(Rounded(statistics[0]), Rounded(statistics[1])));

        static double[] Rounded(double[] values) => [.. values.Select(value => Math.Floor(value / 1e-14))];
    }

    [Theory, MemberData(nameof(Problems))]
    [Trait("Statement", "S17")]
    [Trait("Speed", "Slow")]
    public void A_reused_A_gives_two_steps_away_that_one_row_alone_would_not(string name, ScalarType type)
    {
        using RealProblem problem = RealProblem.Create(name, type, RealProblem.Adapter(Rank, AInitialization.UnbiasedGaussian));
        int row = problem.Gradient().RowsByNorm()[0];
        double[,] Row(double[,] matrix) => Stack(matrix.Row(row));
        long[][] batches = [[0, 1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14, 15]];
        double[][,] gradients = [.. batches.Select(GradientOf)];
        double[][,] neighbours = [GradientOf(Neighbour), GradientOf(batches[1])];
        Assert.Equal(MatrixVerdictKind.Vector, MatrixRelease.Verdict(gradients[0], neighbours[0]).Kind);
        Assert.Equal(MatrixVerdictKind.Distinguishable, ReusedSketch.Verdict(gradients, neighbours).Kind);

        double[,] stacked = Stack(gradients[0].Row(0), gradients[1].Row(0));
        double[] reused = Statistics(batches[0], reuse: true), other = Statistics(Neighbour, reuse: true), fresh = Statistics(batches[0], reuse: false);
        double rounding = type == ScalarType.Float64 ? 1e-14 : 1e-5;
        Assert.InRange(reused.Max(), 0, rounding);
        Assert.Equal(1, AreaUnderCurve(reused, other));
        Assert.True(other.Min() > reused.Max() * (type == ScalarType.Float64 ? 1e4 : 1.5), $"{other.Min()} against {reused.Max()}");
        // With a fresh A for the second step the same statistic is not 0 under the truth either: it accepts nothing.
        Assert.Equal(1, AreaUnderCurve(reused, fresh));

        double[,] GradientOf(long[] batch)
        {
            problem.Batch = batch;
            return Row(problem.Gradient());
        }

        double[] Statistics(long[] first, bool reuse) => [.. Enumerable.Range(0, StepCount).Select(draw =>
        {
            using DisposeScope scope = NewDisposeScope();
            problem.DrawA(draw);
            problem.Batch = first;
            double[] y = problem.Step().ToMatrix().Row(row);
            problem.DrawA(reuse ? draw : draw + StepCount);
            problem.Batch = batches[1];
            return MatrixRelease.AsymmetryStatistic(Stack(y, problem.Step().ToMatrix().Row(row)), stacked);
        })];
    }

    [Theory, MemberData(nameof(Problems))]
    [Trait("Statement", "S18")]
    [Trait("Speed", "Slow")]
    public void A_public_A_gives_even_one_row_away(string name, ScalarType type)
    {
        using RealProblem problem = RealProblem.Create(name, type, RealProblem.Adapter(Rank, AInitialization.UnbiasedGaussian));
        int row = problem.Gradient().RowsByNorm()[0];
        double[] q = problem.Gradient().Row(row);
        double[] member = Residuals(0);
        problem.Batch = Neighbour;
        double[] other = Residuals(StepCount);
        Assert.Equal(MatrixVerdictKind.Distinguishable, CheckpointRelease.Verdict(
            Stack(q), Stack(problem.Gradient().Row(row)), problem.Layer.A.ToMatrix()).Kind);
        Assert.Equal(1, AreaUnderCurve(member, other));
        double rounding = type == ScalarType.Float64 ? 1e-14 : 1e-5;
        Assert.InRange(member.Max(), 0, rounding);
        Assert.True(other.Min() > 100 * rounding, $"{other.Min()} against {member.Max()}");

        // ‖y − s² AᵀA q‖/‖y‖ with the A that the checkpoint holds.
        double[] Residuals(int first) => [.. Enumerable.Range(first, StepCount).Select(draw =>
        {
            using DisposeScope scope = NewDisposeScope();
            problem.DrawA(draw);
            Tensor y = tensor(problem.Step().ToMatrix().Row(row));
            Tensor a = problem.Layer.A.detach().to(ScalarType.Float64);
            Tensor expected = a.t().matmul(a.matmul(tensor(q))).mul(problem.Layer.Scale * problem.Layer.Scale);
            return ((y - expected).norm() / y.norm()).ToDouble();
        })];
    }

    // Outputs × inputs, one release a draw.
    private static IEnumerable<double[,]> Releases(RealProblem problem, int first)
    {
        for (int draw = first; draw < first + StepCount; draw++)
        {
            problem.DrawA(draw);
            using Tensor step = problem.Step();
            yield return step.ToMatrix();
        }
    }

    private static double[,] Stack(params double[][] rows)
    {
        double[,] matrix = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows[i].Length; j++)
            {
                matrix[i, j] = rows[i][j];
            }
        }

        return matrix;
    }

    // The probability that a statistic of the other is larger than one of the member, ties by half.
    private static double AreaUnderCurve(double[] member, double[] other)
        => member.Sum(x => other.Sum(y => y > x ? 1 : y == x ? 0.5 : 0)) / ((double)member.Length * other.Length);
}
