namespace LoraPrivacy.Certifier.Laws;

/// <summary>The privacy of a χ² scale family, L = −a log λ + (λ − 1)g with g ~ Gamma(a, 1): S11 and S13 at θ = 0, in closed form.</summary>
/// <param name="shape">a &gt; 0.</param>
/// <param name="ratio">λ &gt; 0.</param>
internal sealed class ScaleCurve(Ball shape, Ball ratio)
{
    private readonly UpperTail tail = new(shape);

    /// <summary>δ(ε) for any ε; exactly 0 where the loss is bounded by ε.</summary>
    public Ball Delta(Ball epsilon)
    {
        Ball excess = ratio - 1;
        if (excess.IsZero)
        {
            return epsilon.IsNegative ? 1 - epsilon.Exp() : 0;
        }

        Ball c = epsilon + shape * ratio.Log();
        Ball x = c / excess;
        Ball y = x * ratio;
        if (excess.IsPositive)
        {
            return c.IsPositive ? tail.At(x) - epsilon.Exp() * tail.At(y) : 1 - epsilon.Exp();
        }

        return c.IsNegative ? Lower(x) - epsilon.Exp() * Lower(y) : Decided(c, 0);
    }

    /// <summary>P(L ≤ ℓ).</summary>
    public Ball LossCdf(Ball loss)
    {
        Ball excess = ratio - 1;
        if (excess.IsZero)
        {
            return loss.IsNegative ? 0 : 1;
        }

        Ball c = loss + shape * ratio.Log();
        Ball x = c / excess;
        if (excess.IsPositive)
        {
            return c.IsPositive ? Lower(x) : Decided(-c, 0);
        }

        return c.IsNegative ? tail.At(x) : Decided(c, 1);
    }

    // FLINT's own lower function is slow for x above a large a.
    private Ball Lower(Ball x) => 1 - tail.At(x);

    // The value where c ≥ 0 certainly; unknown where the sign of c is.
    private static Ball Decided(Ball c, Ball value) => c.IsPositive || c.IsZero ? value : value.WithError(1);
}
