namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// K(λ) = Σ_j T_j log E e^{λL_j} of some discrete privacy loss distributions, by which tilts and windows are chosen. Nothing that is proved rests
/// on its accuracy.
/// </summary>
internal sealed class CumulantFunction
{
    private const double Negligible = 1e-40;
    private readonly double smallestTilt;

    private readonly List<(double[] Losses, double[] LogMasses, long Count)> laws = [];

    /// <summary>The cumulants of laws and how often each occurs, searched from a smallest tilt.</summary>
    public CumulantFunction(IEnumerable<(double[] Losses, double[] Masses, double InfinityMass, long Count)> parts, double smallestTilt)
    {
        this.smallestTilt = smallestTilt;
        double logKept = 0;
        foreach ((double[] losses, double[] masses, double infinity, long count) in parts)
        {
            int[] kept = [.. Enumerable.Range(0, losses.Length).Where(j => masses[j] > (losses[j] > 0 ? 0 : Negligible))];
            laws.Add(([.. kept.Select(j => losses[j])], [.. kept.Select(j => Math.Log(masses[j]))], count));
            logKept += count * ElementaryFunctions.LogOnePlus(-infinity);
        }

        InfinityMass = -ElementaryFunctions.ExpMinusOne(logKept);
    }

    /// <summary>The mass at an infinite loss of all steps.</summary>
    public double InfinityMass { get; }

    /// <summary>K, K′ and K″ at λ.</summary>
    public (double Value, double Mean, double Variance) At(double tilt)
    {
        (double value, double mean, double variance) = (0, 0, 0);
        foreach ((double[] losses, double[] logs, long count) in laws)
        {
            double largest = double.NegativeInfinity;
            for (int j = 0; j < losses.Length; j++)
            {
                largest = Math.Max(largest, logs[j] + tilt * losses[j]);
            }

            (double total, double first, double second) = (0, 0, 0);
            for (int j = 0; j < losses.Length; j++)
            {
                double exponent = logs[j] + tilt * losses[j] - largest;
                if (exponent > -60)
                {
                    double weight = Math.Exp(exponent);
                    total += weight;
                    first += weight * losses[j];
                    second += weight * losses[j] * losses[j];
                }
            }

            double average = first / total;
            value += count * (largest + Math.Log(total));
            mean += count * average;
            variance += count * Math.Max(0, second / total - average * average);
        }

        return (value, mean, variance);
    }

    /// <summary>The λ in [smallest, largest] with K′(λ) = mean, or the nearer end.</summary>
    public double TiltOfMean(double mean, double largest) => Bisect(tilt => At(tilt).Mean - mean, largest);

    /// <summary>The λ at which the saddle-point approximation of log δ(K′(λ)) is the one given, or the nearer end of [smallest, largest].</summary>
    public double TiltOfLogDelta(double logDelta, double largest) => Bisect(tilt => logDelta - LogDeltaAt(tilt), largest);

    /// <summary>The saddle-point approximation of log δ at ε = K′(λ), without the mass at infinity.</summary>
    public double LogDeltaAt(double tilt)
    {
        (double value, double mean, double variance) = At(tilt);
        double saddle = -0.5 * Math.Log(2 * Math.PI * Math.Max(variance, double.Epsilon)) - Math.Log(tilt * (tilt + 1));

        // Chernoff's bound; it is the better one where a bounded loss leaves no variance.
        double chernoff = tilt * Math.Log(tilt) - (tilt + 1) * Math.Log(tilt + 1);
        return value - tilt * mean + Math.Min(saddle, chernoff);
    }

    // The root of a rising function, in log(λ).
    private double Bisect(Func<double, double> rising, double largest)
    {
        double low = Math.Log(smallestTilt);
        double high = Math.Log(largest);
        if (rising(largest) < 0)
        {
            return largest;
        }

        for (int i = 0; i < 60 && high - low > 1e-3; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = rising(Math.Exp(middle)) < 0 ? (middle, high) : (low, middle);
        }

        return Math.Exp(0.5 * (low + high));
    }
}
