namespace LoraPrivacy.Laboratory.Checking;

/// <summary>S24: the columns of G Aᵀ, which B shows, are independent and normal with covariance GGᵀ/r.</summary>
internal static class FactorClaims
{
    /// <summary>What the claims look at: of each step, one entry of a random column along a row, and the Mahalanobis norm of two rows.</summary>
    /// <param name="Entries">(G Aᵀ)_{a,0}·√r/‖G_a‖.</param>
    /// <param name="Squares">r Σ_k g_kᵀ Σ⁻¹ g_k over the columns, for two rows.</param>
    /// <param name="Rank"></param>
    internal sealed record Draws(double[] Entries, double[] Squares, int Rank);

    public static IEnumerable<Claim> Of(string task, Draws draws)
    {
        string detail = $"{task}, B after one step at rank {draws.Rank}";
        ChiSquareLaw law = new(2 * draws.Rank);
        yield return LawClaim.Of(
            "S24", $"{task}: an entry of B is normal", "the columns of G Aᵀ are N(0, GGᵀ/r)", [.. draws.Entries.Select(NormalDistribution.Cdf)], detail);
        yield return LawClaim.Of(
            "S24", $"{task}: two rows of B, whitened, are χ²_2r", "r Σ_k g_kᵀ(GGᵀ)⁻¹g_k ~ χ²_{rρ}", [.. draws.Squares.Select(law.Below)], detail);
    }

    /// <summary>Makes the steps.</summary>
    public static Draws Collect(LayerStep step, int[] rows, int count, Func<long, RandomSequence> sequence)
    {
        double[] first = MatrixParts.Row(step.Gradient, rows[0]);
        double[] second = MatrixParts.Row(step.Gradient, rows[1]);
        (double s11, double s12, double s22) = (MatrixParts.InnerProduct(first, first), MatrixParts.InnerProduct(first, second), MatrixParts.InnerProduct(second, second));
        double determinant = (s11 * s22) - (s12 * s12);
        double[] entries = new double[count];
        double[] squares = new double[count];
        for (int draw = 0; draw < count; draw++)
        {
            CollectionSchedule.BetweenSteps();
            using RandomSequence chance = sequence(draw);
            step.Draw(chance);

            // B = −s G Aᵀ, with A of variance 1/(s² r): the columns of B have covariance GGᵀ/r.
            (double[,] b, _) = step.Factors();
            entries[draw] = b[rows[0], 0] * Math.Sqrt(step.Rank / s11);
            for (int k = 0; k < step.Rank; k++)
            {
                (double x, double y) = (b[rows[0], k], b[rows[1], k]);
                squares[draw] += step.Rank * ((s22 * x * x) - (2 * s12 * x * y) + (s11 * y * y)) / determinant;
            }
        }

        return new(entries, squares, step.Rank);
    }
}
