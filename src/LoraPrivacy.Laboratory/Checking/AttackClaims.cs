using LoraPrivacy.Reference.Releases.Matrix;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S16–S18: where there is no privacy, the attack on production's releases succeeds; on one vector it learns nothing.</summary>
internal static class AttackClaims
{
    /// <summary>The claims about one model.</summary>
    /// <param name="task">The name of the model.</param>
    /// <param name="step">The layer at a batch.</param>
    /// <param name="neighbour">The same layer at a batch with one example replaced.</param>
    /// <param name="next">The same layer at the batch of the next step, which both have in common.</param>
    /// <param name="row">The row for the claims about one vector.</param>
    /// <param name="count">How many releases of each.</param>
    /// <param name="source">Where A comes from.</param>
    public static IEnumerable<Claim> Of(string task, LayerStep step, LayerStep neighbour, LayerStep next, int row, int count, RandomSource source)
    {
        string detail = $"{count} releases of each of two batches that differ in one example, rank {step.Rank}";
        AttackTrials matrices = AttackTrials.OnMatrices(step, neighbour, count, draw => source.Sequence($"attack {task}", draw));
        yield return Area("S16", $"{task}: attack on whole matrices, area", "Y Gᵀ is symmetric, Y′Gᵀ is not", 1, matrices, detail);
        yield return Smallest(
            "S16", $"{task}: its statistic on G′, smallest", "‖Y Gᵀ − G Yᵀ‖ > 0 with probability 1 under G′", matrices, detail);
        yield return Area(
            "S16", $"{task}: the same attack on one row, area", "one row: y qᵀ is a number, symmetric under every q", 0.5,
            AttackTrials.OnRow(step, neighbour, row, count, draw => source.Sequence($"row attack {task}", draw)), detail);
        yield return Area(
            "S17", $"{task}: two steps of one row with one A, area", "the two steps stack to a matrix of two rows", 1,
            Reuse(step, neighbour, next, row, count, draw => source.Sequence($"reuse {task}", draw)), detail);
        yield return PublicA(task, step, neighbour, source);
    }

    /// <summary>The attack on two steps of one row that share A; the second step is made from the same batch in both worlds.</summary>
    public static AttackTrials Reuse(LayerStep step, LayerStep neighbour, LayerStep next, int row, int count, Func<long, RandomSequence> sequence)
    {
        double[,] second = MatrixParts.AsMatrix(MatrixParts.Row(next.Gradient, row));
        double[,] stacked = MatrixParts.Stack(MatrixParts.AsMatrix(MatrixParts.Row(step.Gradient, row)), second);
        double[] Statistics(LayerStep first, long world) => [.. Enumerable.Range(0, count).Select(i =>
        {
            using RandomSequence chance = sequence((2L * i) + world);
            double[,] one = MatrixParts.AsMatrix(MatrixParts.Row(first.Draw(chance), row));
            // The same A: a layer keeps it until it is drawn anew.
            double[,] two = MatrixParts.AsMatrix(MatrixParts.Row(next.StepWithAOf(first), row));
            double statistic = MatrixRelease.AsymmetryStatistic(MatrixParts.Stack(one, two), stacked);
            return statistic < AttackTrials.Rounding ? 0 : statistic;
        })];
        return new(Statistics(step, 0), Statistics(neighbour, 1));
    }

    private static Claim PublicA(string task, LayerStep step, LayerStep neighbour, RandomSource source)
    {
        double Distance(LayerStep of)
        {
            using RandomSequence chance = source.Sequence($"public {task}");
            of.Draw(chance);
            (double[,] b, double[,] a) = of.Factors();
            return TensorMatrix.RelativeDistance(b, MatrixParts.Scaled(-of.Scale, MatrixParts.TimesTransposed(step.Gradient, a)));
        }

        double own = Distance(step);
        double other = Distance(neighbour);
        return Claim.AtMost(
            "S18", $"{task}: A public: B is recomputed, ratio", "given A, B = −η s G Aᵀ is a function of the data", own / other, 1e-6) with
        {
            Detail = FormattableString.Invariant($"distance of B to −η s G Aᵀ (η = 1), relative: {own:G2} where the data is G's, {other:G2} where it is the neighbour's; their ratio"),
        };
    }

    private static Claim Area(string statement, string title, string formula, double exact, AttackTrials trials, string detail)
        => Claim.Near(statement, title, formula, exact, trials.Area, exact == 1 ? 1.0 / trials.Members.Length : 0) with
        {
            Detail = $"area under the curve, two ties allowed where it is 1; {detail}",
        };

    private static Claim Smallest(string statement, string title, string formula, AttackTrials trials, string detail)
        => Claim.AtLeast(statement, title, formula, trials.Others.Min(), 1e3 * AttackTrials.Rounding) with
        {
            Detail = FormattableString.Invariant($"relative; largest on the gradient's own releases {trials.Members.Max():G2} (rounding cut off); {detail}"),
        };
}
