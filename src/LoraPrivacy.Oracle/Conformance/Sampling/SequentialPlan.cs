namespace LoraPrivacy.Oracle.Conformance.Sampling;

/// <summary>
/// How long draws are looked at. After 200, 400, 800, … draws every check is made with all draws so far; the probability of a false alarm is
/// shared among the cases, the checks and, halved each time, the looks, so that all looks of all checks of all cases together reject a
/// right sampler with probability at most 10⁻⁹. A check is settled once the distance seen, and what it may be off by, are below the
/// distance that counts; at the last look every check is.
/// </summary>
/// <remarks>
/// Both directions rest on the inequality of Dvoretzky, Kiefer and Wolfowitz with Massart's constant, which holds at every number of draws:
/// P(sup|Fₙ − F| > t) ≤ 2 exp(−2nt²). Union bounds make any dependence between looks and checks harmless.
/// </remarks>
internal static class SequentialPlan
{
    /// <summary>The probability with which the run rejects a right sampler, at most.</summary>
    public const double FalseAlarmRate = KolmogorovTest.FalseAlarmRate;

    /// <summary>A law this far from the exact one (Kolmogorov distance) in a checked statistic is to be rejected.</summary>
    public const double DistanceThatCounts = 0.12;

    /// <summary>The probability with which such a law passes its check, at most.</summary>
    public const double MissRate = 1e-3;

    public const int MostChecks = 16;

    private const int FirstLook = 200;

    public const int Looks = 6;

    /// <summary>The draws in all at a look, counted from 0.</summary>
    public static int Draws(int look) => FirstLook << look;

    /// <summary>Among how many equal parts the false-alarm rate is shared, as far as a check of a look is concerned.</summary>
    public static int Share(int look, int cases) => cases * MostChecks << (look + 1);

    /// <summary>The distance beyond which a check rejects.</summary>
    public static double Rejection(int draws, int look, int cases) => Bound(FalseAlarmRate / Share(look, cases), draws);

    /// <summary>The distance up to which a check is settled; negative where none is small enough.</summary>
    public static double Acceptance(int draws, int look) => DistanceThatCounts - Bound(MissRate / (1 << (look + 1)), draws);

    private static double Bound(double probability, int draws) => Math.Sqrt(Math.Log(2 / probability) / (2.0 * draws));
}
