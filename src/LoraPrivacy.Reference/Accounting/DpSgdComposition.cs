namespace LoraPrivacy.Reference.Accounting;

/// <summary>The brackets of DP-SGD: the closed form without subsampling, else composition, never wider than the bounds of S19 (items 4 to 9).</summary>
internal static class DpSgdComposition
{
    // Beyond these the grid or the transform has nothing to say, and the other bounds of S19 stand alone.
    private const double LeastNoise = 0.001;
    private const double MostNoise = 1e5;
    private const double LeastRate = 1e-9;
    private const double LeastDelta = 1e-300;
    private const long MostSteps = 1L << 53;

    // Beyond these a uniform grid has nothing to say.
    private const double LeastUniformNoise = 0.02;
    private const long MostUniformSteps = 100_000_000;
    private const double LeastUniformDelta = 1e-270;

    /// <summary>ε(δ) of the worst case; roughly, which is most often to a few per cent, in the time of one coarse composition.</summary>
    public static Bracket Epsilon(DpSgdMechanism run, double delta, NeighbouringRelation neighbours, bool roughly = false)
    {
        double upper = EpsilonUpperBound(run, delta, neighbours);
        if (upper == 0 || run.NoiseMultiplier == 0)
        {
            // Without noise the curve is the constant 1 − (1 − q)^T.
            return Bracket.Exactly(upper);
        }

        Bracket known = new(0, upper);
        if (run.SamplingRate == 1)
        {
            return known.Intersect(UnsampledEpsilon(run, delta, neighbours));
        }

        PrivacyPair step = PrivacyPair.SubsampledGaussian(run.NoiseMultiplier, run.SamplingRate, neighbours);
        if (!IsFeasible(run) || delta < LeastDelta)
        {
            // All steps reveal at least what one does.
            double one = CurveInversion.Around(x => step.Forward.Delta(x).Lower, delta, 0, 1).Low;
            return known.Intersect(new Bracket(Math.Min(one, upper), upper));
        }

        PrivacyAccountant accountant = roughly
            ? new((step, run.Steps)) { RelativeWidth = 1, Grids = LossGrids.Multiscale }
            : Accountant(run, step, delta < LeastUniformDelta);
        return known.Intersect(accountant.BothDirections().Epsilon(delta));
    }

    /// <summary>δ(ε) of the worst case.</summary>
    public static Bracket Delta(DpSgdMechanism run, double epsilon, NeighbouringRelation neighbours)
    {
        double upper = DeltaUpperBound(run, epsilon, neighbours);
        if (run.Steps == 0 || run.NoiseMultiplier == 0)
        {
            return run.SamplingRate == 1 || run.Steps == 0
                ? Bracket.Exactly(upper)
                : new Bracket(upper * (1 - 4 * OutwardRounding.Unit), upper);
        }

        if (run.SamplingRate == 1)
        {
            return new Bracket(0, upper).Intersect(GaussianBounds.Delta(Bracket.Exactly(epsilon), Ratio(run, neighbours)));
        }

        PrivacyPair step = PrivacyPair.SubsampledGaussian(run.NoiseMultiplier, run.SamplingRate, neighbours);
        Bracket known = new(Math.Min(upper, step.Forward.Delta(epsilon).Lower), upper);
        return IsFeasible(run)
            ? known.Intersect(Accountant(run, step, false).BothDirections().Delta(epsilon))
            : known;
    }

    // For replacing, item 7 from the bounds for adding and removing.
    private static double DeltaUpperBound(DpSgdMechanism run, double epsilon, NeighbouringRelation neighbours)
    {
        if (neighbours == NeighbouringRelation.AddRemove || run.Steps == 0 || run.NoiseMultiplier == 0)
        {
            return run.DeltaUpperBound(epsilon);
        }

        double half = run.DeltaUpperBound(0.5 * epsilon);
        return Math.Min(run.ProbabilityOfUse(), OutwardRounding.Up(half * (1 + Math.Exp(0.5 * epsilon))));
    }

    private static double EpsilonUpperBound(DpSgdMechanism run, double delta, NeighbouringRelation neighbours)
    {
        double single = run.EpsilonUpperBound(delta);
        if (neighbours == NeighbouringRelation.AddRemove || single == 0 || double.IsInfinity(single))
        {
            return single;
        }

        double high = CurveInversion.Around(epsilon => DeltaUpperBound(run, epsilon, neighbours), delta, 2 * single, 1).High;
        return double.IsNaN(high) ? double.PositiveInfinity : high;
    }

    private static bool IsFeasible(DpSgdMechanism run)
        => run.NoiseMultiplier is >= LeastNoise and <= MostNoise && run.SamplingRate >= LeastRate && run.Steps <= MostSteps;

    private static PrivacyAccountant Accountant(DpSgdMechanism run, PrivacyPair step, bool isFar) => new((step, run.Steps))
    {
        Grids = isFar || run.NoiseMultiplier < LeastUniformNoise || run.Steps > MostUniformSteps ? LossGrids.Multiscale : LossGrids.Either,
    };

    // √T/σ, twice that where an example is replaced.
    private static Bracket Ratio(DpSgdMechanism run, NeighbouringRelation neighbours) => Bracket.Around(
        (neighbours == NeighbouringRelation.ReplaceOne ? 2 : 1) * Math.Sqrt(run.Steps) / run.NoiseMultiplier, OutwardRounding.Unit);

    // The root of the closed form, moved outward until the proved bounds agree that it is far enough.
    private static Bracket UnsampledEpsilon(DpSgdMechanism run, double delta, NeighbouringRelation neighbours)
    {
        Bracket ratio = Ratio(run, neighbours);
        if (!double.IsFinite(ratio.Upper * ratio.Upper) || !(ratio.Lower > 0))
        {
            return new Bracket(0, double.PositiveInfinity);
        }

        double root = new GaussianMechanism(ratio.Upper).Epsilon(delta);
        double low = 0;
        double high = double.PositiveInfinity;
        for (double slack = 1e-13; slack < 1e-2 && (low == 0 || double.IsInfinity(high)); slack *= 4)
        {
            double below = Math.Max(0, root * (1 - slack) - 1e-15);
            double above = root * (1 + slack) + 1e-15;
            low = low == 0 && GaussianBounds.Delta(Bracket.Exactly(below), ratio).Lower > delta ? below : low;
            high = double.IsInfinity(high) && GaussianBounds.Delta(Bracket.Exactly(above), ratio).Upper <= delta ? above : high;
        }

        return new Bracket(low, high);
    }
}
