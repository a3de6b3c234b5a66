namespace LoraPrivacy.Laboratory.Checking;

/// <summary>What must hold between an observed number and what is allowed.</summary>
internal enum Relation
{
    /// <summary>|observed − exact| ≤ tolerance.</summary>
    Near,

    /// <summary>observed ≤ tolerance.</summary>
    AtMost,

    /// <summary>observed ≥ tolerance.</summary>
    AtLeast,
}

/// <summary>One thing that the production path was held against: a number of the reference, and what was observed.</summary>
internal sealed record Claim
{
    private const int ShownDigits = 4;

    /// <summary>The statement, such as S7; null for what the specification does not number.</summary>
    public required string? Statement { get; init; }

    /// <summary>What was compared, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The formula that a failure puts in doubt, in symbols or words.</summary>
    public required string Formula { get; init; }

    /// <summary>The reference's value; null where the claim is that something is small or large.</summary>
    public double? Exact { get; init; }

    /// <summary>What production gave.</summary>
    public required double Observed { get; init; }

    /// <summary>How the observed number must lie to be right.</summary>
    public required Relation Relation { get; init; }

    /// <summary>The largest deviation, or the bound.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The exact standard deviation of the observed number, where it is a mean of draws.</summary>
    public double? StandardError { get; init; }

    /// <summary>The probability with which a right production path fails this claim, at most; null where chance has no part.</summary>
    public double? FalseAlarmRate { get; init; }

    /// <summary>How it was observed.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>The verdict. A number that is not finite never holds.</summary>
    public bool Holds => double.IsFinite(Observed) && Relation switch
    {
        Relation.Near => Math.Abs(Observed - Exact!.Value) <= Tolerance,
        Relation.AtMost => Observed <= Tolerance,
        _ => Observed >= Tolerance,
    };

    /// <summary>What is allowed, for people.</summary>
    public string Allowed => Relation switch
    {
        Relation.Near => "±",
        Relation.AtMost => "≤",
        _ => "≥",
    } + " " + Shown(Tolerance).Display;

    /// <summary>The observed number, for people and programs.</summary>
    public Cell ObservedCell => double.IsNaN(Observed) ? new Cell("not a number") { Full = string.Empty } : Shown(Observed);

    /// <summary>The reference's value, for people and programs.</summary>
    public Cell ExactCell => Exact is double exact ? Shown(exact) : Cell.Undefined;

    /// <summary>A number that must be the reference's up to a tolerance.</summary>
    public static Claim Near(string? statement, string title, string formula, double exact, double observed, double tolerance)
        => Of(statement, title, formula, observed, Relation.Near, tolerance) with { Exact = exact };

    /// <summary>A number that must not be large.</summary>
    public static Claim AtMost(string? statement, string title, string formula, double observed, double bound)
        => Of(statement, title, formula, observed, Relation.AtMost, bound);

    /// <summary>A number that must not be small.</summary>
    public static Claim AtLeast(string? statement, string title, string formula, double observed, double bound)
        => Of(statement, title, formula, observed, Relation.AtLeast, bound);

    private static Claim Of(string? statement, string title, string formula, double observed, Relation relation, double tolerance)
        => new() { Statement = statement, Title = title, Formula = formula, Observed = observed, Relation = relation, Tolerance = tolerance };

    private static Cell Shown(double value) => Cell.Measured(value, ShownDigits);
}

/// <summary>Claims that draws follow a continuous law, or do not, by the <see cref="KolmogorovTest"/>.</summary>
internal static class LawClaim
{
    /// <summary>The claim that draws follow a law.</summary>
    public static Claim Of(string statement, string title, string formula, IReadOnlyCollection<double> distributionValues, string detail)
        => Claim.AtMost(statement, title, formula, KolmogorovTest.Distance(distributionValues), KolmogorovTest.Bound(distributionValues.Count)) with
        {
            FalseAlarmRate = KolmogorovTest.FalseAlarmRate,
            Detail = $"Kolmogorov distance of {distributionValues.Count} draws; {detail}",
        };

    /// <summary>The claim that draws do not follow a law, so that the test is seen to have the power to say so.</summary>
    public static Claim Refutation(string statement, string title, string formula, IReadOnlyCollection<double> distributionValues, string detail)
        => Claim.AtLeast(statement, title, formula, KolmogorovTest.Distance(distributionValues), KolmogorovTest.Bound(distributionValues.Count)) with
        {
            Detail = $"Kolmogorov distance of {distributionValues.Count} draws; {detail}",
        };
}
