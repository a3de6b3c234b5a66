using LoraPrivacy.Reference.Releases.Checkpoint;

namespace LoraPrivacy.Oracle.Reporting;

/// <summary>Computed instances of the verdicts: what is asked, and the reference's answer.</summary>
internal static class VerdictInstances
{
    private const double Delta = 1e-5;
    private const double Tau = 0.01;
    private const int Dimension = 1024;
    private const int ShownDigits = 4;

    /// <summary>Far above the promised error of every ε shown.</summary>
    private const double Error = 1e-8;

    private static readonly double[,] Gradient = { { 1, 2, 0 }, { 0, 1, 3 } };
    private static readonly double[,] Neighbour = { { 1, 2, 0.01 }, { 0, 1, 3 } };
    private static readonly double[,] First = { { 1, 0.5, 0 } };
    private static readonly double[,] FirstPrime = { { 1, 0.5, 0.01 } };
    private static readonly double[,] Second = { { 0, 1, 2 } };

    /// <summary>The instances of a verdict, none for some.</summary>
    public static IReadOnlyList<(string Question, string Answer)> Of(string verdict) => verdict switch
    {
        "checkpoint" => [("two rows, one entry moved by 0.01", Answered(CheckpointRelease.Verdict(Gradient, Neighbour)))],
        "product-matrix" => [("two rows, one entry moved by 0.01", Answered(MatrixRelease.Verdict(Gradient, Neighbour)))],
        "matrix-proportional" => [("G′ = 2G", Answered(MatrixRelease.Verdict(Gradient, Scaled(Gradient, 2))))],
        "matrix-common-column" =>
            [("two rows, the second twice the first, in both", Answered(MatrixRelease.Verdict(MatrixParts.Stack(First, Scaled(First, 2)), MatrixParts.Stack(FirstPrime, Scaled(FirstPrime, 2)))))],
        "reuse" => [("two steps of one row each, along different directions", Answered(ReusedSketch.Verdict([First, Second], [FirstPrime, Second])))],
        "projection" => [("one row, one entry moved by 0.01", Answered(ProjectionRelease.Verdict(First, FirstPrime)))],
        "vector-floored" => WorstCases(),
        "vector-fresh" => FreshProducts(),
        "factor" => [Factor()],
        "factor-unfloored" => [EmptyRow()],
        "dp-sgd" => [DpSgd(1), DpSgd(2)],
        _ => [],
    };

    private static (string, string)[] WorstCases()
    {
        WorstCase Case(int rank) => new(rank, Dimension);
        string floor = DeltaFloorTable.RoundedUp(2, Tau, Case(2).DeltaFloor(Tau), ShownDigits);
        return
        [
            ($"worst-case ε at m = {Dimension}, τ = {Tau:R}, δ = 1e-5, rank 2", Epsilon(Case(2).Epsilon(Tau, Delta).Epsilon) + $" (δ is at least {floor}, rounded up, at every ε)"),
            ("the same at rank 32", Epsilon(Case(32).Epsilon(Tau, Delta).Epsilon)),
            ("the same at rank 1024", Epsilon(Case(1024).Epsilon(Tau, Delta).Epsilon)),
        ];
    }

    private static (string, string)[] FreshProducts()
    {
        const int steps = 100;
        PrivacyPair pair = PrivacyPair.Product(new ProductRelease(64, 768), new VectorPair(1, Tau));
        Bracket epsilon = new PrivacyAccountant((pair, steps)) { RelativeWidth = 5e-3 }.BothDirections().Epsilon(Delta);
        return
        [
            ($"one pair, not the worst case: m = 768, rank 64, equal norms, angle {Tau:R}, {steps} steps, δ = 1e-5",
                $"ε between {Digits.Down(epsilon.Lower, 3, 0)} and {Digits.Up(epsilon.Upper, 3, 0)}, rounded outward"),
        ];
    }

    /// <summary>At the floor, a change of relative size τ along it moves one eigenvalue to the end of the interval of S24, item 6.</summary>
    private static (string, string) Factor() => (
        $"one pair, not the worst case: one relative eigenvalue (1 − τ)⁻² at τ = {Tau:R}, rank 8, δ = 1e-5",
        Epsilon(new FactorRelease(8, 1 / ((1 - Tau) * (1 - Tau))).BothDirections().Epsilon(Delta).Upper));

    private static (string, string) EmptyRow()
    {
        double[,] gradient = { { 1, 0, 0 }, { 0, 1, 0 } };
        double[,] moved = { { 1, 0, 0 }, { 0, 0, 0 } };
        return (
            "G of full row rank, G′ with a row of zeros",
            FactorEigenvalues.SupportsAgree(gradient, moved) ? "one column space" : $"the column spaces differ: δ = {FactorRelease.Delta(gradient, moved, 8, 1):R} at ε = 1");
    }

    private static (string, string) DpSgd(double noise)
    {
        const double rate = 0.01;
        const long steps = 1000;
        Bracket bracket = new DpSgdMechanism(noise, rate, steps).Epsilon(Delta);
        return (
            $"noise multiplier {noise:R}, sampling rate {rate:R}, {steps} steps, δ = 1e-5: the least ε of the worst case",
            $"between {Digits.Down(bracket.Lower, ShownDigits, 0)} and {Digits.Up(bracket.Upper, ShownDigits, 0)}, rounded outward");
    }

    private static string Answered(MatrixVerdict verdict)
        => $"{VerdictCatalogue.Of(Release.Matrix, VerdictCatalogue.KindOf(verdict), Steps.One).Short}. {verdict.Reason}";

    private static string Epsilon(double value) => double.IsInfinity(value) ? "no ε" : $"ε = {Digits.Up(value, ShownDigits, Error)}, rounded up";

    private static double[,] Scaled(double[,] matrix, double factor)
        => MatrixParts.Combine(new double[matrix.GetLength(0), matrix.GetLength(1)], factor, matrix);
}
