namespace LoraPrivacy.Certifier.Laws;

/// <summary>The law of one entry (S7): y = aX₁ − bX₂ with a, b = (‖q‖ ± q_i)/r and X₁, X₂ ~ Gamma(r/2, 1).</summary>
internal sealed class VarianceGammaLaw
{
    private readonly ExactNumber entry;
    private readonly ExactNumber norm;
    private readonly long rank;

    public VarianceGammaLaw(ExactNumber entry, ExactNumber norm, long rank)
    {
        this.entry = entry;
        this.norm = norm;
        this.rank = rank;
    }

    /// <summary>The law of −y.</summary>
    public VarianceGammaLaw Mirrored => new(-entry, norm, rank);

    /// <summary>Whether y is q_i χ²_r/r.</summary>
    public bool IsOneSided => entry.Abs() == norm;

    private Ball Shape => ((Ball)rank).TimesPowerOfTwo(-1);

    private Ball Positive => Ball.Of((norm + entry) / rank);

    private Ball Negative => Ball.Of((norm - entry) / rank);

    /// <summary>f(x); null where it is infinite.</summary>
    public Ball? Density(Ball x)
    {
        if (IsOneSided)
        {
            return OneSidedDensity(entry.Sign > 0 ? x : -x);
        }

        if (x.IsZero && rank == 1)
        {
            return null;
        }

        Ball order = ((Ball)(rank - 1)).TimesPowerOfTwo(-1);
        Ball variance = Ball.Of((norm * norm - entry * entry) / rank);
        Ball log = ((Ball)2).Log() + Shape * Shape.Log() - (2 * Ball.Pi * variance).Log().TimesPowerOfTwo(-1) - Shape.LogGamma()
            + Ball.Of(entry) * x / variance;
        return log.Exp() * PowerTimesBessel(order, x.Abs(), variance);
    }

    /// <summary>P(y &gt; x) for x ≥ 0.</summary>
    public Ball UpperTail(Ball x, int accuracy = Refinement.Printed)
    {
        if (IsOneSided)
        {
            return entry.Sign < 0 ? 0 : Refinement.Of(_ => SpecialFunctions.UpperGamma(Shape, x / Positive), accuracy);
        }

        return x.IsZero
            ? Refinement.Of(_ => 1 - AtZero(), accuracy)
            : Refinement.Of(tolerance => new GammaCombination([(Scaled(Positive), Shape), (-Scaled(Negative), Shape)], Scaled(x), isHockeyStick: false).Value(tolerance), accuracy);
    }

    /// <summary>P(y ≤ x).</summary>
    public Ball Cdf(Ball x, int accuracy = Refinement.Printed)
    {
        if (IsOneSided)
        {
            return OneSidedCdf(x, accuracy);
        }

        return x.IsNegative ? Mirrored.UpperTail(-x, accuracy)
            : x.IsZero ? Refinement.Of(_ => AtZero(), accuracy)
            : Refinement.Of(tolerance => new GammaCombination([(Scaled(Negative), Shape), (-Scaled(Positive), Shape)], -Scaled(x), isHockeyStick: false).Value(tolerance), accuracy);
    }

    /// <summary>The tail of an even rank in its closed form, P(y &gt; x) for x ≥ 0: a check of the inversion.</summary>
    internal Ball UpperTailOfEvenRank(Ball x)
    {
        int k = (int)(rank / 2);
        Ball ratio = x / Positive;
        Ball p = Positive / (Positive + Negative);
        Ball sum = 0;
        Ball power = 1;
        for (int j = 0; j < k; j++)
        {
            Ball inner = 0;
            Ball term = 1;
            for (int l = 0; l < k - j; l++)
            {
                inner += term;
                term = term * (1 - p) * (k + l) / (l + 1);
            }

            sum += power * inner;
            power = power * ratio / (j + 1);
        }

        return (-ratio).Exp() * p.Pow(k) * sum;
    }

    /// <summary>P(y ≤ 0) = I_{(1−c)/2}(r/2, r/2).</summary>
    internal Ball AtZero() => SpecialFunctions.IncompleteBeta(Shape, Shape, Ball.Of((norm - entry) / (2 * norm)));

    // In units of a power of 2 near ‖q‖.
    private Ball Scaled(Ball x) => x.TimesPowerOfTwo((int)(norm.Denominator.GetBitLength() - norm.Numerator.GetBitLength()));

    // (x/‖q‖)^ν K_ν(x‖q‖/σ²), and its limit ½Γ(ν)(2σ²/‖q‖²)^ν at 0.
    private Ball PowerTimesBessel(Ball order, Ball x, Ball variance)
    {
        Ball norm = Ball.Of(this.norm);
        return x.IsZero
            ? (order.LogGamma() + order * (2 * variance / norm.Square()).Log()).Exp().TimesPowerOfTwo(-1)
            : (order * (x / norm).Log()).Exp() * SpecialFunctions.BesselK(order, x * norm / variance);
    }

    private Ball? OneSidedDensity(Ball x)
    {
        Ball scale = Ball.Of(2 * norm / rank);
        if (x.IsNegative)
        {
            return 0;
        }

        if (x.IsZero)
        {
            return rank == 1 ? null : rank == 2 ? 1 / scale : 0;
        }

        Ball y = x / scale;
        return ((Shape - 1) * y.Log() - y - Shape.LogGamma()).Exp() / scale;
    }

    private Ball OneSidedCdf(Ball x, int accuracy)
    {
        Ball scale = Ball.Of(2 * norm / rank);
        bool isReached = entry.Sign > 0 ? x.IsPositive : x.IsNegative;
        if (!isReached)
        {
            return entry.Sign > 0 ? 0 : 1;
        }

        return Refinement.Of(
            _ => entry.Sign > 0 ? 1 - SpecialFunctions.UpperGamma(Shape, x / scale) : SpecialFunctions.UpperGamma(Shape, -x / scale), accuracy);
    }
}
