using LoraPrivacy.Reference.Gradients;

namespace LoraPrivacy.CommandLine.Statistics;

/// <summary>Exact central moments of an entry of the sketched gradient, from its cumulants (S7), as <see cref="MeanBound"/> takes them.</summary>
internal static class EntryMoments
{
    /// <summary>The central moments of y.</summary>
    public static double[] Of(VarianceGamma law) => UpTo(law, MeanBound.HighestMoment);

    /// <summary>The central moments of (y − E y)².</summary>
    public static double[] OfSquare(VarianceGamma law)
    {
        double[] moments = UpTo(law, 2 * MeanBound.HighestMoment);
        double[] central = new double[MeanBound.HighestMoment + 1];
        for (int n = 0; n < central.Length; n++)
        {
            // E (Z − μ)ⁿ with E Zᵏ the moment of order 2k.
            double binomial = 1;
            for (int k = n; k >= 0; k--)
            {
                central[n] += binomial * moments[2 * k] * Math.Pow(-moments[2], n - k);
                binomial = binomial * k / (n - k + 1);
            }
        }

        return central;
    }

    private static double[] UpTo(VarianceGamma law, int highest)
        => MeanBound.Moments([0, 0, .. Enumerable.Range(2, highest - 1).Select(law.Cumulant)]);
}
