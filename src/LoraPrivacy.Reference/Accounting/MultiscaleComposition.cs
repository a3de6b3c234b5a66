namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The bounds of many steps: how a tilt, grids and budgets are chosen for the laws at hand, and in which order the steps are composed (S32). A poor choice costs
/// width, not truth.
/// </summary>
[Statement("S32")]
internal sealed class MultiscaleComposition
{
    // Of this many copies of a block the number is exact; beyond, blocks are doubled, and T is rounded up for the upper and down for the lower bound.
    private const int CountBits = 16;
    private const double LargestTilt = 100;
    private const double SmallestTilt = 1e-18;

    // e^{−this} of the tilted mass of a step is below what counts, however many steps there are.
    private const double Negligible = 110;

    // All other steps' losses are below −x with a probability of at most e^{−x}, so that one of ε + 2x is as good as infinite (and x = 15).
    private const double Beyond = 30;
    private const int RoughHalf = 120;
    private const double RoughWidth = 0.05;
    private const int SignificantBits = 36;

    // A lower law has its atom a node above the true one, which costs this part of δ.
    private const double FinestPart = 1 << 14;

    // Of more steps the rounding of more bands costs more than that.
    private const long MostFineSteps = 1L << 30;

    private readonly (PrivacyPair Pair, long Count) step;
    private readonly LossRange range;
    private readonly CumulantFunction cumulants;
    private readonly double cut;
    private double share = 1e-4;

    /// <summary>A plan.</summary>
    /// <param name="step">A pair, and how often it occurs.</param>
    /// <param name="cut">How much mass may be beyond what is looked at.</param>
    /// <param name="largest">An ε that no larger one is asked for, or +∞.</param>
    public MultiscaleComposition((PrivacyPair Pair, long Count) step, double cut, double largest)
    {
        this.step = step;
        this.cut = cut;
        range = LossRange.Of(step.Pair, cut / step.Count, step.Count);
        range = range with { Highest = Math.Min(range.Highest, largest + Beyond) };
        (double[] losses, double[] masses, double infinity) = MultiscaleLaw.Rough(step.Pair, RoughHalf, Spacing(range.Scale / 16), range);
        cumulants = new CumulantFunction([(losses, masses, infinity, step.Count)], SmallestTilt);
    }

    /// <summary>The probability of an infinite loss of all steps, an upper bound.</summary>
    public double InfinityMass => cumulants.InfinityMass;

    /// <summary>λ.</summary>
    public double Tilt { get; private set; }

    /// <summary>About where the bounds are sharp.</summary>
    public double Centre { get; private set; }

    /// <summary>The saddle-point approximation of log δ there.</summary>
    public double LogDelta { get; private set; }

    /// <summary>Whether heavy tails can be left out, now that ε is known to be at most this.</summary>
    public bool IsWide(double largest) => range.Highest > 2 * (largest + Beyond);

    private double MostTilt => LargestTilt / range.Scale;

    /// <summary>Aims at an ε.</summary>
    public void AimAtEpsilon(double epsilon) => Aim(cumulants.TiltOfMean(epsilon, MostTilt));

    /// <summary>Aims at a δ.</summary>
    public void AimAtLogDelta(double logDelta)
    {
        Aim(cumulants.TiltOfLogDelta(logDelta, MostTilt));
        Tilt = Capped(Tilt, Centre, Math.Exp(logDelta));
    }

    /// <summary>Takes what a rough composition found.</summary>
    public void Refine(double epsilon, double delta, double found)
    {
        Tilt = Capped(cumulants.TiltOfMean(epsilon, MostTilt), epsilon, delta);
        Centre = epsilon;
        share = Math.Max(found, 1e-200);
    }

    /// <summary>The rough number of points.</summary>
    public static int Rough => RoughHalf;

    /// <summary>An allowed number of points near one.</summary>
    public static int Rounded(double half)
    {
        double power = Math.Pow(2, Math.Ceiling(Math.Log2(Math.Clamp(half, RoughHalf, 1 << 24) / 0.97)));
        return (int)(power * 0.97) & ~1;
    }

    /// <summary>The bounds for a width of ε.</summary>
    public (MultiscaleLaw Upper, MultiscaleLaw Lower) Compose(int half, double width)
    {
        double levels = 1.5 * Math.Log2(step.Count) + 1;
        double byWidth = Math.Sqrt(2 * width / (levels * step.Count * (Tilt + 1)));
        (MultiscaleLaw upper, MultiscaleLaw lower) = MultiscaleLaw.Of(
            step.Pair, Tilt, half, Spacing(Math.Min(byWidth, range.Scale / (half > RoughHalf && step.Count < MostFineSteps ? FinestPart : 16))), range with { Lowest = Math.Max(range.Lowest, -Negligible / Tilt) });
        (long blocks, int doublings) = (step.Count, 0);
        while (blocks >= 1L << CountBits)
        {
            (blocks, doublings) = (blocks / 2, doublings + 1);
        }

        MultiscaleBudget Budget(double copies) => new(
            0.15 * width / (levels * copies), share * Math.Min(1, 0.1 * width * Tilt) / (levels * copies), cut / (levels * copies));
        return (
            Power(upper, blocks << doublings == step.Count ? blocks : blocks + 1, doublings, step.Count, Budget),
            Power(lower, blocks, doublings, step.Count, Budget));
    }

    // By squaring, from the lowest bit: what is gathered is of the size of what it is multiplied by, and occurs once.
    private static MultiscaleLaw Power(MultiscaleLaw one, long blocks, int doublings, double total, Func<double, MultiscaleBudget> budget)
    {
        MultiscaleLaw square = one;
        MultiscaleLaw? gathered = null;
        double size = 1;
        for (int i = 0; i < doublings; i++)
        {
            size *= 2;
            square = square.Times(square, budget(Math.Max(1, total / size)));
        }

        for (; ; blocks /= 2)
        {
            if (blocks % 2 != 0)
            {
                gathered = gathered is null ? square : gathered.Times(square, budget(1));
            }

            if (blocks <= 1)
            {
                return gathered!;
            }

            size *= 2;
            square = square.Times(square, budget(Math.Max(1, total / size)));
        }
    }

    // A spacing at most the one wanted, by which the atom of the law is at a point of every grid that is a power of two coarser.
    private double Spacing(double wanted)
    {
        double atom = step.Pair.AtomLoss;
        double spacing = atom > 0 && double.IsFinite(atom)
            ? Math.ScaleB(atom, (int)Math.Floor(Math.Log2(wanted / atom)))
            : wanted;
        int exponent = Math.ILogB(spacing) - SignificantBits + 1;
        return Math.ScaleB(Math.Floor(Math.ScaleB(spacing, -exponent)), exponent);
    }

    // A bounded loss has no best tilt; any that leaves δ its digits will do.
    private static double Capped(double tilt, double epsilon, double delta) => Math.Min(tilt, 4 * (1 - Math.Log(delta)) / Math.Max(epsilon, 1e-300));

    private void Aim(double tilt)
    {
        Tilt = tilt;
        Centre = cumulants.At(tilt).Mean;
        LogDelta = cumulants.LogDeltaAt(tilt);
    }
}
