using LoraPrivacy.Reference.Releases.Matrix;
using static LoraPrivacy.CommandLine.Verdicts.Neighbours;
using static LoraPrivacy.CommandLine.Verdicts.Release;
using static LoraPrivacy.CommandLine.Verdicts.Steps;

namespace LoraPrivacy.CommandLine.Verdicts;

/// <summary>
/// The verdict on every release, for every kind of neighbours and steps: the one place that words them. Tables, the page of <c>report</c>,
/// <c>assess</c>, <c>audit</c> and <c>train</c> speak from it.
/// </summary>
internal static class VerdictCatalogue
{
    /// <summary>What is said of a folder of weights, whatever it holds.</summary>
    public const string NotCertified = "not certified private";

    /// <summary>What is said of a folder whose claimed ε is refuted.</summary>
    public const string Refuted = "CLAIM REFUTED, and not certified private";

    /// <summary>What is said of a release whose guarantee rests on what files cannot show.</summary>
    public const string Unverified = "not certified";

    /// <summary>What precedes the reason where a trainer's claim is taken at its word.</summary>
    public const string IfClaimed = "Its trainer claims DP-SGD, which weights cannot show. If all of the claim is true: ";

    /// <summary>What is said of noise that nobody claims to have added.</summary>
    public const string NotClaimed = "not claimed";

    /// <summary>What is said of training with noise from a seed that was given.</summary>
    public const string SeedGiven = "no. The seed was given: whoever knows or guesses it removes the noise. Leave --seed out for a secret key.";

    /// <summary>What is said of a number that the arithmetic cannot give.</summary>
    public const string NotComputed = "not computed";

    private const string AddNoise = "Added noise: train B by DP-SGD with A independent of the data, and account for it (lora-oracle account dp-sgd, S19).";

    private static readonly Release[] Products = [Row, Matrix];
    private static readonly Neighbours[] Exceptions = [Proportional, CommonColumn];
    private static readonly Neighbours[] Regular = [Proportional, CommonColumn, Floored];
    private static readonly Neighbours[] Different = [Proportional, CommonColumn, Floored, Any];
    private static readonly Steps[] Every = Enum.GetValues<Steps>();

    /// <summary>All verdicts; each combination of release, neighbours and steps is in exactly one.</summary>
    public static IReadOnlyList<Verdict> All { get; } =
    [
        new("checkpoint", "A and B (checkpoint)", [Checkpoint], Different, Every, Answer.No,
            "Given A, what is published is a function of the data, so that two data sets which give different results are told apart for certain.",
            AddNoise, "S18"),
        new("product-matrix", "Product of a matrix", [Matrix], [Floored, Any], [One, FreshA], Answer.No,
            "Y Gᵀ is symmetric for the true gradient G, and with probability 1 it is not for a neighbour, however close, unless the two are proportional or outer products with one common column.",
            AddNoise, "S16"),
        new("reuse", "Products with one A for several steps", Products, [Floored, Any], [SameA], Answer.No,
            "Steps whose gradients are fixed beforehand stack to one matrix, and the symmetry test tells its neighbours apart. Where gradients depend on earlier releases, as in training, S17 says when the test still works, and no upper bound is claimed.",
            "A fresh, secret A for every step, and vectors only (S22); or added noise (S19).", "S17"),
        new("sum", "Several steps, published at the end only", [Row, Matrix, Factor, Projection], Different, [EndOnly], Answer.Unknown,
            "The later gradients depend on the earlier A through the weights, and no statement covers the sum of the steps alone, be A one or fresh.",
            AddNoise, "S17"),
        new("projection", "Projection (orthonormal A, LoRA-FA's step)", [Projection], Different, [One, FreshA, SameA], Answer.No,
            "⟨y, q⟩ = ‖y‖² holds for the true q only, at every rank and even for one row. The step has noise, which falls with the rank, and that noise gives no privacy.",
            AddNoise, "S25"),
        new("data-made", "A made from the data", [DataMadeA], Different, Every, Answer.No,
            "A is computed from the data and is published, so that it tells something about them before any training. No guarantee here covers it: S19 presupposes an A that is independent of the data.",
            "An initialisation that does not look at the data.", "S19"),
        new("vector-unfloored", "Product of a vector, no norm floor", [Row], [Any], [One, FreshA], Answer.No,
            "For q = 0 the release is exactly 0, and opposite queries are told apart for certain: without a floor on ‖q‖ no ε gives a δ below 1.",
            "A floor β on the norm of every q, which an appended constant coordinate ensures (S23).", "S14"),
        new("vector-floored", "Product of a vector above a norm floor", [Row], [Floored], [One], Answer.Yes,
            "The exact curve is known. δ has a floor of its own, which no ε goes below, and pure ε is never reached. The worst neighbour is searched for on the boundary of the neighbourhood, which is tested, not proved.",
            "A Gaussian A that is fresh and secret, and a floor on ‖q‖ for all data sets (S23); then ε against rank is in lora-oracle epsilon --tau.", "S11", "S12", "S14", "S15", "S23"),
        new("vector-pair", "Product of a vector, one pair", [Row], Exceptions, [One], Answer.Yes,
            "The exact curve depends on the ratio λ of the norms and the angle θ alone. Where θ > 0, δ has a floor and pure ε is never reached.",
            "All neighbours instead of one pair: a floor on ‖q‖ (S14, S23).", "S11", "S12"),
        new("vector-fresh", "Products of vectors with a fresh A each", [Row], Regular, [FreshA], Answer.Yes,
            "The privacy losses of the steps add up, and their law is composed between proved bounds. The floor on δ grows with the steps.",
            "An A drawn anew for every step and never used again, and a norm floor for all neighbours (lora-oracle account product).", "S12", "S22", "S27"),
        new("matrix-proportional", "Product of a matrix, proportional neighbours", [Matrix], [Proportional], [One], Answer.Yes,
            "The losses are those of a χ² scale family, with no floor on δ. Such neighbours are an exception that no training guarantees.",
            AddNoise, "S16"),
        new("matrix-common-column", "Product of a matrix, one common column", [Matrix], [CommonColumn], [One], Answer.Yes,
            "The release is that of one row: all rows are multiples of AᵀA q. Such neighbours are an exception that no training guarantees.",
            AddNoise, "S11", "S16"),
        new("matrix-fresh", "Products of matrices in the two exceptions, a fresh A each", [Matrix], Exceptions, [FreshA], Answer.Yes,
            "The losses of the exceptions of S16 add up over the steps.",
            AddNoise, "S16", "S22", "S27"),
        new("reuse-exceptions", "Products with one A, in the two exceptions", Products, Exceptions, [SameA], Answer.Yes,
            "The stacked gradients are multiplied by one c > 0, or lie along one direction of each data set: then they are a scale family, or one vector, and further steps along it cost nothing.",
            "Gradients fixed beforehand along one direction, which no training guarantees.", "S16", "S17"),
        new("factor", "B alone (factor)", [Factor], Regular, [One], Answer.Yes,
            "The columns of G Aᵀ are normal with covariance GGᵀ/r, on a column space that both gradients share, and the exact curve follows.",
            "A secret, fresh, Gaussian A, and a floor on the least eigenvalue of GGᵀ for all data sets.", "S24"),
        new("factor-fresh", "B alone, a fresh A for every step", [Factor], Regular, [FreshA], Answer.Yes,
            "The losses of the steps add up (lora-oracle account factor).",
            "A secret A drawn anew for every step, and a floor on the least eigenvalue of GGᵀ for all data sets.", "S22", "S24"),
        new("factor-unfloored", "B alone, no floor", [Factor], [Any], [One, FreshA, SameA], Answer.No,
            "Where the column spaces of G and G′ differ, as without a floor on GGᵀ they may, G Aᵀ shows which of them it lies in.",
            "A floor on the least eigenvalue of GGᵀ for all data sets; or added noise (S19).", "S24"),
        new("factor-reuse", "B alone, several steps with one A", [Factor], Regular, [SameA], Answer.Unknown,
            "No statement covers several factor releases that share an A.",
            AddNoise, "S24"),
        new("dp-sgd", "B by DP-SGD", [DpSgd], Different, Every, Answer.Yes,
            "It is the Poisson-subsampled Gaussian mechanism, whatever A is, and every step on the way is covered. The sketch by A is not counted on.",
            "Clipping, secret noise, Poisson sampling, an A and settings that do not depend on the data, and a record of it that can be trusted.", "S19", "S27", "S28"),
        new("identical", "Equal gradients", Enum.GetValues<Release>(), [Identical], Every, Answer.Same,
            "The two gradients are equal, and so are the laws of their releases.",
            "Nothing.", "S16"),
    ];

    public static Verdict Of(Release release, Neighbours neighbours, Steps steps) => All.Single(verdict => verdict.Covers(release, neighbours, steps));

    /// <summary>The kind of neighbours that the reference found a pair to be.</summary>
    public static Neighbours KindOf(MatrixVerdict verdict) => verdict.Kind switch
    {
        MatrixVerdictKind.Identical => Identical,
        MatrixVerdictKind.Scaled => Proportional,
        MatrixVerdictKind.Vector => CommonColumn,
        _ => Any,
    };

    /// <summary>What is said of a run of DP-SGD.</summary>
    /// <param name="epsilon">ε, as printed, or null where no finite one is known.</param>
    /// <param name="delta">δ, as printed.</param>
    /// <param name="basis">What proves it.</param>
    /// <param name="unit">What one of is protected.</param>
    public static string OfRun(string? epsilon, string delta, string basis, string? unit) => epsilon is null
        ? $"no finite ε is known at δ = {delta} (S19)."
        : $"(ε = {epsilon}, δ = {delta})-differentially private, {basis}; the unit of privacy is one {unit}.";
}
