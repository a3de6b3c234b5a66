namespace LoraPrivacy.Reference.Accounting;

/// <summary>The noise that DP-SGD needs for a target (ε, δ), and the number of steps that a target leaves room for (S19).</summary>
[Statement("S19")]
public static class DpSgdPlanning
{
    private const double Accuracy = 2e-4;
    private const double RoughAccuracy = 2e-3;
    private const double LeastNoise = 0.02;
    private const double MostNoise = 1e9;
    private const double LargestEpsilon = 1e300;
    private const long MostSteps = 100_000_000;

    /// <summary>The smallest noise multiplier whose proved upper bound of ε fits a target.</summary>
    /// <param name="samplingRate">q, in (0, 1].</param>
    /// <param name="steps">T ≥ 0.</param>
    /// <param name="epsilon">ε, positive and finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <param name="neighbours">When two data sets are neighbours.</param>
    /// <returns>σ, such that <see cref="DpSgdMechanism.Epsilon"/> of it is at most ε at its upper end; the smallest such σ up to 5e-4,
    /// relatively (0.02 where that is enough, and 0 where no noise is needed).</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range, or no σ up to 1e9 is enough.</exception>
    public static double NoiseMultiplier(
        double samplingRate, long steps, double epsilon, double delta, NeighbouringRelation neighbours = NeighbouringRelation.AddRemove)
    {
        Argument.Rate(samplingRate);
        Argument.NonNegative(steps);
        Argument.Positive(epsilon);
        Argument.Probability(delta);
        double EpsilonOf(double noise) => new DpSgdMechanism(noise, samplingRate, steps, neighbours).Epsilon(delta).Upper;
        if (EpsilonOf(0) <= epsilon)
        {
            return 0;
        }

        // All steps reveal at least what one does, and what a wide bracket proves, which are quick.
        DpSgdMechanism least = new(LeastNoise, samplingRate, steps, neighbours);
        if (new DpSgdMechanism(LeastNoise, samplingRate, 1, neighbours).Epsilon(delta).Lower <= epsilon
            && DpSgdComposition.Epsilon(least, delta, neighbours, roughly: true).Lower <= epsilon
            && least.Epsilon(delta).Upper <= epsilon)
        {
            return LeastNoise;
        }

        // The Rényi bound alone is quick and gives a start.
        double start = LeastNoise;
        while (start < MostNoise && new DpSgdMechanism(start, samplingRate, steps).EpsilonUpperBound(delta) > epsilon)
        {
            start *= 1.25;
        }

        // ε falls in σ, and what is returned has been tried. Wide brackets say where narrow ones are worth their time.
        double about = CurveInversion.Around(
            noise => About(new DpSgdMechanism(noise, samplingRate, steps, neighbours), delta), epsilon, Math.Min(start, MostNoise), 1 / start, RoughAccuracy).High;
        about = Math.Clamp(about, LeastNoise, MostNoise);
        double enough = CurveInversion.Around(noise => Math.Min(EpsilonOf(noise), LargestEpsilon), epsilon, about, 100 / about, Accuracy).High;
        return enough <= MostNoise
            ? Math.Max(enough, LeastNoise)
            : throw Argument.OutOfRange(nameof(epsilon), epsilon, "a target that some noise multiplier up to 1e9 meets");
    }

    /// <summary>The largest number of steps whose proved upper bound of ε fits a target.</summary>
    /// <param name="noiseMultiplier">σ, positive and finite.</param>
    /// <param name="samplingRate">q, in (0, 1].</param>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <param name="neighbours">When two data sets are neighbours.</param>
    /// <returns>T, such that <see cref="DpSgdMechanism.Epsilon"/> of T steps is at most ε at its upper end; the largest such T up to 5e-4,
    /// relatively, or to 1; at most 100,000,000.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static long Steps(
        double noiseMultiplier, double samplingRate, double epsilon, double delta, NeighbouringRelation neighbours = NeighbouringRelation.AddRemove)
    {
        Argument.Positive(noiseMultiplier);
        Argument.Rate(samplingRate);
        Argument.NonNegative(epsilon);
        Argument.Probability(delta);
        bool Fits(long steps) => new DpSgdMechanism(noiseMultiplier, samplingRate, steps, neighbours).Epsilon(delta).Upper <= epsilon;
        long start = 1;
        while (start < MostSteps && new DpSgdMechanism(noiseMultiplier, samplingRate, start).EpsilonUpperBound(delta) <= epsilon)
        {
            start = Math.Min(MostSteps, start * 2);
        }

        long about = Most(steps => About(new DpSgdMechanism(noiseMultiplier, samplingRate, steps, neighbours), delta) <= epsilon, start, 0.5, RoughAccuracy);
        return Most(Fits, Math.Max(1, about), RoughAccuracy, Accuracy);
    }

    // The middle of a wide bracket.
    private static double About(DpSgdMechanism run, double delta)
    {
        Bracket wide = DpSgdComposition.Epsilon(run, delta, run.Neighbours, roughly: true);
        return Math.Min(LargestEpsilon, wide.Lower > 0 ? Math.Sqrt(wide.Lower) * Math.Sqrt(wide.Upper) : wide.Upper);
    }

    // The largest number that fits, to an accuracy, from a guess and how far off it may be; 0 always fits.
    private static long Most(Func<long, bool> fits, long guess, double doubt, double accuracy)
    {
        double step = Math.Max(1, doubt * guess);
        (long low, long high) = (guess, guess);
        if (fits(guess))
        {
            do
            {
                low = high;
                high = (long)Math.Min(MostSteps, low + step);
                step *= 2;
            }
            while (high > low && fits(high));
        }
        else
        {
            do
            {
                high = low;
                low = (long)Math.Max(0, high - step);
                step *= 2;
            }
            while (low > 0 && !fits(low));
        }

        while (high - low > Math.Max(1, accuracy * low))
        {
            long middle = low + (high - low) / 2;
            (low, high) = fits(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }
}
