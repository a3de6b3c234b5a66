using LoraPrivacy.CommandLine.Tables;
using LoraPrivacy.Reference.Gradients;
using LoraPrivacy.Reference.Numerics;
using LoraPrivacy.Reference.Releases.Checkpoint;
using LoraPrivacy.Reference.Releases.Factor;
using LoraPrivacy.Reference.Releases.Matrix;
using LoraPrivacy.Reference.Releases.Projection;

namespace LoraPrivacy.Oracle.Assessment;

/// <summary>
/// What is and is not private for this pair, release by release, and where an attack exists, its statistic on one release made from G and
/// on one made from G′ (S11, S16–S18, S24, S25).
/// </summary>
internal sealed class ReleaseSection(GradientPair pair, RowChoice row, int rank, int seed)
{
    private const int ShownDigits = 3;
    private const double Rounding = 1e-13;

    private readonly double[,] _neighbour = pair.Neighbour!;
    private readonly double[,] _a = Initialization.Gaussian(1.0 / rank).Sample(rank, pair.Columns, new Random(seed));

    public Table Build() => new(
        "releases",
        "What is private for this pair, and why",
        ["S11", "S16", "S17", "S18", "S24", "S25"],
        [
            new("release", IsText: true),
            new("private?", IsText: true, Key: "private"),
            new("why", IsText: true),
            new("test if G", Key: "statisticIfGradient"),
            new("if G′", Key: "statisticIfNeighbour"),
        ],
        [
            Guarded($"product, all {pair.Rows} rows", WholeMatrix),
            Guarded($"product, row {row.Index} alone", OneRow),
            Guarded("factor, B alone", Factor),
            Guarded("checkpoint, A and B", Checkpoint),
            Guarded(rank > pair.Columns ? "projection (orthonormal A)" : $"projection, row {row.Index} alone", Projection),
            Guarded($"two steps with one A, row {row.Index}", Reuse),
        ],
        [
            $"Test: a number that an observer who knows G can compute from one release; it is 0 up to rounding if the release came from G. Drawn once, at rank {rank} with seed {seed}.",
        ]);

    /// <summary>A line of the table; where the arithmetic fails, the line says so and the others stand.</summary>
    private static Cell[] Guarded(string name, Func<string, Cell[]> line)
    {
        try
        {
            return line(name);
        }
        catch (Exception failure) when (Computation.Covers(failure))
        {
            return [.. Words(name, "not computed", Computation.ReasonOf(failure) + "."), new(string.Empty), new(string.Empty)];
        }
    }

    private Cell[] WholeMatrix(string name)
    {
        MatrixVerdict verdict = MatrixRelease.Verdict(pair.Gradient, _neighbour);
        double Test(double[,] source) => MatrixRelease.AsymmetryStatistic(GradientSketch.Apply(source, _a), pair.Gradient);
        return Line(
            name,
            verdict.Kind switch
            {
                MatrixVerdictKind.Distinguishable => "no",
                MatrixVerdictKind.Identical => "nothing differs",
                _ => "to the ε below",
            },
            verdict.Reason,
            Test);
    }

    private Cell[] OneRow(string name) => row.Difference == 0
        ? Line(name, "nothing differs", "This row is the same in both gradients.")
        : row.Pair is null
            ? Line(name, "no", "The row is zero in one of the gradients, and so is its release.")
            : Line(
                name,
                "to the ε below",
                FormattableString.Invariant($"The exact curve of λ = {row.Pair.Value.NormRatio:G4}, θ = {row.Pair.Value.Angle:G4}; ")
                    + (row.Pair.Value.Angle > 0 ? "δ has a floor, and pure ε is never reached." : "the direction is the same, so δ has no floor."));

    private Cell[] Factor(string name)
    {
        if (EuclideanNorm.Of(MatrixParts.Combine(pair.Gradient, -1, _neighbour)) == 0)
        {
            return Line(name, "nothing differs", "The two gradients are equal.");
        }

        bool agree = FactorEigenvalues.SupportsAgree(pair.Gradient, _neighbour);
        return Line(
            name,
            agree ? "to the ε below" : "no",
            agree
                ? "The columns of G Aᵀ are normal with covariance GGᵀ/r, on the column space that G and G′ share."
                : "The column spaces of G and G′ differ, and G Aᵀ shows which it lies in.");
    }

    private Cell[] Checkpoint(string name)
    {
        double[,] expected = MatrixParts.TimesTransposed(pair.Gradient, _a);
        double Test(double[,] source)
        {
            double[,] release = MatrixParts.TimesTransposed(source, _a);
            return EuclideanNorm.Of(MatrixParts.Combine(release, -1, expected)) / Math.Max(EuclideanNorm.Of(expected), double.Epsilon);
        }

        MatrixVerdict verdict = CheckpointRelease.Verdict(pair.Gradient, _neighbour, _a);
        return Line(name, Answer(verdict), verdict.Reason, Test);
    }

    private Cell[] Projection(string name)
    {
        if (rank > pair.Columns)
        {
            return Line(name, "not defined", $"The rank {rank} exceeds the dimension {pair.Columns}.");
        }

        MatrixVerdict verdict = ProjectionRelease.Verdict(MatrixParts.AsMatrix(row.Q), MatrixParts.AsMatrix(row.QPrime));
        ProjectionLaw law = new(rank, pair.Columns);
        double Test(double[] source) => ProjectionRelease.SupportStatistic(law, law.Sample(source, new Random(seed)), row.Q);
        return
        [
            .. Words(name, Answer(verdict), verdict.Reason),
            Statistic(Test(row.Q)),
            Statistic(Test(row.QPrime)),
        ];
    }

    private Cell[] Reuse(string name)
    {
        if (row.Difference == 0)
        {
            return Line(name, "nothing differs", "This row is the same in both gradients, and so are two releases that share the second step.");
        }

        if (pair.NextGradient is null)
        {
            return Line(
                name,
                "in general no",
                "It depends on the second step, which is not given: steps along two directions are a matrix of two rows, and only further steps along one direction would do.");
        }

        double[,] next = MatrixParts.AsMatrix(MatrixParts.Row(pair.NextGradient, row.Index));
        double[,] first = MatrixParts.AsMatrix(row.Q);
        double[,] firstPrime = MatrixParts.AsMatrix(row.QPrime);
        MatrixVerdict verdict = ReusedSketch.Verdict([first, next], [firstPrime, next]);
        double Test(double[,] step)
            => MatrixRelease.AsymmetryStatistic(GradientSketch.Apply(MatrixParts.Stack(step, next), _a), MatrixParts.Stack(first, next));
        return
        [
            .. Words(name, Answer(verdict), "The two steps stack to a matrix of two rows. " + verdict.Reason),
            Statistic(Test(first)),
            Statistic(Test(firstPrime)),
        ];
    }

    private static string Answer(MatrixVerdict verdict) => verdict.Kind switch
    {
        MatrixVerdictKind.Distinguishable => "no",
        MatrixVerdictKind.Identical => "nothing differs",
        _ => "yes",
    };

    private Cell[] Line(string release, string answer, string why, Func<double[,], double>? test = null)
        => test is null
            ? [.. Words(release, answer, why), new(string.Empty), new(string.Empty)]
            : [.. Words(release, answer, why), Statistic(test(pair.Gradient)), Statistic(test(_neighbour))];

    /// <summary>What is left by rounding is not worth its digits, which differ from machine to machine.</summary>
    private static Cell Statistic(double value)
        => value < Rounding ? new("<1e-13", IsNumber: true) { Full = "0" } : Cell.Measured(value, ShownDigits);

    private static Cell[] Words(string release, string answer, string why) => [new(release), new(answer), new(why)];
}
