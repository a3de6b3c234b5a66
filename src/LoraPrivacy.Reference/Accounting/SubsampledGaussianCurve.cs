namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// One step of the Poisson-subsampled Gaussian mechanism where one example is added or removed, between proved bounds:
/// P = (1 − q)N(0) + qN(1) against Q = N(0), or Q against P (S19, item 6).
/// </summary>
[Statement("S19")]
internal sealed class SubsampledGaussianCurve(double noise, double rate, bool removed) : IPrivacyCurve
{
    private readonly Bracket ratio = Bracket.Around(1 / noise, OutwardRounding.Unit);

    public double Floor => 0;

    // Both directions are c δ_G(log(1 + (e^ε − 1)/c); 1/σ): c = q, or c = q − (e^ε − 1)(1 − q) where that is positive. It rises with c
    // and falls with e^ε − 1.
    public Bracket Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        double growth = ElementaryFunctions.ExpMinusOne(epsilon);
        if (!removed || rate == 1)
        {
            Bracket log = LogRatio(epsilon, growth, rate);
            return Scale(GaussianBounds.Delta(log, ratio), rate, rate);
        }

        double weight = rate - growth * (1 - rate);
        double error = OutwardRounding.Unit * (rate + growth * (1 - rate));
        double high = weight + error;
        double low = weight - error;
        if (!(high > 0))
        {
            return default;
        }

        double upper = Scale(GaussianBounds.Delta(LogRatio(epsilon, growth, high), ratio), high, high).Upper;
        double lower = low > 0 ? Scale(GaussianBounds.Delta(LogRatio(epsilon, growth, low), ratio), low, low).Lower : 0;
        return new Bracket(lower, upper);
    }

    // log(1 + (e^ε − 1)/c).
    private static Bracket LogRatio(double epsilon, double growth, double weight)
    {
        if (epsilon < 36)
        {
            double log = growth / weight < 1e300
                ? ElementaryFunctions.LogOnePlus(growth / weight)
                : Math.Log(growth) - Math.Log(weight);
            return Bracket.Around(log, OutwardRounding.Unit);
        }

        double plain = epsilon - Math.Log(weight);
        double value = plain + ElementaryFunctions.LogOnePlus(-(1 - weight) * Math.Exp(-epsilon));
        double error = OutwardRounding.Unit * (epsilon + Math.Abs(Math.Log(weight)));
        return new Bracket(value - error, value + error);
    }

    private static Bracket Scale(Bracket delta, double low, double high)
        => new(delta.Lower * low * (1 - OutwardRounding.Unit), Math.Min(1, OutwardRounding.Up(delta.Upper * high)));
}
