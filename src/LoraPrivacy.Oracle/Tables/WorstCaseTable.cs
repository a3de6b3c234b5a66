namespace LoraPrivacy.Oracle.Tables;

/// <summary>Worst-case ε against rank, dimension and τ (S14, S15).</summary>
internal static class WorstCaseTable
{
    public const string Name = "worst-case-epsilon";

    private const int ShownDigits = 4;

    /// <summary>The worst pair is found by a search, whose result is good to far more than four digits.</summary>
    private const double Error = 1e-8;

    private static readonly double[] Sensitivities = [0.001, 0.01, 0.05, 0.1];
    private static readonly double[] Deltas = [1e-5, 1e-6];

    public static Table Build(TableWork work)
    {
        (double Delta, double Tau)[] groups = [.. Deltas.SelectMany(delta => Sensitivities.Select(tau => (delta, tau)))];
        (double Delta, double Tau, int Rank)[] rows = [.. groups.SelectMany(g => Grids.Ranks.Select(rank => (g.Delta, g.Tau, rank)))];
        double[][] values = work.Grid(rows, Grids.Dimensions, (row, dimension) => new WorstCase(row.Rank, dimension).Epsilon(row.Tau, row.Delta).Epsilon);
        double Lowest(int row, int column)
            => rows.Select((other, i) => (other, i)).Where(o => o.other.Delta == rows[row].Delta && o.other.Tau == rows[row].Tau).Min(o => values[o.i][column]);
        return new(
            Name,
            "Worst-case ε of one product release of a vector (fresh, secret, Gaussian A)",
            ["S11", "S14", "S15"],
            [new("δ", Key: "delta"), new("τ", Key: "tau"), new("rank"), .. Grids.Dimensions.Select(Grids.DimensionColumn)],
            [.. rows.Select((row, i) => (Cell[])
            [
                Cell.Parameter(row.Delta),
                Cell.Parameter(row.Tau),
                Cell.Of(row.Rank),
                .. values[i].Select((value, j) => Cell.RoundedUp(value, ShownDigits, Error) with
                {
                    IsMarked = double.IsFinite(value) && value == Lowest(i, j),
                }),
            ])],
            [
                "* marks the most private rank of each column. Down each column ε first falls and then rises: at small ranks δ cannot be reached at all "
                    + "(∞, see delta-floor) or only at a large ε, because neighbours of another direction stand out; past the minimum ε grows with "
                    + "r + m − 1, the number of squares that reveal the norm of q: slowly while r is well below m, like √r beyond. The noise falls "
                    + "with every rank; privacy does not.",
                "Holds for all q, q′ with ‖q − q′‖ ≤ τβ and norms at least β, both directions; without a floor β on the norm there is no guarantee at all. It "
                    + "speaks of one vector, released once: see verdicts for matrices, reused and published A. With an appended constant coordinate (S23) fewer pairs can be reached, and "
                    + "the bound is smaller. Rounded up in the last digit.",
            ])
        {
            GroupColumns = 2,
        };
    }
}
