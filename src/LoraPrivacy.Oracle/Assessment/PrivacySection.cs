using LoraPrivacy.Oracle.Tables;
using LoraPrivacy.Reference.Privacy;
using LoraPrivacy.Reference.Releases;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>ε of each release of this pair, rank by rank (S11, S12, S14, S16, S24).</summary>
internal static class PrivacySection
{
    private const int ShownDigits = 5;

    /// <param name="pair">The gradients.</param>
    /// <param name="row">The row that is released alone.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="delta">δ.</param>
    /// <param name="guarantee">τ of the whole neighbourhood, where a clipping norm and a norm floor are given.</param>
    public static Table Build(GradientPair pair, RowChoice row, int[] ranks, double delta, double? guarantee)
    {
        double[,] neighbour = pair.Neighbour!;
        double[]? eigenvalues = FactorEigenvalues.SupportsAgree(pair.Gradient, neighbour)
            ? FactorEigenvalues.Of(pair.Gradient, neighbour)
            : null;
        Cell[] Row(int rank)
        {
            (double floor, double forward, double reverse) = OneRow(row, rank, pair.Columns, delta);
            List<double> values =
            [
                floor,
                forward,
                reverse,
                Math.Max(forward, reverse),
                Math.Max(
                    MatrixRelease.Epsilon(pair.Gradient, neighbour, rank, delta),
                    MatrixRelease.Epsilon(neighbour, pair.Gradient, rank, delta)),
                eigenvalues is null ? double.PositiveInfinity : new FactorRelease(rank, eigenvalues).EpsilonBothDirections(delta),
            ];
            if (guarantee is double tau)
            {
                values.Add(new WorstCase(rank, pair.Columns).EpsilonAt(tau, delta).Epsilon);
            }

            return [Cell.Of(rank), .. values.Select(value => Cell.Measured(value, ShownDigits))];
        }

        Cell[][] rows = TableWork.Silent.Map(ranks, Row);
        List<Column> columns =
        [
            new("rank"),
            new("row: floor δ_∞", Key: "rowFloor"),
            new("row: q from q′", Key: "rowEpsilonForward"),
            new("row: q′ from q", Key: "rowEpsilonReverse"),
            new("row: larger", Key: "rowEpsilon"),
            new("whole matrix", Key: "matrixEpsilon"),
            new("factor B", Key: "factorEpsilon"),
        ];
        List<string> notes =
        [
            $"\"row\" is the product release of row {row.Index} alone; \"whole matrix\" and \"factor B\" take the larger direction. ∞ means that no ε serves at this δ.",
        ];
        if (guarantee is double relative)
        {
            columns.Add(new("row: all neighbours", Key: "worstCaseEpsilon"));
            notes.Add(FormattableString.Invariant($"\"all neighbours\" is the worst case over every pair with τ = {relative:G4}: a guarantee, if the norm floor holds for every batch."));
        }

        return new Table("privacy", $"ε at δ = {Digits.Shortest(delta)}, for this pair", ["S11", "S12", "S14", "S16", "S24"], columns, rows, notes);
    }

    private static (double Floor, double Forward, double Reverse) OneRow(RowChoice row, int rank, int dimension, double delta)
    {
        if (row.Difference == 0)
        {
            return (0, 0, 0);
        }

        if (row.Pair is not VectorPair pair)
        {
            // One of the two releases is exactly 0, and the other is not.
            return (1, double.PositiveInfinity, double.PositiveInfinity);
        }

        ProductRelease release = new(rank, dimension);
        return (ProductRelease.DeltaFloor(rank, pair.Angle), release.Epsilon(pair, delta), release.Epsilon(pair.Reverse(), delta));
    }
}
