using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.Reference.Privacy;

/// <summary>A privacy curve, split into its floor and what lies above it.</summary>
internal interface IPrivacyCurve
{
    /// <summary>lim δ(ε) as ε → ∞.</summary>
    double Floor { get; }

    /// <summary>δ(ε) − floor, to full relative accuracy.</summary>
    double Excess(double epsilon);

    /// <summary>−δ′(ε), only as good as the speed of Newton's method needs.</summary>
    double Slope(double epsilon);
}

/// <summary>ε(δ) from δ(ε).</summary>
internal static class CurveInversion
{
    private const double LargestEpsilon = 1e290;
    private const double Step = 1e-16;
    private const double LargestStep = 1e-9;

    // Below this a logarithm knows few digits of an excess, and Newton's step nothing.
    private const double Smallest = 1e-307;

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ; +∞ where the floor is not below δ, or ε would exceed 1e290.</summary>
    public static double Epsilon<T>(T curve, double delta)
        where T : struct, IPrivacyCurve
    {
        double target = delta - curve.Floor;
        if (target <= 0)
        {
            return double.PositiveInfinity;
        }

        if (curve.Excess(0) <= target)
        {
            return 0;
        }

        double low = 0;
        double high = 1;
        while (curve.Excess(high) > target)
        {
            low = high;
            high *= high < 1e3 ? 4 : 1e3;
            if (high > LargestEpsilon)
            {
                return double.PositiveInfinity;
            }
        }

        LogExcess<T> equation = new(curve, target);
        double start = 0.5 * (Math.Log(1 + low) + Math.Log(1 + high));
        double root = RootFinding.Decreasing(
            ref equation, Math.Log(1 + low), Math.Log(1 + high), start, relative: 1e-13, absolute: 1e-15);
        return Kept(curve, target, ElementaryFunctions.ExpMinusOne(root));
    }

    // The root, or the first of a few points above it where the curve as it is computed is not above the target.
    private static double Kept<T>(T curve, double target, double root)
        where T : struct, IPrivacyCurve
    {
        double epsilon = root;
        for (double step = Step * root; curve.Excess(epsilon) > target && step < LargestStep * root; step *= 2)
        {
            epsilon = Math.BitIncrement(epsilon + step);
        }

        return epsilon;
    }

    /// <summary>log of the excess over its target, in log(1 + ε): nearly linear in both the Gaussian-like and the
    /// power-law range of ε.</summary>
    private readonly struct LogExcess<T>(T curve, double target) : IDifferentiable
        where T : struct, IPrivacyCurve
    {
        public (double Value, double Slope) At(double x)
        {
            double epsilon = ElementaryFunctions.ExpMinusOne(x);
            double excess = curve.Excess(epsilon);
            return excess > Smallest
                ? (Math.Log(excess / target), -curve.Slope(epsilon) * (1 + epsilon) / excess)
                : (excess > target ? double.PositiveInfinity : double.NegativeInfinity, double.NaN);
        }
    }
}
