using LoraPrivacy.Reference.Releases.Checkpoint;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>
/// What is and is not private for this pair, release by release, and where an attack exists, its statistic on one release made from G and
/// on one made from G′ (S11, S16–S18, S24, S25).
/// </summary>
internal sealed class ReleaseSection(GradientPair pair, RowChoice row, int rank, int seed)
{
    private const int ShownDigits = 3;
    private const double Rounding = 1e-13;

    private readonly double[,] neighbour = pair.Neighbour!;
    private readonly double[,] a = Initialization.Gaussian(1.0 / rank).Sample(rank, pair.Columns, new Random(seed));

    public Table Build()
    {
        (Cell[] Cells, Verdict? Verdict)[] rows =
        [
            Guarded($"product, all {pair.Rows} rows", WholeMatrix),
            Guarded($"product, row {row.Index} alone", OneRow),
            Guarded("factor, B alone", Factor),
            Guarded("checkpoint, A and B", Checkpoint),
            Guarded(rank > pair.Columns ? "projection (orthonormal A)" : $"projection, row {row.Index} alone", Projection),
            Guarded($"two steps with one A, row {row.Index}", Reuse),
        ];
        return new(
            "releases",
            "What is private for this pair, and why",
            ["S11", "S16", "S17", "S18", "S24", "S25"],
            [
                new("release", IsText: true),
                new("private?", IsText: true, Key: "private"),
                new("why", IsText: true),
                new("statement", IsText: true),
                new("test if G", Key: "statisticIfGradient"),
                new("if G′", Key: "statisticIfNeighbour"),
            ],
            [.. rows.Select(line => line.Cells)],
            [
                .. rows.Select(line => line.Verdict).Where(verdict => verdict?.Answer is Answer.No or Answer.Unknown).Select(verdict => verdict!.Needed).Distinct().Select(needed => $"Needed for a guarantee: {needed}"),
                $"Test: a number that an observer who knows G can compute from one release; it is 0 up to rounding if the release came from G. Drawn once, at rank {rank} with seed {seed}.",
            ])
        {
            IsList = true,
        };
    }

    /// <summary>A line of the table; where the arithmetic fails, the line says so and the others stand.</summary>
    private static (Cell[] Cells, Verdict? Verdict) Guarded(string name, Func<Found> find)
    {
        try
        {
            Found found = find();
            return (
                [
                    new(name), new(found.Verdict.Short), new(found.Verdict.Why + found.Detail), new(found.Verdict.Cited),
                    .. found.Test is null ? [new(string.Empty), new(string.Empty)] : (Cell[])[Statistic(found.Test(false)), Statistic(found.Test(true))],
                ],
                found.Verdict);
        }
        catch (Exception failure) when (Computation.Covers(failure))
        {
            return ([new(name), new(VerdictCatalogue.NotComputed), new(QueryAnswerer.MessageOf(failure) + "."), .. Enumerable.Repeat(new Cell(string.Empty), 3)], null);
        }
    }

    private Found WholeMatrix()
    {
        MatrixVerdict verdict = MatrixRelease.Verdict(pair.Gradient, neighbour);
        string detail = verdict is { Kind: MatrixVerdictKind.Distinguishable, DistanceToException: > 0 }
            ? FormattableString.Invariant($" This pair is at a relative distance of {verdict.DistanceToException:G3} from the exceptions.") : string.Empty;
        return new(
            VerdictCatalogue.Of(pair.Rows == 1 ? Release.Row : Release.Matrix, VerdictCatalogue.KindOf(verdict), Steps.One), detail,
            ofNeighbour => MatrixRelease.AsymmetryStatistic(GradientSketch.Apply(Chosen(ofNeighbour), a), pair.Gradient));
    }

    private Found OneRow() => new(VerdictCatalogue.Of(Release.Row, row.Difference == 0 ? Neighbours.Identical : row.Pair is null ? Neighbours.Any : Neighbours.CommonColumn, Steps.One));

    private Found Factor() => new(VerdictCatalogue.Of(
        Release.Factor,
        EuclideanNorm.Of(MatrixParts.Combine(pair.Gradient, -1, neighbour)) == 0 ? Neighbours.Identical
            : FactorEigenvalues.SupportsAgree(pair.Gradient, neighbour) ? Neighbours.Floored : Neighbours.Any,
        Steps.One));

    private Found Checkpoint()
    {
        double[,] expected = MatrixParts.TimesTransposed(pair.Gradient, a);
        return new(
            VerdictCatalogue.Of(Release.Checkpoint, VerdictCatalogue.KindOf(CheckpointRelease.Verdict(pair.Gradient, neighbour, a)), Steps.One), string.Empty,
            ofNeighbour => EuclideanNorm.Of(MatrixParts.Combine(MatrixParts.TimesTransposed(Chosen(ofNeighbour), a), -1, expected))
                / Math.Max(EuclideanNorm.Of(expected), double.Epsilon));
    }

    private Found Projection()
    {
        if (rank > pair.Columns)
        {
            throw new ArgumentException($"the rank {rank} exceeds the dimension {pair.Columns}");
        }

        MatrixVerdict verdict = ProjectionRelease.Verdict(MatrixParts.AsMatrix(row.Q), MatrixParts.AsMatrix(row.QPrime));
        ProjectionLaw law = new(rank, pair.Columns);
        return new(
            VerdictCatalogue.Of(Release.Projection, VerdictCatalogue.KindOf(verdict), Steps.One), string.Empty,
            ofNeighbour => ProjectionRelease.SupportStatistic(law, law.Sample(ofNeighbour ? row.QPrime : row.Q, new Random(seed)), row.Q));
    }

    private Found Reuse()
    {
        if (row.Difference == 0)
        {
            return new(VerdictCatalogue.Of(Release.Row, Neighbours.Identical, Steps.SameA));
        }

        if (pair.NextGradient is null)
        {
            return new(VerdictCatalogue.Of(Release.Row, Neighbours.Any, Steps.SameA), " The second step is not given, so that this is the verdict in general.");
        }

        double[,] next = MatrixParts.AsMatrix(MatrixParts.Row(pair.NextGradient, row.Index));
        double[,] first = MatrixParts.AsMatrix(row.Q);
        double[,] firstPrime = MatrixParts.AsMatrix(row.QPrime);
        MatrixVerdict verdict = ReusedSketch.Verdict([first, next], [firstPrime, next]);
        return new(
            VerdictCatalogue.Of(Release.Row, VerdictCatalogue.KindOf(verdict), Steps.SameA), string.Empty,
            ofNeighbour => MatrixRelease.AsymmetryStatistic(GradientSketch.Apply(MatrixParts.Stack(ofNeighbour ? firstPrime : first, next), a), MatrixParts.Stack(first, next)));
    }

    private double[,] Chosen(bool ofNeighbour) => ofNeighbour ? neighbour : pair.Gradient;

    /// <summary>What is left by rounding is not worth its digits, which differ from machine to machine.</summary>
    private static Cell Statistic(double value)
        => value < Rounding ? new("<1e-13", IsNumber: true) { Full = "0" } : Cell.Measured(value, ShownDigits);

    /// <summary>The verdict on a release of this pair.</summary>
    /// <param name="Verdict">The verdict.</param>
    /// <param name="Detail">What is to be added for this pair, after a blank.</param>
    /// <param name="Test">The statistic of a release made from G or, where asked for, from G′; null where there is no test.</param>
    private sealed record Found(Verdict Verdict, string Detail = "", Func<bool, double>? Test = null);
}
