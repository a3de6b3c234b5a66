using LoraPrivacy.Reference.Releases.Projection;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S25: orthonormal A projects. The share that is kept has a Beta law, and the support tells every pair of rows apart.</summary>
internal static class ProjectionClaims
{
    /// <summary>The claims.</summary>
    /// <param name="task">The name of the model.</param>
    /// <param name="draws">Steps with orthonormal A, whose rows have length 1/s.</param>
    /// <param name="neighbour">The same row in the neighbouring batch.</param>
    public static IEnumerable<Claim> Of(string task, SketchDraws draws, double[] neighbour)
    {
        ProjectionLaw law = new(draws.Rank, draws.Query.Length);
        double square = MatrixParts.InnerProduct(draws.Query, draws.Query);
        string detail = $"{task}, row {draws.RowIndex}, orthonormal A of rank {draws.Rank}";
        yield return LawClaim.Of(
            "S25", $"{task}: orthonormal A, the share kept is Beta", "P q = S q + √(S(1 − S))‖q‖ w, S ~ Beta(r/2, (m − r)/2)",
            [.. draws.Rows.Select(y => law.ShareCumulativeDistribution(Math.Clamp(MatrixParts.InnerProduct(y, draws.Query) / square, 0, 1)))], detail);
        double own = draws.Rows.Max(y => ProjectionRelease.SupportStatistic(law, y, draws.Query));
        double other = draws.Rows.Select(y => ProjectionRelease.SupportStatistic(law, y, neighbour)).Order().ElementAt(draws.Rows.Length / 2);
        yield return Claim.AtMost(
            "S25", $"{task}: the projection is on q's sphere", "⟨P q, q⟩ = ‖P q‖²", own, 1e-12) with
        {
            Detail = $"the largest statistic of {draws.Rows.Length} draws; {detail}",
        };
        yield return Claim.AtLeast(
            "S25", $"{task}: and not on the neighbour's", "⟨P q, q′⟩ ≠ ‖P q‖² with probability 1", other, 1e-10) with
        {
            Detail = $"the median statistic of {draws.Rows.Length} draws; {detail}",
        };
    }
}
