using static LoraPrivacy.Protocol.ParameterKind;

namespace LoraPrivacy.Protocol;

/// <summary>All operations of the protocol: the only place that says what an operation is called, takes and gives.</summary>
public static class OperationTable
{
    private static readonly Parameter Rank = new("rank", Size, "r");
    private static readonly Parameter Dimension = new("dimension", Size, "m");
    private static readonly Parameter NormRatio = new("normRatio", Positive, "λ = ‖q‖/‖q′‖");
    private static readonly Parameter PairAngle = new("angle", Angle, "θ between q and q′; in one dimension 0 or π");
    private static readonly Parameter Delta = new("delta", Probability, "δ");
    private static readonly Parameter Epsilon = new("epsilon", NonNegativeOrInfinite, "ε");
    private static readonly Parameter FiniteEpsilon = new("epsilon", NonNegative, "ε");
    private static readonly Parameter Entry = new("entry", Finite, "q_i, in [-norm, norm]");
    private static readonly Parameter Norm = new("norm", Positive, "‖q‖");
    private static readonly Parameter Query = new("gradient", Vector("m"), "q");
    private static readonly Parameter Gradient = new("gradient", Matrix("n", "m"), "G");
    private static readonly Parameter Neighbour = new("neighbour", Matrix("n", "m"), "G′");
    private static readonly Parameter Eigenvalues = new("eigenvalues", Vector("k", new NumberKind(1e-12, 1e12)), "μ_j, the eigenvalues of Σ^{1/2}Σ′⁻¹Σ^{1/2}");
    private static readonly Parameter Mu = new("mu", NonNegative, "sensitivity over standard deviation of the noise");
    private static readonly Parameter Noise = new("noiseMultiplier", NonNegative, "σ: standard deviation of the noise over the clipping bound");
    private static readonly Parameter Sensitivity = new("sensitivity", NonNegative, "that of the full gradient");
    private static readonly Parameter AddedNoise = new("noise", Positive, "its standard deviation");
    private static readonly Parameter SamplingRate = new("samplingRate", Rate, "q: the probability with which an example is in a batch");
    private static readonly Parameter Steps = new("steps", Count(1_000_000_000_000), "T");
    private static readonly Parameter Relation = new("neighbours", Word("add-remove", "replace-one"), "what neighbouring data sets differ in", "\"add-remove\"");

    private static readonly Parameter[] Law = [Entry, Norm, Rank];
    private static readonly Parameter[] Pair = [Rank, Dimension, NormRatio, PairAngle];

    /// <summary>All operations, in the order in which the specification lists them.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        new(1, "noise/moments", "S4", "Mean and noise of AᵀA q.",
            [Query, Rank, new("kurtosis", AtLeast(1), "κ of the entries of A", "3, that of normal entries")],
            [new("mean", "q", "m"), new("variance", "the variance of each entry", "m"), new("total", "E‖AᵀA q − q‖²")],
            """{"gradient":[3,4],"rank":2}""", 1e-14),
        new(2, "noise/pdf", "S7", "The density of an entry of AᵀA q.",
            [.. Law, new("x", Extended, "the point")], ResultMember.Value("the density at x"),
            """{"entry":0.5,"norm":1,"rank":8,"x":0.25}""", 1e-10),
        new(3, "noise/cdf", "S7", "The distribution function of an entry of AᵀA q.",
            [.. Law, new("x", Extended, "the point")], ResultMember.Value("P(y_i ≤ x)"),
            """{"entry":0.5,"norm":1,"rank":8,"x":0.25}""", 1e-10),
        new(4, "noise/quantile", "S7", "The quantile of an entry of AᵀA q.",
            [.. Law, new("probability", Probability, "P(y_i ≤ x)")], ResultMember.Value("x"),
            """{"entry":0.5,"norm":1,"rank":8,"probability":0.25}""", 1e-11),
        new(5, "noise/gaussian-distance", "S9", "How far an entry of AᵀA q is from the normal law of its mean and variance.",
            [new("entryRatio", Ratio, "q_i/‖q‖"), Rank],
            [new("totalVariation", "the total variation distance"), new("kolmogorov", "the Kolmogorov distance")],
            """{"entryRatio":0.5,"rank":8}""", 1e-10),
        new(6, "product/delta", "S11", "δ(ε) of one product release of a vector.",
            [.. Pair, Epsilon], ResultMember.Value("δ"),
            """{"rank":16,"dimension":768,"normRatio":1,"angle":0.01,"epsilon":0.5}""", 1e-11),
        new(7, "product/epsilon", "S11", "The least ε of one product release of a vector.",
            [.. Pair, Delta], ResultMember.Value("ε"),
            """{"rank":16,"dimension":768,"normRatio":1,"angle":0.01,"delta":1e-5}""", 1e-9),
        new(8, "product/loss-cdf", "S13", "The distribution function of the privacy loss of one product release.",
            [.. Pair, new("loss", Extended, "ℓ")], ResultMember.Value("P(L ≤ ℓ)"),
            """{"rank":16,"dimension":768,"normRatio":1.1,"angle":0.01,"loss":0.25}""", 1e-11),
        new(9, "product/delta-floor", "S12", "The δ that no ε goes below.",
            [Rank, PairAngle], ResultMember.Value("δ at ε = ∞"),
            """{"rank":2,"angle":0.5}""", 1e-12),
        new(21, "product/composed-epsilon", "S22", "ε of many product releases, each with a fresh A.",
            [.. Pair, Steps, Delta], ResultMember.Bracket("ε"),
            """{"rank":8,"dimension":57,"normRatio":1.01,"angle":0,"steps":16,"delta":1e-5}"""),
        new(10, "product/worst-case-epsilon", "S14", "The largest ε of one product release over all neighbours.",
            [Rank, Dimension, new("relativeSensitivity", Positive, "τ = Δ/β"), Delta],
            [new("value", "ε"), new("normRatio", "λ of the worst pair"), new("angle", "θ of the worst pair"), new("direction", "which of the pair comes first") { Words = ["forward", "reverse"] }],
            """{"rank":16,"dimension":768,"relativeSensitivity":0.01,"delta":1e-5}"""),
        new(11, "factor/delta", "S24", "δ(ε) of releasing B alone.",
            [Rank, Eigenvalues, Epsilon], ResultMember.Value("δ"),
            """{"rank":4,"eigenvalues":[1.1,0.95],"epsilon":0.5}""", 1e-11),
        new(12, "factor/epsilon", "S24", "The least ε of releasing B alone.",
            [Rank, Eigenvalues, Delta], ResultMember.Value("ε"),
            """{"rank":4,"eigenvalues":[1.1,0.95],"delta":1e-5}""", 1e-9),
        new(13, "matrix/delta", "S16", "δ(ε) of one product release of a matrix.",
            [Gradient, Neighbour, Rank, FiniteEpsilon], ResultMember.Value("δ"),
            """{"gradient":[[1,2],[3,4]],"neighbour":[[2,4],[6,8]],"rank":4,"epsilon":0.5}""", 1e-11),
        new(14, "matrix/verdict", "S16", "Whether the product release of a matrix can tell two gradients apart for certain.",
            [Gradient, Neighbour],
            [new("verdict", "how the two are related") { Words = ["distinguishable", "vector", "scaled", "identical"] }, new("reason", "why") { Words = [] }],
            """{"gradient":[[1,2],[3,4]],"neighbour":[[1,2],[3,5]]}"""),
        new(15, "gaussian/delta", "S19", "δ(ε) of the Gaussian mechanism.",
            [Mu, Epsilon], ResultMember.Value("δ"), """{"mu":1,"epsilon":0.5}""", 1e-12),
        new(16, "gaussian/epsilon", "S19", "The least ε of the Gaussian mechanism.",
            [Mu, Delta], ResultMember.Value("ε"), """{"mu":25,"delta":1e-9}""", 1e-11),
        new(17, "dp-sgd/delta", "S19", "δ(ε) of DP-SGD on B.",
            [Noise, SamplingRate, Steps, FiniteEpsilon, Relation], ResultMember.Bracket("δ"),
            """{"noiseMultiplier":2,"samplingRate":0.1,"steps":50,"epsilon":1.5}"""),
        new(18, "dp-sgd/epsilon", "S19", "ε of DP-SGD on B.",
            [Noise, SamplingRate, Steps, Delta, Relation], ResultMember.Bracket("ε"),
            """{"noiseMultiplier":2,"samplingRate":0.1,"steps":50,"delta":1e-5,"neighbours":"replace-one"}"""),
        new(19, "dp-sgd/noise-multiplier", "S19", "The noise that DP-SGD on B needs.",
            [SamplingRate, Steps, new("epsilon", Positive, "ε"), Delta, Relation], ResultMember.Value("σ, never too small"),
            """{"samplingRate":1,"steps":100,"epsilon":2,"delta":1e-5}"""),
        new(22, "sketched-gaussian/delta", "S20", "δ(ε) of noise on the factor, with A public and independent of the data.",
            [Rank, Sensitivity, AddedNoise, Epsilon], ResultMember.Value("δ"),
            """{"rank":8,"sensitivity":1,"noise":2,"epsilon":0.5}""", 1e-11),
        new(30, "projected-gaussian/delta", "S33", "δ(ε) of noise before a projection on the rows of a public A.",
            [Rank, Dimension, Sensitivity, AddedNoise, Epsilon], ResultMember.Value("δ"),
            """{"rank":16,"dimension":768,"sensitivity":1,"noise":1,"epsilon":0.5}""", 1e-11),
        new(31, "projected-gaussian/epsilon", "S33", "The least ε of noise before a projection on the rows of a public A.",
            [Rank, Dimension, Sensitivity, AddedNoise, Delta], ResultMember.Value("ε"),
            """{"rank":16,"dimension":768,"sensitivity":1,"noise":1,"delta":1e-5}""", 1e-9),
        new(32, "sketched-gaussian/worst-case-delta", "S34", "The largest δ(ε) of noise on the factor, any rank.",
            [Rank, Sensitivity, AddedNoise, FiniteEpsilon], ResultMember.Bracket("δ"),
            """{"rank":8,"sensitivity":1,"noise":1,"epsilon":1}"""),
        new(33, "projected-gaussian/worst-case-delta", "S34", "The largest δ(ε) of noise before a projection, any rank.",
            [Rank, Dimension, Sensitivity, AddedNoise, FiniteEpsilon], ResultMember.Bracket("δ"),
            """{"rank":16,"dimension":768,"sensitivity":8,"noise":1,"epsilon":1}"""),
        new(20, "lora/step", "S1", "Loss and gradients of a layer with an adapter, y = x(W + sBA)ᵀ; means over the batch.",
            [
                new("weight", Matrix("n", "m"), "W"), new("a", Matrix("r", "m"), "A"), new("b", Matrix("n", "r"), "B"), new("scale", Finite, "s"),
                new("input", Matrix("k", "m"), "x"), new("target", Matrix("k", "n"), "the targets, for cross-entropy rows of probabilities"), new("loss", Word("squared-error", "cross-entropy"), "half the squared error, or cross-entropy"),
            ],
            [new("loss", "the loss"), new("gradient", "that of W", "n", "m"), new("gradientB", "that of B", "n", "r"), new("gradientA", "that of A", "r", "m")],
            """{"weight":[[1,2]],"a":[[1,1]],"b":[[0]],"scale":2,"input":[[1,1]],"target":[[1]],"loss":"squared-error"}""", 1e-12),
        new(90, "noise/sample", "S6", "Independent draws of AᵀA q, each with a fresh A of independent N(0, 1/r) entries.",
            [Query, Rank, new("count", Count(100_000, 1), "how many"), new("seed", Count((1L << 53) - 1), "their seed")], [new("draws", "one draw a row", "count", "m")],
            """{"gradient":[0.5,-1],"rank":4,"count":2,"seed":1}""") { IsRandom = true },
    ];

    /// <summary>The operations that have vectors.</summary>
    public static IEnumerable<Operation> WithVectors => All.Where(operation => !operation.IsRandom);

    /// <summary>The operation of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Operation Of(string name) => All.FirstOrDefault(operation => operation.Name == name) ?? throw new ArgumentException($"'{name}' is no operation of the protocol", nameof(name));

    /// <summary>The range of a number that an operation takes, for options that ask for the same.</summary>
    /// <exception cref="InvalidOperationException">There is no such operation or parameter.</exception>
    public static NumberKind RangeOf(string operation, string parameter)
        => All.Single(known => known.Name == operation).Parameters.Single(known => known.Name == parameter).Kind switch
        {
            NumberKind number => number,
            ArrayKind array => array.Entries,
            _ => throw new InvalidOperationException($"{parameter} of {operation} is no number"),
        };
}
