namespace LoraPrivacy.Reference.Tests.Gradients;

/// <summary>
/// Finite-sample tests that need no asymptotics: they reject a right sampler with probability at most
/// <see cref="FalseAlarmRate"/> a check, over the choice of the seed (the seeds in the tests are fixed, so that a run
/// that passes always passes).
/// </summary>
internal static class DvoretzkyKieferWolfowitz
{
    public const double FalseAlarmRate = 1e-9;

    /// <summary>√(ln(2/α)/(2n)): Massart's constant for sup|Fₙ − F|, and Hoeffding's for a mean of values in [0, 1].</summary>
    public static double Bound(int count) => Math.Sqrt(Math.Log(2 / FalseAlarmRate) / (2 * count));

    /// <summary>
    /// Whether sup|Fₙ − F| exceeds the bound, where values are F of the draws of a continuous law.
    /// </summary>
    public static bool Rejects(IEnumerable<double> distributionValues)
    {
        double[] sorted = [.. distributionValues.Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            distance = Math.Max(distance, ((i + 1.0) / sorted.Length) - sorted[i]);
            distance = Math.Max(distance, sorted[i] - ((double)i / sorted.Length));
        }

        return distance > Bound(sorted.Length);
    }

    /// <summary>Whether the mean of draws in [low, high] is further from the expectation than Hoeffding's bound.</summary>
    public static bool RejectsMean(IReadOnlyCollection<double> draws, double expectation, double low, double high)
    {
        if (draws.Any(draw => draw < low - 1e-12 || draw > high + 1e-12))
        {
            return true;
        }

        return Math.Abs(draws.Average() - expectation) > (high - low) * Bound(draws.Count);
    }
}
