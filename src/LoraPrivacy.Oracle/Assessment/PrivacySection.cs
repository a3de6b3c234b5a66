namespace LoraPrivacy.Oracle.Assessment;

/// <summary>ε of each release of this pair, rank by rank (S11, S12, S14, S16, S24).</summary>
internal static class PrivacySection
{
    private const int ShownDigits = 5;

    // Far above the promised error of the search for the worst pair.
    private const double WorstCaseError = 1e-8;

    /// <param name="pair">The gradients.</param>
    /// <param name="row">The row that is released alone.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="delta">δ.</param>
    /// <param name="guarantee">τ of the whole neighbourhood, where a clipping norm and a norm floor are given.</param>
    public static Table Build(GradientPair pair, RowChoice row, int[] ranks, double delta, double? guarantee)
    {
        Lazy<double[]?> eigenvalues = new(() => FactorEigenvalues.SupportsAgree(pair.Gradient, pair.Neighbour!)
            ? FactorEigenvalues.Of(pair.Gradient, pair.Neighbour!)
            : null);
        (Cell[] Cells, IReadOnlyList<string> Failures)[] rows =
            TableWork.Silent.Map(ranks, rank => Row(pair, row, eigenvalues, rank, delta, guarantee));
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
            notes.Add(FormattableString.Invariant($"\"all neighbours\" is the worst case over every pair with τ = {relative:G4}: a guarantee, rounded up, if the norm floor holds for every batch."));
        }

        notes.AddRange(rows.SelectMany(line => line.Failures).Select(failure => $"Not computed: {failure}."));
        return new Table("privacy", $"ε at δ = {Digits.Shortest(delta)}, for this pair", ["S11", "S12", "S14", "S16", "S24"], columns, [.. rows.Select(line => line.Cells)], notes);
    }

    private static (Cell[] Cells, IReadOnlyList<string> Failures) Row(
        GradientPair pair, RowChoice row, Lazy<double[]?> eigenvalues, int rank, double delta, double? guarantee)
    {
        double[,] neighbour = pair.Neighbour!;
        Computation computation = new(ShownDigits);
        Cell Number(string name, Func<double> compute) => computation.Number($"{name} at rank {rank}", compute);
        List<Cell> cells =
        [
            Cell.Of(rank),
            .. OneRow(row, rank, pair.Columns, delta, Number),
            Number("the ε of the whole matrix", () => Math.Max(
                MatrixRelease.Curve(pair.Gradient, neighbour, rank).Epsilon(delta).Upper,
                MatrixRelease.Curve(neighbour, pair.Gradient, rank).Epsilon(delta).Upper)),
            Number("the ε of the factor B", () => eigenvalues.Value is double[] values
                ? new FactorRelease(rank, values).BothDirections().Epsilon(delta).Upper
                : double.PositiveInfinity),
        ];
        if (guarantee is double tau)
        {
            cells.Add(computation.Number(
                $"the ε of all neighbours at rank {rank}", () => new WorstCase(rank, pair.Columns).Epsilon(tau, delta).Epsilon, value => Cell.Guarantee(value, ShownDigits, WorstCaseError)));
        }

        return ([.. cells], computation.Failures);
    }

    /// <summary>The floor, ε in either direction and the larger one.</summary>
    private static Cell[] OneRow(RowChoice row, int rank, int dimension, double delta, Func<string, Func<double>, Cell> number)
    {
        if (row.Difference == 0)
        {
            return [.. Enumerable.Repeat(Cell.Measured(0, ShownDigits), 4)];
        }

        if (row.Pair is not VectorPair pair)
        {
            // One of the two releases is exactly 0, and the other is not.
            Cell never = Cell.Measured(double.PositiveInfinity, ShownDigits);
            return [Cell.Measured(1, ShownDigits), never, never, never];
        }

        Lazy<double> forward = new(() => new ProductRelease(rank, dimension).Epsilon(pair, delta));
        Lazy<double> reverse = new(() => new ProductRelease(rank, dimension).Epsilon(pair.Reverse(), delta));
        return
        [
            number("the floor of the row", () => ProductRelease.DeltaFloor(rank, pair.Angle)),
            number("the ε of the row, q from q′,", () => forward.Value),
            number("the ε of the row, q′ from q,", () => reverse.Value),
            number("the larger ε of the row", () => Math.Max(forward.Value, reverse.Value)),
        ];
    }
}
