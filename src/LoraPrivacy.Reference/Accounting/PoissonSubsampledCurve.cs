namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// Poisson subsampling of any pair under addition or removal of one example, between the bounds of the pair's own curve: (1 − q)Q + qP against Q, or Q
/// against it (S22, item 2).
/// </summary>
[Statement("S22")]
internal sealed class PoissonSubsampledCurve(IPrivacyCurve curve, double rate, bool removed) : IPrivacyCurve
{
    // The rounding of e^ε − 1, of the logarithm and of what is between them.
    private const double Unit = 4 * OutwardRounding.Unit;

    // Seen from the data without the example no loss exceeds −log(1 − q).
    public double Floor { get; } = removed && rate < 1 ? 0 : rate * curve.Floor * (1 - OutwardRounding.Unit);

    // Both directions are c δ(log(1 + (e^ε − 1)/c)): c = q, or c = q − (e^ε − 1)(1 − q) where that is positive. It rises with c.
    public Bracket Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        if (rate == 1)
        {
            return curve.Delta(epsilon);
        }

        double growth = ElementaryFunctions.ExpMinusOne(Math.Min(epsilon, 700));
        if (!removed)
        {
            return Between(epsilon, growth, rate, rate);
        }

        double weight = rate - growth * (1 - rate);
        double error = Unit * (rate + growth * (1 - rate));
        return weight + error > 0 ? Between(epsilon, growth, Math.Max(0, weight - error), weight + error) : default;
    }

    private Bracket Between(double epsilon, double growth, double low, double high)
    {
        double lower = low > 0 ? low * (1 - OutwardRounding.Unit) * curve.Delta(Amplified(epsilon, growth, low) * (1 + Unit)).Lower : 0;
        double upper = high * curve.Delta(Amplified(epsilon, growth, high) * (1 - Unit)).Upper;
        return new Bracket(lower, upper > 0 ? Math.Min(1, OutwardRounding.Up(upper)) : 0);
    }

    // log(1 + (e^ε − 1)/c), c ≤ 1, to a relative error of a few units: e^ε − 1 overflows long after the 1 stops to count.
    private static double Amplified(double epsilon, double growth, double weight) => epsilon < 600
        ? (growth / weight < 1e300 ? ElementaryFunctions.LogOnePlus(growth / weight) : Math.Log(growth) - Math.Log(weight))
        : epsilon - Math.Log(weight);
}
