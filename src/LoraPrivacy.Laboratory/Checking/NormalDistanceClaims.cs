namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S9: at a small rank an entry is not normal, and its distance to the normal law is the exact one.</summary>
internal static class NormalDistanceClaims
{
    public static IEnumerable<Claim> Of(string task, SketchDraws draws)
    {
        VarianceGamma law = new GradientLaw(draws.Query, draws.Rank).Entry(draws.EntryIndex);
        double deviation = Math.Sqrt(law.Variance);
        double[] values = [.. draws.Rows.Select(row => NormalDistribution.Cdf((row[draws.EntryIndex] - law.Mean) / deviation))];
        double ratio = Math.Clamp(law.Entry / law.Norm, -1, 1);
        string detail = $"{task}, row {draws.RowIndex}, its largest entry, at rank {draws.Rank}, against the normal law of its mean and variance";
        yield return LawClaim.Refutation(
            "S9", $"{task}: at rank {draws.Rank} an entry is not normal", "no Gaussian limit in m: the law depends on r and q_i/‖q‖ alone", values, detail);
        yield return Claim.Near(
            "S9", $"{task}: its distance to the normal law", "sup|F − Φ| by quadrature", GaussianDistance.Kolmogorov(ratio, draws.Rank),
            KolmogorovTest.Distance(values), KolmogorovTest.Bound(values.Length)) with
        {
            FalseAlarmRate = KolmogorovTest.FalseAlarmRate,
            Detail = $"Kolmogorov distance of {values.Length} draws; {detail}",
        };
    }
}
