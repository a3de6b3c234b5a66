namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S2–S7: mean, covariance, noise and law of the sketched gradient, on steps of production.</summary>
internal static class SketchLawClaims
{
    /// <summary>The claims about Gaussian A of variance 1/(s² r).</summary>
    public static IEnumerable<Claim> Of(string task, SketchDraws draws)
    {
        GradientLaw law = new(draws.Query, draws.Rank);
        VarianceGamma entryLaw = law.Entry(draws.EntryIndex);
        double[] entries = [.. draws.Rows.Select(row => row[draws.EntryIndex])];
        string row = $"{task}, row {draws.RowIndex} of the gradient at rank {draws.Rank}";

        yield return Mean("S2", $"{task}: mean of the largest entry", "E[G AᵀA] = G", draws.Query[draws.EntryIndex], entries, EntryMoments.Of(entryLaw), row);
        yield return Mean(
            "S4", $"{task}: variance of that entry", "Var(y_i) = (‖q‖² + (κ − 2) q_i²)/r",
            GradientMoments.EntryVariance(entryLaw.Entry, entryLaw.Norm, draws.Rank), Squares(entries, entryLaw.Mean), EntryMoments.OfSquare(entryLaw), row);
        yield return Noise(task, draws, row);
        yield return PairVariance(task, draws, row);
        yield return MatrixVariance(task, draws);
        foreach (Claim claim in Laws(task, draws, entryLaw, entries, row))
        {
            yield return claim;
        }
    }

    private static IEnumerable<Claim> Laws(string task, SketchDraws draws, VarianceGamma entryLaw, double[] entries, string row)
    {
        double square = MatrixParts.InnerProduct(draws.Query, draws.Query);
        double[] shares = [.. draws.Rows.Select(y => MatrixParts.InnerProduct(y, draws.Query) / square)];
        double[] rests = [.. draws.Rows.Select((y, i) => Rest(y, draws.Query, shares[i], square) * draws.Rank / (shares[i] * square))];
        ChiSquareLaw along = new(draws.Rank);
        ChiSquareLaw across = new(draws.Query.Length - 1);
        yield return LawClaim.Of(
            "S6", $"{task}: r⟨y, q⟩/‖q‖² is χ²_r", "y = S q + ‖q‖√(S/r) P⊥z, r S ~ χ²_r", [.. shares.Select(share => along.Below(share * draws.Rank))], row);
        yield return LawClaim.Of(
            "S6", $"{task}: r‖P⊥y‖²/(S‖q‖²) is χ²_{{m−1}}", "y = S q + ‖q‖√(S/r) P⊥z, z ~ N(0, I)", [.. rests.Select(across.Below)], row);
        yield return LawClaim.Of(
            "S7", $"{task}: an entry is variance-gamma", "y_i = ((‖q‖ + q_i) X₁ − (‖q‖ − q_i) X₂)/r", DistributionValues(entryLaw, entries), row);
        yield return LawClaim.Of(
            "S7", $"{task}: a combination of rows and columns", "uᵀY v has the law of an entry of the row Gᵀu along v",
            DistributionValues(draws.CombinationLaw(), draws.Combinations), $"{task}, {Combination(draws)}");
    }

    private static Claim Noise(string task, SketchDraws draws, string row)
    {
        double square = MatrixParts.InnerProduct(draws.Query, draws.Query);
        double[] noise = [.. draws.Rows.Select(y => y.Select((value, i) => value - draws.Query[i]).Sum(difference => difference * difference) / square)];
        RelativeNoise law = new(draws.Rank, draws.Query.Length);
        return Mean("S4", $"{task}: noise of the row, E‖y − q‖²/‖q‖²", "E‖y − q‖² = (m + κ − 2)‖q‖²/r", law.Mean, noise, law.CentralMoments(MeanBound.HighestMoment), row);
    }

    private static Claim PairVariance(string task, SketchDraws draws, string row)
    {
        (int i, int j) = (draws.CombinedColumns[0], draws.CombinedColumns[1]);
        double[] sums = [.. draws.Rows.Select(y => (y[i] + y[j]) / Math.Sqrt(2))];
        VarianceGamma law = new((draws.Query[i] + draws.Query[j]) / Math.Sqrt(2), EuclideanNorm.Of(draws.Query), draws.Rank);
        double exact = draws.CombinedColumns.Sum(a => draws.CombinedColumns.Sum(b => GradientMoments.RowCovariance(draws.Query, a, b, draws.Rank))) / 2;
        return Mean(
            "S3", $"{task}: variance along two entries of a row", "Cov(AᵀA q) = (‖q‖² I + q qᵀ + (κ − 3) diag(q_i²))/r",
            exact, Squares(sums, law.Mean), EntryMoments.OfSquare(law), $"{row}; ½ Var(y_{i} + y_{j})");
    }

    private static Claim MatrixVariance(string task, SketchDraws draws)
    {
        VarianceGamma law = draws.CombinationLaw();
        double exact = 0;
        foreach (int a in draws.CombinedRows)
        {
            foreach (int b in draws.CombinedRows)
            {
                foreach (int i in draws.CombinedColumns)
                {
                    exact += draws.CombinedColumns.Sum(j => GradientMoments.MatrixCovariance(draws.Gradient, a, i, b, j, draws.Rank)) / 4;
                }
            }
        }

        return Mean(
            "S5", $"{task}: variance across two rows, two columns",
            "Cov(Y_ai, Y_bj) = ((GGᵀ)_ab δ_ij + G_aj G_bi + (κ − 3) δ_ij G_ai G_bi)/r",
            exact, Squares(draws.Combinations, law.Mean), EntryMoments.OfSquare(law), $"{task}, {Combination(draws)}");
    }

    private static string Combination(SketchDraws draws)
        => $"rows {draws.CombinedRows[0]} and {draws.CombinedRows[1]}, columns {draws.CombinedColumns[0]} and {draws.CombinedColumns[1]} at rank {draws.Rank}";

    /// <summary>A mean over draws against its expectation, with the tolerance that the exact moments of a draw give.</summary>
    private static Claim Mean(string statement, string title, string formula, double exact, double[] values, double[] centralMoments, string detail)
        => Claim.Near(statement, title, formula, exact, values.Average(), MeanBound.Of(centralMoments, values.Length)) with
        {
            StandardError = Math.Sqrt(centralMoments[2] / values.Length),
            FalseAlarmRate = MeanBound.FalseAlarmRate,
            Detail = $"mean of {values.Length} draws; {detail}",
        };

    private static double[] Squares(double[] values, double mean) => [.. values.Select(value => (value - mean) * (value - mean))];

    private static double Rest(double[] y, double[] q, double share, double square)
    {
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double component = y[i] - (share * q[i]);
            sum += component * component;
        }

        return square > 0 ? sum : double.NaN;
    }

    private static double[] DistributionValues(VarianceGamma law, double[] values)
        => TableWork.Silent.Map(values, value => double.IsFinite(value) ? law.CumulativeDistribution(value) : double.NaN);
}
