using LoraPrivacy.Reference.Numerics;

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
    public ComposedLoss(IReadOnlyList<(PrivacyLossDistribution Law, long Count)> laws, double tilt, long bottom, int length)
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
        massAbove = Beyond(parts, grid.Loss(bottom + (double)length), above: true);
        massBelow = Beyond(parts, grid.Loss(bottom), above: false);
    }

    /// <summary>The bound of δ(ε), for any finite ε.</summary>
    public double Delta(double epsilon)
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
            double outside = Math.Exp(-tilt * Math.Max(0, top - epsilon)) * massAbove
                + (epsilon < grid.Loss(bottom) ? massBelow : 0) + farthest * spectrum.TotalMass;
            double value = Math.Max(0, sum) + error + OutwardRounding.Up(outside);
            return Math.Min(1, OutwardRounding.Up(infinityMass + Math.Exp(scale + scaleError) * value));
        }

        double least = sum - error - OutwardRounding.Up(massAbove + massBelow);
        return Math.Clamp((infinityMass + Math.Exp(scale - scaleError) * Math.Max(0, least)) * (1 - Unit), 0, 1);
    }

    // Chernoff's bound of the tilted mass at losses of at least (or below) a limit, the best of a few exponents.
    private double Beyond(List<(TiltedMasses Masses, long Count)> parts, double limit, bool above)
    {
        (double mean, double variance) = (0, 0);
        foreach ((TiltedMasses masses, long count) in parts)
        {
            (double first, double second) = masses.Moments();
            mean += count * first;
            variance += count * second;
        }

        double total = OutwardRounding.Up(spectrum.TotalMass);
        double distance = above ? limit - mean : mean - limit;
        if (!(distance > 0) || !(variance > 0))
        {
            return total;
        }

        double best = total;
        foreach (double factor in (ReadOnlySpan<double>)[1, 0.5, 1.5, 0.25, 0.1])
        {
            double shift = factor * distance / variance * (above ? 1 : -1);
            (double log, double size) = (-shift * limit, Math.Abs(shift * limit));
            foreach ((TiltedMasses masses, long count) in parts)
            {
                double moment = masses.LogMomentBound(shift);
                log += count * moment;
                size += count * Math.Abs(moment);
            }

            best = Math.Min(best, Math.Exp(Math.Min(log + 4 * Unit * size + 1e-9, 1)));
            if (best < 1e-16)
            {
                break;
            }
        }

        return best;
    }
}
