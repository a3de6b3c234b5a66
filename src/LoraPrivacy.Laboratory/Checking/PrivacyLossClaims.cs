using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S8, S10, S12 and S13: the privacy loss of production's releases of one row, against the exact law for a real neighbour.</summary>
internal static class PrivacyLossClaims
{
    /// <summary>The claims.</summary>
    /// <param name="task">The name of the model.</param>
    /// <param name="draws">Steps from the gradient G.</param>
    /// <param name="neighbour">The same row of the neighbouring batch's gradient: q′.</param>
    /// <param name="source">A seed for the place of infinite losses within their atom.</param>
    public static IEnumerable<Claim> Of(string task, SketchDraws draws, double[] neighbour, int source)
    {
        VectorPair pair = VectorPair.Between(draws.Query, neighbour);
        ProductRelease release = new(draws.Rank, draws.Query.Length);
        double floor = ProductRelease.DeltaFloor(draws.Rank, pair.Angle);
        double[] losses = Losses(draws, neighbour);
        string detail = FormattableString.Invariant(
            $"{task}, row {draws.RowIndex} at rank {draws.Rank}; one example replaced: λ = {pair.NormRatio:G4}, θ = {pair.Angle:G4}");

        // An infinite loss falls uniformly into the atom's interval, so that the transform is uniform.
        Random random = new(source);
        double[] atoms = [.. losses.Select(_ => random.NextDouble())];
        double[] values = TableWork.Silent.Map([.. Enumerable.Range(0, losses.Length)], i =>
            double.IsNaN(losses[i]) ? double.NaN : double.IsPositiveInfinity(losses[i]) ? 1 - (floor * atoms[i]) : release.Curve(pair).LossCdf(losses[i]));
        yield return LawClaim.Of(
            "S10", $"{task}: privacy loss of the releases, rank {draws.Rank}", "L = −k log h − a log λ + ½ X (λ/h − 1)", values,
            $"log f_q(y)/f_q′(y) by S8 against its distribution function by S13; {detail}");
        yield return Floor($"{task}: releases impossible under q′, rank {draws.Rank}", losses, floor, detail);
    }

    private static Claim Floor(string title, double[] losses, double floor, string detail)
        => Claim.Near(
            "S12", title, "δ_∞ = P(h ≤ 0) = F_{t_r}(−√r cot θ)", floor,
            losses.Count(double.IsPositiveInfinity) / (double)losses.Length, BinomialInterval.LargestDeviation(losses.Length, floor) / losses.Length) with
        {
            StandardError = Math.Sqrt(floor * (1 - floor) / losses.Length),
            FalseAlarmRate = BinomialInterval.FalseAlarmRate,
            Detail = $"exact binomial interval for {losses.Length} draws; {detail}",
        };

    private static double[] Losses(SketchDraws draws, double[] neighbour)
    {
        GradientLaw law = new(draws.Query, draws.Rank);
        GradientLaw other = new(neighbour, draws.Rank);
        return TableWork.Silent.Map(draws.Rows, y => law.LogDensity(y) - other.LogDensity(y));
    }
}
