namespace LoraPrivacy.Reference.Gradients;

/// <summary>
/// How far the exact law of an entry of the sketched gradient is from the normal law of the same mean and variance:
/// a function of the rank and of q_i/‖q‖ alone, so that for a fixed rank no dimension m, however large, makes the
/// entry Gaussian. Only the rank does, with an excess kurtosis of 6/r to 12/r.
/// </summary>
/// <remarks>
/// The densities cross at finitely many points (four in general: two laws of equal mean and variance cross at least
/// three times, and both exponential tails lie above the normal ones), so both distances are finite sums of
/// distribution functions at the crossings, to the second order insensitive to where exactly these are found.
/// </remarks>
public static class GaussianDistance
{
    private const double BodyEnd = 8;
    private const double TailEnd = 40;
    private const double BodyStep = 1.0 / 16;
    private const int MostCrossings = 16;

    /// <summary>The total variation distance, sup |P(B) − N(B)| over events B, equal to ½∫|f − φ|.</summary>
    /// <param name="entryRatio">q_i/‖q‖ in [−1, 1]; the sign does not matter.</param>
    /// <param name="rank">The rank r.</param>
    /// <returns>A number in (0, 1); relative error at most 1e-10 for ranks up to 1024.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S9")]
    public static double TotalVariation(double entryRatio, int rank)
    {
        Span<double> differences = stackalloc double[MostCrossings];
        int count = DifferencesAtCrossings(entryRatio, rank, differences);
        double sum = 0;
        double last = 0;
        for (int i = 0; i < count; i++)
        {
            sum += Math.Abs(differences[i] - last);
            last = differences[i];
        }

        return 0.5 * (sum + Math.Abs(last));
    }

    /// <summary>The Kolmogorov distance, sup |F(x) − Φ(x)| over x.</summary>
    /// <param name="entryRatio">q_i/‖q‖ in [−1, 1]; the sign does not matter.</param>
    /// <param name="rank">The rank r.</param>
    /// <returns>A number in (0, 1); relative error at most 1e-10 for ranks up to 1024.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    [Statement("S9")]
    public static double Kolmogorov(double entryRatio, int rank)
    {
        Span<double> differences = stackalloc double[MostCrossings];
        int count = DifferencesAtCrossings(entryRatio, rank, differences);
        double largest = 0;
        for (int i = 0; i < count; i++)
        {
            largest = Math.Max(largest, Math.Abs(differences[i]));
        }

        return largest;
    }

    // F − Φ at every point where the densities cross, from left to right.
    private static int DifferencesAtCrossings(double entryRatio, int rank, Span<double> differences)
    {
        Argument.InRange(entryRatio, -1, 1);

        // The mirror image has the same distances; a single sign keeps the two calls equal to the last bit.
        var pair = new Pair(new VarianceGamma(Math.Abs(entryRatio), 1, rank));
        double zero = pair.Standardize(0);
        int count = 0;
        double left = -TailEnd;
        bool above = pair.IsAbove(pair.At(left));
        while (left < TailEnd)
        {
            double right = left + (Math.Abs(left) < BodyEnd ? BodyStep : 8 * BodyStep);

            // The density of a small rank has its peak, kink or jump at 0, however narrow: never step across it.
            bool atZero = left < zero && right >= zero;
            right = atZero ? zero : right;
            double x = atZero ? 0 : pair.At(right);
            bool next = pair.IsAbove(x);
            if (next != above && count < differences.Length)
            {
                differences[count++] = pair.Difference(pair.Crossing(left == zero ? 0 : pair.At(left), x, above));
                above = next;
            }

            left = right;
        }

        return count;
    }

    private readonly struct Pair(VarianceGamma law)
    {
        private readonly double deviation = Math.Sqrt(law.Variance);

        public double At(double z) => law.Mean + deviation * z;

        public double Standardize(double x) => (x - law.Mean) / deviation;

        public bool IsAbove(double x)
        {
            double z = Standardize(x);
            return law.LogDensity(x) > Math.Log(NormalDistribution.PeakDensity / deviation) - 0.5 * z * z;
        }

        // Bisection, by ratio where the bracket spans orders of magnitude: next to 0 a density of rank 1 is so steep
        // that only a crossing known to a small relative error pins the distribution function down.
        public double Crossing(double low, double high, bool aboveAtLow)
        {
            for (int i = 0; i < 400; i++)
            {
                double middle = 0.5 * (low + high);
                if (low == 0 || high == 0)
                {
                    middle *= 1e-3;
                }
                else if (low > 0 && high > 2 * low)
                {
                    middle = Math.Sqrt(low) * Math.Sqrt(high);
                }
                else if (high < 0 && low < 2 * high)
                {
                    middle = -Math.Sqrt(-low) * Math.Sqrt(-high);
                }

                if (Math.Abs(high - low) <= 1e-13 * Math.Abs(middle) || Math.Abs(middle) < 1e-300)
                {
                    return middle;
                }

                if (IsAbove(middle) == aboveAtLow)
                {
                    low = middle;
                }
                else
                {
                    high = middle;
                }
            }

            return 0.5 * (low + high);
        }

        // From the smaller tails on each side, where their difference is the more accurate one.
        public double Difference(double x)
        {
            double z = Standardize(x);
            return z < 0
                ? law.CumulativeDistribution(x) - NormalDistribution.Cdf(z)
                : NormalDistribution.ComplementaryCdf(z) - law.ComplementaryCumulativeDistribution(x);
        }
    }
}
