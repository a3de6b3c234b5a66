namespace LoraPrivacy.CommandLine.Statistics;

/// <summary>
/// How far the mean of independent draws is from its expectation, but for a probability of 10⁻⁹: Markov's inequality for the best even
/// moment of the mean, which follows from the exact moments of one draw. No limit theorem is used.
/// </summary>
/// <remarks>
/// P(|Z̄ − μ| ≥ t) ≤ E(Z̄ − μ)^{2k}/t^{2k}. The cumulants of Z̄ are κₙ/N^{n−1}; near a normal law the bound is about 6.6 standard errors.
/// The same bound holds for every convex combination of variables with the law of Z̄, however dependent, since x ↦ (x − μ)^{2k} is convex.
/// </remarks>
internal static class MeanBound
{
    /// <summary>The probability with which a mean is further off, at most.</summary>
    public const double FalseAlarmRate = 1e-9;

    /// <summary>The highest moment of a draw that is of use.</summary>
    public const int HighestMoment = 32;

    /// <summary>The bound.</summary>
    /// <param name="centralMoments">E(Z − μ)ⁿ of one draw for n = 0 to an even number, at most <see cref="HighestMoment"/>.</param>
    /// <param name="count">The number N of draws, at least 1.</param>
    /// <param name="checks">Among how many checks the probability is shared, at least 1.</param>
    public static double Of(IReadOnlyList<double> centralMoments, long count, int checks = 1)
    {
        double deviation = Math.Sqrt(centralMoments[2]);
        if (deviation == 0)
        {
            return 0;
        }

        // In units of the standard error of the mean: the cumulants are those of √N (Z̄ − μ)/σ.
        double[] cumulants = Cumulants([.. centralMoments.Select((moment, n) => moment / Math.Pow(deviation, n))]);
        double[] ofMean = [.. cumulants.Select((cumulant, n) => n < 2 ? 0 : cumulant * Math.Pow(count, 1 - (n / 2.0)))];
        double[] moments = Moments(ofMean);
        double best = double.PositiveInfinity;
        for (int n = 2; n < moments.Length; n += 2)
        {
            if (moments[n] > 0 && double.IsFinite(moments[n]))
            {
                best = Math.Min(best, Math.Exp((Math.Log(moments[n]) - Math.Log(FalseAlarmRate / checks)) / n));
            }
        }

        return best * deviation / Math.Sqrt(count);
    }

    /// <summary>The cumulants of a variable with these central moments.</summary>
    public static double[] Cumulants(IReadOnlyList<double> centralMoments)
    {
        double[] cumulants = new double[centralMoments.Count];
        for (int n = 2; n < cumulants.Length; n++)
        {
            double value = centralMoments[n];
            double binomial = n - 1;
            for (int j = 2; j < n; j++)
            {
                // binomial is C(n − 1, j − 1).
                value -= binomial * cumulants[j] * centralMoments[n - j];
                binomial = binomial * (n - j) / j;
            }

            cumulants[n] = value;
        }

        return cumulants;
    }

    /// <summary>The central moments of a variable with these cumulants; those of index 0 and 1 are not looked at.</summary>
    public static double[] Moments(IReadOnlyList<double> cumulants)
    {
        double[] moments = new double[cumulants.Count];
        moments[0] = 1;
        for (int n = 2; n < moments.Length; n++)
        {
            double binomial = n - 1;
            for (int j = 2; j <= n; j++)
            {
                moments[n] += binomial * cumulants[j] * moments[n - j];
                binomial = binomial * (n - j) / j;
            }
        }

        return moments;
    }
}
