using System.Numerics;

namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The privacy of many steps, each known by a pair of laws, as brackets: whatever the steps are, and in whatever order, the exact value lies
/// between the two numbers (S27).
/// </summary>
/// <remarks>
/// <para>The bracket holds for the composition of the pairs given, in the direction given and (with <see cref="BothDirections"/>) in the other; what the pairs
/// dominate is theirs to say. Its width is at the accountant's choice of grid; every rounding is outward.</para>
/// <para>Taken for granted: what <see cref="IPrivacyCurve"/> promises of each curve, and that the framework's Exp, Log, Sin and Cos err by at most two
/// units in the last place. Immutable and safe for concurrent use.</para>
/// </remarks>
[Statement("S27")]
public sealed class PrivacyAccountant : IPrivacyCurve
{
    // No δ as small as this is told from 0.
    private const double Vanishing = 1e-305;
    private const int Refinements = 4;
    private const int MultiscaleRefinements = 6;
    private const int MostPoints = 31784;
    private const double FirstWidth = 0.05;

    // A bracket of this many times the width that is wanted is not worth another composition.
    private const double Enough = 1.8;
    private const double RoughWidth = 0.03;
    private const int RoughTransform = 1 << 14;

    private readonly (PrivacyPair Pair, long Count)[] steps;

    /// <summary>The accountant of some steps.</summary>
    /// <param name="steps">Pairs and how often each occurs, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of steps is negative.</exception>
    public PrivacyAccountant(params (PrivacyPair Pair, long Count)[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        foreach ((PrivacyPair pair, long count) in steps)
        {
            ArgumentNullException.ThrowIfNull(pair, nameof(steps));
            Argument.NonNegative(count, nameof(steps));
        }

        this.steps = [.. steps.Where(step => step.Count > 0)];
        if (this.steps.Sum(step => (double)step.Count) > 1)
        {
            Grids = this.steps is [({ Table: not null }, _)] ? LossGrids.Multiscale : LossGrids.Uniform;
            this.steps = [.. this.steps.Select(step => (step.Pair.Table ?? step.Pair, step.Count))];
        }
    }

    /// <summary>The width of ε's bracket that is aimed at, relative to ε; in (0, 1], 5e-4 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public double RelativeWidth { get; init => field = Argument.Rate(value, nameof(RelativeWidth)); } = 5e-4;

    /// <summary>The largest number of points of a transform, a power of two in [2^10, 2^22]; 2^20 at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no such number.</exception>
    public int LargestTransform
    {
        get;
        init => field = value is >= 1 << 10 and <= FastFourierTransform.LargestLength && BitOperations.IsPow2(value)
            ? value
            : throw Argument.OutOfRange(nameof(LargestTransform), value, "a power of two in [1024, 4194304]");
    } = 1 << 20;

    /// <summary>Which grids are tried; other than uniform ones for steps of one pair only, and at first where that may have heavy tails.</summary>
    internal LossGrids Grids { get; init; }

    /// <summary>A lower bound of the probability that some step's loss is infinite, below which no ε brings δ.</summary>
    public double Floor
    {
        get
        {
            double log = steps.Sum(step => step.Count * ElementaryFunctions.LogOnePlus(-step.Pair.Forward.Floor));
            return -ElementaryFunctions.ExpMinusOne(log) * (1 - 8 * OutwardRounding.Unit);
        }
    }

    /// <summary>δ(ε) of all steps, in the direction given.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>A bracket inside [0, 1] that contains the exact δ.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public Bracket Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        if (Trivial(epsilon) is Bracket known)
        {
            return known;
        }

        Bracket best = new(steps.Max(step => step.Pair.Forward.Delta(epsilon).Lower), 1);
        double simple = SimpleComposition(epsilon);
        if (simple <= Vanishing)
        {
            return best.Intersect(new Bracket(0, Math.Max(simple, double.Epsilon)));
        }

        best = Grids == LossGrids.Multiscale ? best : UniformDelta(epsilon, best);
        return IsNarrow(best) ? best : MultiscaleDelta(epsilon, best);
    }

    // Simple composition: T steps that are (ε/T, δ)-private together are (ε, Tδ)-private.
    private double SimpleComposition(double epsilon)
    {
        double count = steps.Sum(step => (double)step.Count);
        return steps.Sum(step => step.Count * step.Pair.Forward.Delta(epsilon / count * (1 - 1e-12)).Upper) * (1 + 1e-12);
    }

    private Bracket UniformDelta(double epsilon, Bracket best)
    {
        CompositionPlan plan = UniformPlan(1e-12, p => p.AimAtEpsilon(epsilon));
        double width = RelativeWidth;
        double spacing = plan.SpacingFor(width / Math.Max(plan.Tilt, 0.1));
        for (int i = 0; i < Refinements; i++)
        {
            (ComposedLoss upper, ComposedLoss lower, bool granted) = plan.Compose(spacing, LargestTransform);
            best = best.Intersect(new Bracket(lower.Delta(epsilon), upper.Delta(epsilon)));
            double excess = (best.Upper - best.Lower) / (width * best.Upper);
            if (excess <= 1 || !granted)
            {
                break;
            }

            spacing /= Math.Clamp(1.2 * Math.Sqrt(excess), 1.4, 16);
        }

        return best;
    }

    /// <summary>The smallest ε ≥ 0 with δ(ε) ≤ δ of all steps, in the direction given.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>A bracket that contains the exact ε; its upper end is +∞ where no finite ε is proved to be enough.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public Bracket Epsilon(double delta)
    {
        Argument.Probability(delta);
        if (steps.Length == 0)
        {
            return Bracket.Exactly(0);
        }

        if (Floor > delta)
        {
            return Bracket.Exactly(double.PositiveInfinity);
        }

        if (steps is [(PrivacyPair pair, 1)])
        {
            return CurveInversion.Between(pair.Forward, delta);
        }

        Bracket best = new(0, double.PositiveInfinity);
        best = Grids == LossGrids.Multiscale ? best : UniformEpsilon(delta, best);
        return IsNarrow(best) ? best : MultiscaleEpsilon(delta, best);
    }

    private Bracket UniformEpsilon(double delta, Bracket best)
    {
        CompositionPlan plan = UniformPlan(delta, p => p.AimAtLogDelta(Math.Log(Math.Max(delta - p.InfinityMass, 1e-3 * delta))));
        double spacing = plan.SpacingFor(RelativeWidth * Math.Max(plan.Centre, 1e-3));
        for (int i = 0; i < Refinements; i++)
        {
            (ComposedLoss upper, ComposedLoss lower, bool granted) = plan.Compose(spacing, LargestTransform);
            double high = CurveInversion.Around(upper.Delta, delta, plan.Centre, plan.Tilt).High;
            double low = CurveInversion.Around(lower.Delta, delta, plan.Centre, plan.Tilt).Low;
            best = best.Intersect(new Bracket(low, high));
            double excess = (best.Upper - best.Lower) / (RelativeWidth * best.Upper);
            if (!(excess > 1) || !granted)
            {
                break;
            }

            spacing /= Math.Clamp(1.2 * Math.Sqrt(excess), 1.4, 16);
        }

        return best;
    }

    private bool IsNarrow(Bracket bracket)
        => Grids == LossGrids.Uniform || (double.IsFinite(bracket.Upper) && bracket.Upper - bracket.Lower <= Enough * RelativeWidth * bracket.Upper);

    private Bracket MultiscaleDelta(double epsilon, Bracket best)
    {
        MultiscaleComposition Plan(double _) => MultiscalePlan(1e-12, epsilon, p => p.AimAtEpsilon(epsilon));
        return Refined(Plan, (plan, upper, lower) =>
        {
            best = best.Intersect(new Bracket(lower.Delta(epsilon), upper.Delta(epsilon)));
            return (best, epsilon, best.Upper, (best.Upper - best.Lower) / (RelativeWidth * best.Upper), RelativeWidth / Math.Max(plan.Tilt, 0.1));
        });
    }

    private Bracket MultiscaleEpsilon(double delta, Bracket best)
    {
        MultiscaleComposition Plan(double largest)
            => MultiscalePlan(delta, largest, p => p.AimAtLogDelta(Math.Log(Math.Max(delta - p.InfinityMass, 1e-3 * delta))));
        return Refined(Plan, (plan, upper, lower) =>
        {
            double high = CurveInversion.Around(upper.Delta, delta, plan.Centre, plan.Tilt).High;
            double low = CurveInversion.Around(lower.Delta, delta, plan.Centre, plan.Tilt).Low;
            best = best.Intersect(new Bracket(low, high));
            double about = double.IsFinite(best.Upper) ? best.Upper : Math.Max(plan.Centre, best.Lower);
            return (best, about, delta, (best.Upper - best.Lower) / (RelativeWidth * about), RelativeWidth * about);
        });
    }

    // Roughly first, for the tilt; then by as many points as the width needs.
    private static Bracket Refined(
        Func<double, MultiscaleComposition> makePlan,
        Func<MultiscaleComposition, MultiscaleLaw, MultiscaleLaw, (Bracket Best, double Epsilon, double Delta, double Excess, double Width)> bound)
    {
        MultiscaleComposition plan = makePlan(double.PositiveInfinity);
        int half = MultiscaleComposition.Rough;
        double width = FirstWidth * Math.Max(plan.Centre, 1 / plan.Tilt);
        for (int i = 0; ; i++)
        {
            (MultiscaleLaw upper, MultiscaleLaw lower) = plan.Compose(half, width);
            (Bracket best, double epsilon, double delta, double excess, double wanted) = bound(plan, upper, lower);
            if (!(excess > (i < 2 ? 1 : Enough)) || half >= MostPoints || i == MultiscaleRefinements - 1)
            {
                return best;
            }

            if (i == 0 && double.IsFinite(best.Upper) && plan.IsWide(epsilon))
            {
                plan = makePlan(epsilon);
                width = FirstWidth * Math.Max(plan.Centre, 1 / plan.Tilt);
                i--;
                continue;
            }

            if (i == 0 && best.Upper < 2 * best.Lower)
            {
                plan.Refine(epsilon, delta, upper.Share(epsilon, delta));
            }

            width = i == 0 ? wanted : Math.Min(wanted, width / Math.Clamp(excess, 2, 8));
            half = Math.Min(MostPoints, MultiscaleComposition.Rounded(half * (i == 0 ? 4 : Math.Clamp(Math.Sqrt(excess), 1.5, 8))));
        }
    }

    /// <summary>The accountant of the other direction.</summary>
    /// <returns>The same steps with P and Q exchanged.</returns>
    public PrivacyAccountant Reverse() => new([.. steps.Select(step => (step.Pair.Swap(), step.Count))])
    {
        RelativeWidth = RelativeWidth,
        LargestTransform = LargestTransform,
        Grids = Grids,
    };

    /// <summary>The larger of the curves of the two directions: what differential privacy asks for.</summary>
    /// <returns>The curve; its brackets are computed when they are asked for.</returns>
    public IPrivacyCurve BothDirections()
        => steps.All(step => ReferenceEquals(step.Pair.Forward, step.Pair.Reverse)) ? this : new LargerComposition(this);

    // One step or none needs no grid.
    private Bracket? Trivial(double epsilon) => steps switch
    {
        [] => Bracket.Exactly(0),
        [(PrivacyPair pair, 1)] => pair.Forward.Delta(epsilon),
        _ => null,
    };

    private CompositionPlan UniformPlan(double delta, Action<CompositionPlan> aim)
        => Plan(delta, cut => new CompositionPlan(steps, cut, RelativeWidth), aim, plan => plan.LogDelta);

    private MultiscaleComposition MultiscalePlan(double delta, double largest, Action<MultiscaleComposition> aim)
        => Plan(delta, cut => new MultiscaleComposition(steps.Single(), cut, largest), aim, plan => plan.LogDelta);

    // The cut of the tails follows the δ that the plan finds.
    private T Plan<T>(double delta, Func<double, T> make, Action<T> aim, Func<T, double> logDelta)
    {
        double cut = 1e-3 * RelativeWidth * delta;
        for (int i = 0; ; i++)
        {
            T plan = make(cut);
            aim(plan);
            double needed = 1e-3 * RelativeWidth * Math.Exp(Math.Max(-650, Math.Min(0, logDelta(plan))));
            if (i == 3 || needed > 0.01 * cut)
            {
                return plan;
            }

            cut = 0.1 * needed;
        }
    }

    private sealed class LargerComposition(PrivacyAccountant forward) : IPrivacyCurve
    {
        public double Floor => Math.Max(forward.Floor, forward.Reverse().Floor);

        public Bracket Delta(double epsilon) => Larger(direction => direction.Delta(epsilon));

        public Bracket Epsilon(double delta) => Larger(direction => direction.Epsilon(delta));

        // Where the other direction is certainly the better one, roughly is enough.
        private Bracket Larger(Func<PrivacyAccountant, Bracket> bracket)
        {
            Bracket known = bracket(forward);
            PrivacyAccountant reverse = forward.Reverse();
            PrivacyAccountant rough = new(reverse.steps)
            {
                RelativeWidth = Math.Max(forward.RelativeWidth, RoughWidth),
                LargestTransform = Math.Min(forward.LargestTransform, RoughTransform),
                Grids = forward.Grids,
            };
            return bracket(rough).Upper <= known.Lower ? known : known.Max(bracket(reverse));
        }
    }
}

/// <summary>The grids on which steps are composed: uniform ones (S27), those whose spacing doubles (S32), or those where uniform ones are not narrow enough.</summary>
internal enum LossGrids
{
    /// <summary>Uniform ones only.</summary>
    Uniform,

    /// <summary>Uniform ones first.</summary>
    Either,

    /// <summary>Those whose spacing doubles, only.</summary>
    Multiscale,
}
