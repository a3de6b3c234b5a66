namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations noise/…: the law of a sketched gradient (S2, S4, S7, S9).</summary>
internal static class NoiseCertifier
{
    /// <summary>Mean, entry variances (‖q‖² + (κ − 2)q_i²)/r and total noise (m + κ − 2)‖q‖²/r, in rational numbers.</summary>
    public static ExpectedResult Moments(ExactParameters parameters)
    {
        ExactNumber[] gradient = parameters.Vector("gradient");
        ExactNumber rank = parameters.Integer("rank");
        ExactNumber kurtosis = parameters.Has("kurtosis") ? parameters.Real("kurtosis") : 3;
        ExactNumber square = gradient.Aggregate((ExactNumber)0, (sum, entry) => sum + entry * entry);
        return ExpectedResult.Of(
            ("mean", ExpectedValue.Of(gradient.Select(Enclosure.Of))),
            ("variance", ExpectedValue.Of(gradient.Select(entry => Enclosure.Of((square + (kurtosis - 2) * entry * entry) / rank)))),
            ("total", Enclosure.Of((gradient.Length + kurtosis - 2) * square / rank)));
    }

    public static ExpectedResult Density(ExactParameters parameters)
    {
        if (parameters.InfiniteSign("x") != 0)
        {
            return ExpectedResult.Value(Enclosure.Zero);
        }

        VarianceGammaLaw law = Law(parameters);
        bool isInfinite = law.Density(Ball.Of(parameters.Real("x"))) is null;
        return ExpectedResult.Value(isInfinite ? Enclosure.Infinity : Enclosure.Of(Refinement.Of(_ => Law(parameters).Density(Ball.Of(parameters.Real("x")))!)));
    }

    public static ExpectedResult Cumulative(ExactParameters parameters)
    {
        int sign = parameters.InfiniteSign("x");
        return ExpectedResult.Value(sign != 0 ? (sign > 0 ? Enclosure.One : Enclosure.Zero) : Enclosure.Of(Law(parameters).Cdf(Ball.Of(parameters.Real("x")))));
    }

    /// <summary>The quantile of an entry: the root of the tail on its side of 0.</summary>
    public static ExpectedResult Quantile(ExactParameters parameters)
    {
        VarianceGammaLaw law = Law(parameters);
        ExactNumber probability = parameters.Real("probability");
        if (parameters.Real("entry").IsZero && probability == new ExactNumber(1, 2))
        {
            return ExpectedResult.Value(Enclosure.Zero);
        }

        Ball target = Ball.Of(probability);
        Ball atZero = Refinement.Of(_ => law.Cdf(0));
        double norm = parameters.Real("norm").ToDouble();
        double scale = Math.Abs(parameters.Real("entry").ToDouble()) + norm / Math.Sqrt(parameters.Integer("rank"));
        if (atZero < target)
        {
            return ExpectedResult.Value(Enclosure.Of(CurveRoot.Of(law.UpperTail, Ball.Of(1 - probability), scale)));
        }

        return target < atZero
            ? ExpectedResult.Value(Enclosure.Of(-CurveRoot.Of(law.Mirrored.UpperTail, target, scale)))
            : throw new ArithmeticException("the quantile is too close to 0 to tell its sign");
    }

    public static ExpectedResult Distance(ExactParameters parameters)
    {
        (Ball variation, Ball kolmogorov) = NormalDistance.Of(parameters.Real("entryRatio"), parameters.Integer("rank"));
        return ExpectedResult.Of(("totalVariation", Enclosure.Of(variation)), ("kolmogorov", Enclosure.Of(kolmogorov)));
    }

    private static VarianceGammaLaw Law(ExactParameters parameters)
        => new(parameters.Real("entry"), parameters.Real("norm"), parameters.Integer("rank"));
}
