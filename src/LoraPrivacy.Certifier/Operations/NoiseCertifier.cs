using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;
using LoraPrivacy.Certifier.Interop;
using LoraPrivacy.Certifier.Laws;
using LoraPrivacy.Certifier.Vectors;

namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations noise/…: the law of a sketched gradient (S2, S4, S7, S9).</summary>
internal static class NoiseCertifier
{
    /// <summary>Mean, entry variances (‖q‖² + (κ − 2)q_i²)/r and total noise (m + κ − 2)‖q‖²/r, in rational numbers.</summary>
    public static JsonObject Moments(Parameters parameters)
    {
        Rational[] gradient = parameters.Vector("gradient");
        Rational rank = parameters.Integer("rank");
        Rational kurtosis = parameters.Has("kurtosis") ? parameters.Real("kurtosis") : 3;
        Rational square = gradient.Aggregate((Rational)0, (sum, entry) => sum + entry * entry);
        return new JsonObject
        {
            ["mean"] = Results.Node(gradient.Select(Enclosure.Of)),
            ["variance"] = Results.Node(gradient.Select(entry => Enclosure.Of((square + (kurtosis - 2) * entry * entry) / rank))),
            ["total"] = Results.Node(Enclosure.Of((gradient.Length + kurtosis - 2) * square / rank)),
        };
    }

    /// <summary>The density of an entry.</summary>
    public static JsonObject Density(Parameters parameters)
    {
        if (parameters.InfiniteSign("x") != 0)
        {
            return Results.Value(Enclosure.Zero);
        }

        VarianceGammaLaw law = Law(parameters);
        bool isInfinite = law.Density(Ball.Of(parameters.Real("x"))) is null;
        return Results.Value(isInfinite ? Enclosure.Infinity : Enclosure.Of(Refinement.Of(_ => Law(parameters).Density(Ball.Of(parameters.Real("x")))!)));
    }

    /// <summary>The distribution function of an entry.</summary>
    public static JsonObject Cumulative(Parameters parameters)
    {
        int sign = parameters.InfiniteSign("x");
        return Results.Value(sign != 0 ? (sign > 0 ? Enclosure.One : Enclosure.Zero) : Enclosure.Of(Law(parameters).Cdf(Ball.Of(parameters.Real("x")))));
    }

    /// <summary>The quantile of an entry: the root of the tail on its side of 0.</summary>
    public static JsonObject Quantile(Parameters parameters)
    {
        VarianceGammaLaw law = Law(parameters);
        Rational probability = parameters.Real("probability");
        if (parameters.Real("entry").IsZero && probability == new Rational(1, 2))
        {
            return Results.Value(Enclosure.Zero);
        }

        Ball target = Ball.Of(probability);
        Ball atZero = Refinement.Of(_ => law.Cdf(0));
        double norm = ExactNumber.ToDouble(parameters.Real("norm"));
        double scale = Math.Abs(ExactNumber.ToDouble(parameters.Real("entry"))) + norm / Math.Sqrt(parameters.Integer("rank"));
        if (atZero < target)
        {
            return Results.Value(Enclosure.Of(CurveRoot.Of(law.UpperTail, Ball.Of(1 - probability), scale)));
        }

        return target < atZero
            ? Results.Value(Enclosure.Of(-CurveRoot.Of(law.Mirrored.UpperTail, target, scale)))
            : throw new ArithmeticException("the quantile is too close to 0 to tell its sign");
    }

    /// <summary>The distances to the normal law.</summary>
    public static JsonObject Distance(Parameters parameters)
    {
        (Ball variation, Ball kolmogorov) = NormalDistance.Of(parameters.Real("entryRatio"), parameters.Integer("rank"));
        return new JsonObject
        {
            ["totalVariation"] = Results.Node(Enclosure.Of(variation)),
            ["kolmogorov"] = Results.Node(Enclosure.Of(kolmogorov)),
        };
    }

    private static VarianceGammaLaw Law(Parameters parameters)
        => new(parameters.Real("entry"), parameters.Real("norm"), parameters.Integer("rank"));
}
