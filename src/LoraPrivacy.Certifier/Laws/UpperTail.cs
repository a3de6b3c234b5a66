namespace LoraPrivacy.Certifier.Laws;

/// <summary>Q(a, z) for one shape a: enclosures that stay narrow on wide balls, which FLINT's own do not.</summary>
internal sealed class UpperTail(Ball shape)
{
    private readonly Ball logGamma = shape.LogGamma();

    /// <summary>a &gt; 0.</summary>
    public Ball Shape => shape;

    /// <summary>Q(a, x), x ≥ 0.</summary>
    public Ball At(Ball x) => SpecialFunctions.UpperGamma(shape, x);

    /// <summary>Q(a, z) on a ball; indeterminate where it has to be holomorphic and the ball touches the cut (−∞, 0].</summary>
    public ComplexBall At(ComplexBall z, bool analytic)
    {
        if (!z.IsFinite)
        {
            return ComplexBall.Indeterminate;
        }

        if (z.IsReal && !analytic)
        {
            return Range(z.Real);
        }

        return z.TouchesCut ? ComplexBall.Indeterminate : MeanValue(z);
    }

    /// <summary>Chernoff's bound of Q(a, x) for x &gt; a: e^{a−x}(x/a)^a. A bound above 1 where x may be less.</summary>
    public Ball Bound(Ball x) => shape < x ? (shape - x + shape * (x / shape).Log()).Exp().Upper() : 1;

    // Q falls on the real half-line, so its values at the ends bound it; what lies below 0 is taken as 0, where Q is 1.
    private ComplexBall Range(Ball x)
    {
        if (x.IsPositive && x.AccurateBits > WorkingPrecision.Bits / 2)
        {
            return MeanValue(x);
        }

        Ball lower = x.Lower();
        Ball upper = x.Upper();
        Ball greatest = lower.IsPositive ? At(lower) : 1;
        Ball least = upper.IsPositive ? At(upper) : 1;
        return Ball.Union(greatest, least);
    }

    // Q(z) lies in Q(m) + Q′(box)(z − m), m real and the box around the ball and m, with Q′(z) = −exp((a − 1) log z − z)/Γ(a); the exponent again
    // by its mean value.
    private ComplexBall MeanValue(ComplexBall z)
    {
        Ball middle = z.Real.Midpoint();
        ComplexBall box = z.IsReal ? z : ComplexBall.Of(z.Real, Ball.Union(z.Imaginary, 0));
        if (!middle.IsPositive || box.TouchesCut)
        {
            return ComplexBall.Indeterminate;
        }

        ComplexBall offset = box - middle;
        Ball exponent = (shape - 1) * middle.Log() - middle - logGamma;
        ComplexBall slope = (shape - 1) / box - 1;
        return At(middle) - (exponent + slope * offset).Exp() * offset;
    }
}
