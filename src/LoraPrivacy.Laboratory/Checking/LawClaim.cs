using LoraPrivacy.CommandLine.Statistics;

namespace LoraPrivacy.Laboratory.Checking;

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
