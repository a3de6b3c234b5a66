namespace LoraPrivacy.Reference.Accounting;

/// <summary>The losses outside of which a pair's law may be cut: what is cut away is in the bounds, so a poor choice costs width only.</summary>
/// <param name="Lowest">Below it the excess of the curve over (1 − e^ε)⁺ is negligible; negative.</param>
/// <param name="Highest">Above it the curve is negligibly above its limit; positive.</param>
/// <param name="Scale">The size of a typical loss.</param>
internal readonly record struct LossRange(double Lowest, double Highest, double Scale)
{
    private const double LargestLoss = 1e9;
    private const double SmallestLoss = 1e-13;
    private const double LowerCut = 1e-20;

    /// <summary>The range of a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="cut">How far δ may be above its limit at the highest loss.</param>
    /// <param name="steps">How often the law is composed.</param>
    public static LossRange Of(PrivacyPair pair, double cut, double steps)
    {
        double scale = Math.Max(SmallestLoss, 2.5 * PrivacyPair.Probability(pair.Forward.Delta(0), 0).Upper);
        double floor = pair.Forward.Floor;
        bool IsNegligible(double loss)
        {
            Bracket delta = PrivacyPair.Probability(pair.Forward.Delta(loss), loss);
            return delta.Upper - floor <= Math.Max(cut, 2 * (delta.Upper - delta.Lower));
        }

        double highest = FirstWhere(IsNegligible, scale);
        double lowest = FirstWhere(loss => Math.Exp(-loss) * PrivacyPair.Probability(pair.Reverse.Delta(loss), loss).Upper <= LowerCut / steps, scale);
        return new LossRange(-lowest, highest, scale);
    }

    // The least loss with a property that all larger ones have, to 2 per cent.
    private static double FirstWhere(Func<double, bool> holds, double scale)
    {
        double high = scale;
        while (!holds(high) && high < LargestLoss)
        {
            high *= 2;
        }

        double low = high == scale ? 0 : high / 2;
        while (high - low > 0.02 * high && high > 1e-3 * scale)
        {
            double middle = 0.5 * (low + high);
            (low, high) = holds(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
