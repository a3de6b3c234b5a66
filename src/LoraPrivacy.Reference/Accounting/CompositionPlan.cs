using System.Numerics;

namespace LoraPrivacy.Reference.Accounting;

/// <summary>Where the bounds of many steps are to be sharp, and the grid, tilt and window for it. A poor plan costs width, not truth.</summary>
internal sealed class CompositionPlan
{
    // The coarse laws by which a plan is made.
    private const double CoarsePoints = 1 << 12;

    // The tilted mass outside the window, against the relative width that is wanted: δ is rarely below a thousandth of the tilted mass.
    private const double LogMassOutside = -13;

    // In units of one over the typical loss of a step.
    private const double LargestTilt = 100;
    private const double SmallestTilt = 1e-9;

    private readonly IReadOnlyList<(PrivacyPair Pair, long Count)> steps;
    private readonly LossRange[] ranges;
    private readonly CumulantFunction cumulants;
    private readonly double windowExponent;

    /// <summary>A plan for a cut of each step's tail and a relative width of the result.</summary>
    public CompositionPlan(IReadOnlyList<(PrivacyPair Pair, long Count)> steps, double cut, double relativeWidth)
    {
        windowExponent = -LogMassOutside - Math.Log(relativeWidth);
        this.steps = steps;
        double total = steps.Sum(step => (double)step.Count);
        ranges = [.. steps.Select(step => LossRange.Of(step.Pair, cut / total, total))];
        cumulants = new CumulantFunction(steps.Select((step, i) =>
        {
            double spacing = Math.Max((ranges[i].Highest - ranges[i].Lowest) / CoarsePoints, ranges[i].Scale / 64);
            PrivacyLossDistribution law = PrivacyLossDistribution.Of(step.Pair, BoundSide.Upper, spacing, ranges[i].Lowest, ranges[i].Highest);
            double[] losses = [.. Enumerable.Range(0, law.Masses.Length).Select(j => law.Grid.Loss(law.FirstIndex + (double)j))];
            return (losses, law.Masses.ToArray(), law.InfinityMass, step.Count);
        }), SmallestTilt);
    }

    /// <summary>The probability of an infinite loss of all steps, an upper bound.</summary>
    public double InfinityMass => cumulants.InfinityMass;

    /// <summary>λ.</summary>
    public double Tilt { get; private set; }

    /// <summary>K′(λ), about the ε that was aimed at.</summary>
    public double Centre { get; private set; }

    /// <summary>The saddle-point approximation of log δ there.</summary>
    public double LogDelta { get; private set; }

    private double MostTilt => LargestTilt / ranges.Min(range => range.Scale);

    /// <summary>Aims at an ε.</summary>
    public void AimAtEpsilon(double epsilon) => Aim(cumulants.TiltOfMean(epsilon, MostTilt));

    /// <summary>Aims at a δ.</summary>
    public void AimAtLogDelta(double logDelta) => Aim(cumulants.TiltOfLogDelta(logDelta, MostTilt));

    /// <summary>A spacing for which ε should be known to a width.</summary>
    public double SpacingFor(double width)
    {
        // Upper and lower law differ by a variance of about Δ²/4 a step, at most twice that, which moves ε by half of λ + 1 times it.
        double total = steps.Sum(step => (double)step.Count);
        double byWidth = Math.Sqrt(3.6 * width / (total * (Tilt + 1)));
        double byScale = ranges.Min(range => range.Scale);
        double bySpread = Math.Sqrt(Math.Max(0, cumulants.At(Tilt).Variance)) / 16;
        return Math.Min(byWidth, Math.Min(byScale, bySpread > 0 ? bySpread : byScale));
    }

    /// <summary>The bounds for a spacing, which is made larger where the grid would not fit.</summary>
    /// <param name="spacing">The spacing that is wanted.</param>
    /// <param name="largestLength">The largest number of points of the window, a power of two.</param>
    /// <returns>The upper and the lower bound, and whether the spacing was granted.</returns>
    public (ComposedLoss Upper, ComposedLoss Lower, bool Granted) Compose(double spacing, int largestLength)
    {
        (double low, double high, double below, double above) = Window();
        double range = ranges.Max(r => r.Highest - r.Lowest);
        double least = Math.Max((high - low) / (0.995 * largestLength), range / (0.995 * Math.Min(PrivacyLossDistribution.LargestSize, 2 * largestLength)));
        bool granted = spacing >= least;
        spacing = Math.Max(spacing, least);
        double points = Math.Max(16, (high - low) / spacing);
        int length = (int)Math.Min(largestLength, BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(points / 0.995)));

        // A finer grid that fills the window costs nothing in the transform, and the laws stay within twice their size.
        LossGrid grid = new(Math.Max(range / (0.995 * PrivacyLossDistribution.LargestSize), Math.Max(0.6 * spacing, (high - low) / (0.995 * length))));
        long bottom = (long)Math.Floor(low / grid.Spacing);
        (PrivacyLossDistribution Upper, PrivacyLossDistribution Lower)[] laws =
        [
            .. steps.Select((step, i) => PrivacyLossDistribution.BothSides(step.Pair, grid.Spacing, ranges[i].Lowest, ranges[i].Highest)),
        ];
        ComposedLoss Bound(Func<int, PrivacyLossDistribution> side)
            => new([.. steps.Select((step, i) => (side(i), step.Count))], Tilt, bottom, length, below, above);
        return (Bound(i => laws[i].Upper), Bound(i => laws[i].Lower), granted);
    }

    private void Aim(double tilt)
    {
        (double value, double mean, double variance) = cumulants.At(tilt);
        Tilt = tilt;
        Centre = mean;
        LogDelta = cumulants.LogDeltaAt(tilt);
    }

    // Where Chernoff's bound of the tilted mass outside is small, on either side, and its exponents.
    private (double Low, double High, double ShiftBelow, double ShiftAbove) Window()
    {
        (double value, _, double variance) = cumulants.At(Tilt);
        double deviation = Math.Sqrt(Math.Max(variance, 1e-300));
        (double low, double below) = (double.NegativeInfinity, 0);
        (double high, double above) = (double.PositiveInfinity, 0);
        for (double shift = 16 / deviation; shift > 0.04 / deviation; shift *= 0.6)
        {
            double top = (cumulants.At(Tilt + shift).Value - value + windowExponent) / shift;
            double bottom = -(cumulants.At(Tilt - shift).Value - value + windowExponent) / shift;
            (high, above) = top < high ? (top, shift) : (high, above);
            (low, below) = bottom > low ? (bottom, -shift) : (low, below);
        }

        double margin = 0.02 * (high - low) + 0.25 * deviation;
        return (low - margin, high + margin, below, above);
    }
}
