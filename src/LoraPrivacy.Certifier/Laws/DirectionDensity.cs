namespace LoraPrivacy.Certifier.Laws;

/// <summary>
/// The density of u = log h in S11, w(u) = K e^{−(r−1)u/2} B(u)^{−(r+1)/2} with B(u) = 2 cosh u − 2 cos θ = 4(sinh²(u/2) + sin²(θ/2)) and K = C_r sin^r θ,
/// and the same times h^{r−1}, which only changes the sign in the exponent.
/// </summary>
internal sealed class DirectionDensity
{
    private readonly long rank;
    private readonly Ball halfSineSquared;
    private readonly Ball logConstant;

    public DirectionDensity(long rank, VectorAngle angle)
    {
        this.rank = rank;
        halfSineSquared = angle.HalfSineSquared;
        Ball half = ((Ball)rank).TimesPowerOfTwo(-1);
        Ball normalization = (half + ((Ball)1).TimesPowerOfTwo(-1)).LogGamma() - half.LogGamma() - Ball.Pi.Log().TimesPowerOfTwo(-1);
        logConstant = normalization + half * angle.SineSquared.Log();
    }

    /// <summary>w(u), or w(u)h^{r−1} for the queries exchanged, times e^factor.</summary>
    public ComplexBall At(ComplexBall u, bool exchanged, Ball factor, bool analytic)
    {
        // log w lies in its value at the midpoint plus its derivative on the ball times the offset.
        ComplexBall middle = u.Midpoint();
        ComplexBall sine = u.TimesPowerOfTwo(-1).Sinh();
        ComplexBall base4 = sine * sine + halfSineSquared;
        if (!base4.IsFinite || (base4.TouchesCut && (analytic || !u.IsReal)))
        {
            return ComplexBall.Indeterminate;
        }

        Ball drift = ((Ball)(exchanged ? rank - 1 : 1 - rank)).TimesPowerOfTwo(-1);
        Ball power = ((Ball)(rank + 1)).TimesPowerOfTwo(-1);
        ComplexBall sineAtMiddle = middle.TimesPowerOfTwo(-1).Sinh();
        ComplexBall baseAtMiddle = (sineAtMiddle * sineAtMiddle + halfSineSquared).TimesPowerOfTwo(2);
        ComplexBall value = logConstant + factor + drift * middle - power * baseAtMiddle.Log(analytic: false);

        // B′/B = 2 sinh u/B.
        ComplexBall slope = drift - power * (u.Sinh().TimesPowerOfTwo(-1) / base4);
        return (value + slope * (u - middle)).Exp();
    }

    /// <summary>∫ w over u &lt; −U, U ≥ 1, is at most this: there B ≥ e^{|u|}(1 − 2e^{−U}), so that w(u) ≤ K(1 − 2e^{−U})^{−(r+1)/2}e^u.</summary>
    public Ball LowerTail(long cut) => Prefactor(cut) * (-(Ball)cut).Exp();

    /// <summary>∫ w over u &gt; U, U ≥ 1, is at most this: w(u) ≤ K(1 − 2e^{−U})^{−(r+1)/2}e^{−ru}.</summary>
    public Ball UpperTail(long cut) => Prefactor(cut) * (-(Ball)(cut * rank)).Exp() / rank;

    private Ball Prefactor(long cut)
    {
        Ball power = ((Ball)(rank + 1)).TimesPowerOfTwo(-1);
        return (logConstant - power * (-((-(Ball)cut).Exp().TimesPowerOfTwo(1))).LogOnePlus()).Exp();
    }
}
