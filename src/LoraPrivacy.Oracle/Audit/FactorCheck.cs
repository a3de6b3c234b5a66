namespace LoraPrivacy.Oracle.Audit;

/// <summary>
/// Whether a matrix A can be a draw of its declared law. Each test rejects a right draw with probability at most 1e-9; entries beyond the
/// uniform law's bound have probability 0.
/// </summary>
/// <param name="IsConsistent">Whether no test rejects.</param>
/// <param name="Extreme">max |a| in units of the law: of 1/√m, of 1/r, or σ_{r/2+1}/σ₁ for a matrix of half rank.</param>
/// <param name="ExtremeLimit">The largest value of it that is consistent.</param>
/// <param name="Distance">sup |Fₙ − F| over the entries (Kolmogorov); null where the entries are dependent.</param>
/// <param name="DistanceLimit">The largest distance that is consistent: Dvoretzky–Kiefer–Wolfowitz, plus the file's rounding.</param>
internal sealed record FactorCheck(bool IsConsistent, double Extreme, double ExtremeLimit, double? Distance, double? DistanceLimit)
{
    /// <summary>The false-alarm rate of each test.</summary>
    public const double FalseAlarmRate = 1e-9;

    private const double SingleRoundoff = 1.0 / (1 << 24);

    /// <summary>Checks a matrix.</summary>
    /// <param name="law">Its declared law; not none.</param>
    /// <param name="a">Its entries, finite, in row-major order.</param>
    /// <param name="rank">The rank r, the number of its rows.</param>
    /// <param name="type">The type it is stored in.</param>
    public static FactorCheck Of(FactorLaw law, double[] a, int rank, ElementType type)
    {
        int dimension = a.Length / rank;
        double roundoff = ElementFormat.UnitRoundoff(type);
        return law switch
        {
            FactorLaw.KaimingUniform => Independent(
                a, Math.Sqrt(dimension), x => Math.Clamp((1 + x) / 2, 0, 1), roundoff,

                // PyTorch rounds the bound and each draw to its own type, float32 or narrower, before the file does.
                extremeLimit: 1 + (2 * roundoff) + (4 * SingleRoundoff)),
            FactorLaw.Gaussian => Independent(
                a, rank, NormalDistribution.Cdf, roundoff,
                extremeLimit: -NormalDistribution.Quantile(FalseAlarmRate / (2.0 * a.Length)) * (1 + (2 * roundoff) + (4 * SingleRoundoff))),
            FactorLaw.HalfRank => HalfRank(a, rank, roundoff),
            _ => throw new ArgumentOutOfRangeException(nameof(law), law, "law must be one that can be checked"),
        };
    }

    private static FactorCheck Independent(double[] a, double unit, Func<double, double> distribution, double roundoff, double extremeLimit)
    {
        double[] sorted = [.. a.Select(x => x * unit)];
        Array.Sort(sorted);
        double extreme = Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double f = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / sorted.Length) - f, f - ((double)i / sorted.Length)));
        }

        // Rounding x by at most u|x| moves F by at most sup |x| f(x) u < u, for both laws.
        double distanceLimit = Math.Sqrt(Math.Log(2 / FalseAlarmRate) / (2.0 * sorted.Length)) + roundoff + SingleRoundoff;
        return new(extreme <= extremeLimit && distance <= distanceLimit, extreme, extremeLimit, distance, distanceLimit);
    }

    private static FactorCheck HalfRank(double[] a, int rank, double roundoff)
    {
        double[] values = SingularValues.Of(a, rank);
        int half = rank / 2;
        double extreme = half < values.Length && values[0] > 0 ? values[half] / values[0] : 0;

        // Rounding errors are at most (r·2⁻²³ + 2u)·‖A‖_F, and ‖A‖_F ≤ √r·σ₁.
        double limit = Math.Sqrt(rank) * ((rank * 2 * SingleRoundoff) + (2 * roundoff));
        return new(rank % 2 == 0 && values[0] > 0 && extreme <= limit, extreme, limit, null, null);
    }
}
