namespace LoraPrivacy.CommandLine.Verdicts;

/// <summary>What the adversary sees.</summary>
internal enum Release
{
    /// <summary>AᵀA q, for a gradient of one row q, A secret.</summary>
    Row,

    /// <summary>G AᵀA, for a gradient of two or more rows, A secret.</summary>
    Matrix,

    /// <summary>G Aᵀ, the update of B alone, A secret.</summary>
    Factor,

    /// <summary>A and B together.</summary>
    Checkpoint,

    /// <summary>G P, P the projection on the rows of A, A secret.</summary>
    Projection,

    /// <summary>A that was computed from the data.</summary>
    DataMadeA,

    /// <summary>B trained by DP-SGD, and A or not.</summary>
    DpSgd,
}

/// <summary>Which gradients G, G′ of two neighbouring data sets are to be told apart; of steps with one A, which stacked gradients.</summary>
internal enum Neighbours
{
    /// <summary>G′ = G.</summary>
    Identical,

    /// <summary>G′ = cG, c &gt; 0.</summary>
    Proportional,

    /// <summary>G = u qᵀ and G′ = u q′ᵀ.</summary>
    CommonColumn,

    /// <summary>All pairs kept away from 0, or from a singular GGᵀ, by a floor.</summary>
    Floored,

    /// <summary>All pairs.</summary>
    Any,
}

/// <summary>How many steps are released, and with how many A.</summary>
internal enum Steps
{
    /// <summary>One step, released once.</summary>
    One,

    /// <summary>Several steps, each released, each with an A of its own.</summary>
    FreshA,

    /// <summary>Several steps, each released, all with one A.</summary>
    SameA,

    /// <summary>Several steps, with one A or fresh ones, of which only the end is released.</summary>
    EndOnly,
}

/// <summary>The scopes in words.</summary>
internal static class Scope
{
    public static string Describe(this Release release) => release switch
    {
        Release.Row => "y = AᵀA q, for a gradient of one row q (product release); A is Gaussian, secret and independent of the data, and no noise is added.",
        Release.Matrix => "Y = G AᵀA, for a gradient of two or more rows (product release, ΔW without A); A is Gaussian, secret and independent of the data, and no noise is added.",
        Release.Factor => "G Aᵀ, the update of B alone (factor release); A is Gaussian, secret and independent of the data, and no noise is added.",
        Release.Checkpoint => "A and B (checkpoint release); A has a density and is independent of the data, and no noise is added.",
        Release.Projection => "G P, P the projection on the rows of A: A is orthonormal, or the step is preconditioned by (AAᵀ)⁻¹; A is secret, and no noise is added.",
        Release.DataMadeA => "A, computed from the training data (EVA, CorDA, LoRA-GA), even before training.",
        _ => "All noisy clipped gradients of B, and so every iterate of B, and A or not; A and all settings do not depend on the data.",
    };

    public static string Describe(this Neighbours neighbours) => neighbours switch
    {
        Neighbours.Identical => "equal gradients, G′ = G",
        Neighbours.Proportional => "gradients with G′ = cG, c > 0",
        Neighbours.CommonColumn => "outer products with one common column, G = u qᵀ and G′ = u q′ᵀ",
        Neighbours.Floored => "all neighbours above a floor: ‖q‖ ≥ β for vectors, GGᵀ ≥ β² for B alone",
        _ => "all neighbours, without a floor",
    };

    /// <summary>Several kinds of neighbours, all different pairs as one.</summary>
    public static IEnumerable<string> Describe(this IReadOnlyList<Neighbours> kinds) => kinds.Count == 4 ? ["any pair G ≠ G′"] : kinds.Select(Describe);

    /// <summary>Several numbers of steps, all of them as one.</summary>
    public static IEnumerable<string> Describe(this IReadOnlyList<Steps> kinds) => kinds.Count == 4 ? ["any number of steps"] : kinds.Select(Describe);

    public static string Describe(this Steps steps) => steps switch
    {
        Steps.One => "one step, released once",
        Steps.FreshA => "several steps, each with a fresh A",
        Steps.SameA => "several steps with one A, each released; gradients fixed beforehand",
        _ => "several steps, only the end released",
    };
}
