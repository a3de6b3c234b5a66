namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// A bound of the privacy curve of many steps: discrete privacy loss distributions on one grid, convolved under a tilt, with the rounding of the
/// transform, what wraps round its window and what is beyond it all on the side of the bound (S27, items 4 and 5).
/// </summary>
internal sealed class ComposedLoss
{
    private const double Unit = OutwardRounding.Unit;

    // e^{−60} of the total mass may lie beyond.
    private const double FarExponent = 60;
    private const double LargestExponent = 700;

    private readonly BoundSide side;
    private readonly LossGrid grid;
    private readonly double tilt;
    private readonly long bottom;
    private readonly ComposedSpectrum spectrum;
    private readonly double exponent;
    private readonly double exponentError;
    private readonly double massBelow;
    private readonly double massAbove;
    private readonly double infinityMass;

    /// <summary>Composes.</summary>
    /// <param name="laws">Distributions of one side and one spacing, and how often each.</param>
    /// <param name="tilt">λ ≥ 0.</param>
    /// <param name="bottom">The lowest index of the window.</param>
    /// <param name="length">The number of points of the window, a power of two.</param>
    /// <param name="shiftBelow">The exponent of Chernoff's bound of what is below the window, negative …</param>
    /// <param name="shiftAbove">… and above it, positive.</param>
    public ComposedLoss(
        IReadOnlyList<(PrivacyLossDistribution Law, long Count)> laws, double tilt, long bottom, int length, double shiftBelow, double shiftAbove)
    {
        side = laws[0].Law.Side;
        grid = laws[0].Law.Grid;
        this.tilt = tilt;
        this.bottom = bottom;
        List<(TiltedMasses Masses, long Count)> parts = [.. laws.Select(part => (TiltedMasses.Of(part.Law, tilt), part.Count))];
        spectrum = ComposedSpectrum.Of(parts, length);
        double logKept = 0;
        foreach ((TiltedMasses masses, long count) in parts)
        {
            exponent += count * masses.LogMoment;
            exponentError += 2 * Unit * count * Math.Abs(masses.LogMoment);
            logKept += count * ElementaryFunctions.LogOnePlus(-masses.Law.InfinityMass);
        }

        double kept = -ElementaryFunctions.ExpMinusOne(logKept);
        infinityMass = kept == 0 ? 0 : side == BoundSide.Upper ? Math.Min(1, OutwardRounding.Up(kept)) : kept * (1 - Unit);
        massAbove = Beyond(parts, grid.Loss(bottom + (double)length), shiftAbove);
        massBelow = Beyond(parts, grid.Loss(bottom), shiftBelow);
    }

    /// <summary>The bound of δ(ε), for any finite ε.</summary>
    public double Delta(double epsilon)
    {
        // Where a poor plan overflows, nothing is known.
        double bound = Evaluate(epsilon);
        return double.IsNaN(bound) ? (side == BoundSide.Upper ? 1 : 0) : bound;
    }

    private double Evaluate(double epsilon)
    {
        int length = spectrum.Masses.Length;
        double[] masses = spectrum.Masses;
        double start = Math.Max(bottom, Math.Floor(epsilon / grid.Spacing));
        (double sum, double size, double weights, double squares) = (0, 0, 0, 0);
        double farthest = 0;
        long index = (long)Math.Min(start, bottom + (double)length);
        for (; index < bottom + length; index++)
        {
            double excess = grid.Loss(index) - epsilon;
            if (excess <= 0)
            {
                continue;
            }

            if (tilt * excess > FarExponent)
            {
                farthest = Math.Exp(-tilt * excess);
                break;
            }

            double weight = -ElementaryFunctions.ExpMinusOne(-excess) * Math.Exp(-tilt * excess);
            double mass = masses[(int)((index % length + length) % length)];
            sum += weight * mass;
            size += weight * Math.Abs(mass);
            weights += weight;
            squares += weight * weight;
        }

        double error = Unit * (4 + FarExponent + length / 8.0) * size
            + (weights * spectrum.PointError + Math.Sqrt(squares) * spectrum.NormError) * (1 + Unit * (4 + length / 8.0));
        double top = grid.Loss(bottom + (double)length);
        double scale = exponent - tilt * epsilon;
        double scaleError = exponentError + Unit * (4 + Math.Abs(exponent) + Math.Abs(tilt * epsilon));
        if (side == BoundSide.Upper)
        {
            if (scale + scaleError > LargestExponent)
            {
                // Far below the ε that the tilt is for.
                return 1;
            }

            double outside = Math.Exp(-tilt * Math.Max(0, top - epsilon)) * massAbove
                + (epsilon < grid.Loss(bottom) ? massBelow : 0) + farthest * spectrum.TotalMass;
            double value = Math.Max(0, sum) + error + OutwardRounding.Up(outside);
            return Math.Min(1, OutwardRounding.Up(infinityMass + Math.Exp(scale + scaleError) * value));
        }

        double least = sum - error - OutwardRounding.Up(massAbove + massBelow);
        return Math.Clamp((infinityMass + Math.Exp(Math.Min(LargestExponent, scale - scaleError)) * Math.Max(0, least)) * (1 - Unit), 0, 1);
    }

    // Chernoff's bound of the tilted mass at losses of at least (or below) a limit.
    private double Beyond(List<(TiltedMasses Masses, long Count)> parts, double limit, double shift)
    {
        double best = OutwardRounding.Up(spectrum.TotalMass);
        foreach (double factor in (ReadOnlySpan<double>)[1, 0.5, 2])
        {
            (double log, double size) = (-factor * shift * limit, Math.Abs(factor * shift * limit));
            foreach ((TiltedMasses masses, long count) in parts)
            {
                double moment = masses.LogMomentBound(factor * shift);
                log += count * moment;
                size += count * Math.Abs(moment);
            }

            best = Math.Min(best, Math.Exp(Math.Min(log + 4 * Unit * size, 1)));
            if (best < 1e-16)
            {
                break;
            }
        }

        return best;
    }
}
