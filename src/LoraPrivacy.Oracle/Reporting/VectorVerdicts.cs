using LoraPrivacy.CommandLine.Tables;
using LoraPrivacy.Oracle.Tables;
using LoraPrivacy.Reference.Accounting;
using LoraPrivacy.Reference.Numerics;
using LoraPrivacy.Reference.Releases.Factor;
using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Oracle.Reporting;

/// <summary>The releases for which there is an ε: one vector, B alone under a floor, and DP-SGD on B.</summary>
internal static class VectorVerdicts
{
    private const double Delta = 1e-5;
    private const double Tau = 0.01;
    private const int Dimension = 1024;
    private const int ShownDigits = 4;

    /// <summary>Far above the promised error of every ε shown.</summary>
    private const double Error = 1e-8;

    /// <summary>One product release of one vector (S11, S12, S14).</summary>
    public static ReleaseVerdict Product()
    {
        WorstCase Case(int rank) => new(rank, Dimension);
        string floor = DeltaFloorTable.RoundedUp(2, Tau, Case(2).DeltaFloor(Tau), ShownDigits);
        return new(
            "product-vector",
            "Product release of a vector",
            "y = AᵀA q for a gradient of one row q; A Gaussian, fresh, secret, independent of the data; no noise added.",
            "‖q − q′‖ ≤ τβ with ‖q‖, ‖q′‖ ≥ β: a sensitivity Δ = τβ and a norm floor β.",
            "One step, released once.",
            "(ε, δ)-differentially private under a norm floor, with δ above a floor of its own; never ε-differentially private with δ = 0 but for identical gradients.",
            "The privacy curve is known exactly. It does not fall below the probability that the release points away from the neighbour, and without β > 0 there is no guarantee with δ < 1. The worst neighbour is searched for on the boundary of the neighbourhood, which is tested, not proved.",
            [
                ($"worst-case ε at m = {Dimension}, τ = {Tau:R}, δ = 1e-5, rank 2", Epsilon(Case(2).Epsilon(Tau, Delta).Epsilon) + $" (δ is at least {floor}, rounded up, at every ε)"),
                ("the same at rank 32", Epsilon(Case(32).Epsilon(Tau, Delta).Epsilon)),
                ("the same at rank 1024", Epsilon(Case(1024).Epsilon(Tau, Delta).Epsilon)),
            ],
            ["S11", "S12", "S14", "S15"]);
    }

    /// <summary>Many product releases of a vector with a fresh A each (S22).</summary>
    public static ReleaseVerdict FreshProducts()
    {
        const int steps = 100;
        PrivacyPair pair = PrivacyPair.Product(new ProductRelease(64, 768), new VectorPair(1, Tau));
        Bracket epsilon = new PrivacyAccountant((pair, steps)) { RelativeWidth = 5e-3 }.BothDirections().Epsilon(Delta);
        return new(
            "fresh-products",
            "Product releases of vectors with a fresh A each",
            "y_t = A_tᵀA_t q_t for t = 1, …, T; every A_t Gaussian, secret, drawn anew and never used again; no noise added.",
            "One and the same pair q, q′ at every step; or all pairs with ‖q − q′‖ ≤ τβ and norms at least β, for an upper bound.",
            "T steps, all released; each gradient may depend on earlier releases.",
            "(ε, δ)-differentially private for each number of steps, with a floor on δ that grows with the steps.",
            "The privacy losses of the steps add up, and their law is composed between proved bounds. One A for all steps is another release, and a matrix of two or more rows another verdict.",
            [($"one pair, not the worst case: m = 768, rank 64, equal norms, angle {Tau:R}, {steps} steps, δ = 1e-5", $"ε between {Digits.Down(epsilon.Lower, 3, 0)} and {Digits.Up(epsilon.Upper, 3, 0)}, rounded outward")],
            ["S12", "S22", "S27"]);
    }

    /// <summary>One factor release (S24).</summary>
    public static ReleaseVerdict Factor()
    {
        // At the floor, a change of relative size τ along it moves one eigenvalue to the end of the interval of S24, item 6.
        double worst = 1 / ((1 - Tau) * (1 - Tau));
        string Epsilon8(double eigenvalue) => Epsilon(new FactorRelease(8, eigenvalue).BothDirections().Epsilon(Delta).Upper);
        double[,] gradient = { { 1, 0, 0 }, { 0, 1, 0 } };
        double[,] moved = { { 1, 0, 0 }, { 0, 0, 0 } };
        return new(
            "factor",
            "Factor release (B alone)",
            "G Aᵀ, the first update of B from B = 0; A Gaussian, fresh, secret, and not published.",
            "‖G − G′‖₂ ≤ τβ, with β² at most the least eigenvalue of GGᵀ; τ < 1.",
            "One step from B = 0.",
            "(ε, δ)-differentially private for a pair with GGᵀ and G′G′ᵀ of one column space; no guarantee without a floor on the least eigenvalue of GGᵀ.",
            "Each column of the release is a draw of N(0, GGᵀ/r). Where the column spaces differ, the release shows which of them it lies in: δ(ε) = 1.",
            [
                ($"one pair, not the worst case: one relative eigenvalue (1 − τ)⁻² at τ = {Tau:R}, rank 8, δ = 1e-5", Epsilon8(worst)),
                (
                    "G of full row rank, G′ with a row of zeros",
                    FactorEigenvalues.SupportsAgree(gradient, moved) ? "one column space" : $"the column spaces differ: δ(ε) = {FactorRelease.Delta(gradient, moved, 8, 1):R}"),
            ],
            ["S24"]);
    }

    /// <summary>DP-SGD on B (S19, S27).</summary>
    public static ReleaseVerdict DpSgd()
    {
        (string, string) Instance(double noise, double rate, long steps)
        {
            Bracket bracket = new DpSgdMechanism(noise, rate, steps).Epsilon(Delta);
            return (
                $"noise multiplier {noise:R}, sampling rate {rate:R}, {steps} steps, δ = 1e-5: the least ε of the worst case",
                $"between {Digits.Down(bracket.Lower, ShownDigits, 0)} and {Digits.Up(bracket.Upper, ShownDigits, 0)}, rounded outward");
        }

        return new(
            "dp-sgd",
            "DP-SGD on B",
            "All noisy clipped gradients of B, so all iterates of B, and A or not. A and all settings do not depend on the data.",
            "One example added or removed; Poisson sampling.",
            "All T steps together.",
            "(ε, δ)-differentially private by its added noise, whatever A is.",
            "It is the Poisson-subsampled Gaussian mechanism. The sketch by A is not counted on. Data-driven A, settings tuned on the data, seeds that are known and noise in floating point are not covered.",
            [Instance(1, 0.01, 1000), Instance(2, 0.01, 1000)],
            ["S19", "S27", "S28"]);
    }

    private static string Epsilon(double value) => double.IsInfinity(value) ? "no ε" : $"ε = {Digits.Up(value, ShownDigits, Error)}, rounded up";
}
