namespace LoraPrivacy.Certifier.Laws;

/// <summary>The privacy curve of the Gaussian mechanism, and of one subsampled step (S19, items 2, 6 and 8), in closed form.</summary>
internal static class GaussianCurve
{
    /// <summary>δ_G(ε; μ) = Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ) for μ &gt; 0 and any ε.</summary>
    public static Ball Delta(Ball mu, Ball epsilon)
    {
        Ball half = mu.TimesPowerOfTwo(-1);
        Ball ratio = epsilon / mu;
        return SpecialFunctions.NormalCdf(half - ratio) - epsilon.Exp() * SpecialFunctions.NormalCdf(-half - ratio);
    }

    /// <summary>The same on balls of the plane, for ε ≥ 0; entire in log μ.</summary>
    public static ComplexBall Delta(ComplexBall mu, Ball epsilon)
    {
        Ball root = 1 / ((Ball)2).Sqrt();
        ComplexBall half = mu.TimesPowerOfTwo(-1);
        ComplexBall quotient = epsilon.IsZero ? 0 : epsilon * (1 / mu);
        ComplexBall first = (root * (quotient - half)).Erfc();
        ComplexBall second = (root * (quotient + half)).Erfc();
        return (first - epsilon.Exp() * second).TimesPowerOfTwo(-1);
    }

    /// <summary>H_ε between one step with an example and without, sampled at rate q &lt; 1 with noise σ, in the worse direction.</summary>
    public static Ball OneStepAdded(Ball rate, Ball noise, Ball epsilon)
    {
        Ball mu = 1 / noise;
        Ball forward = rate * Delta(mu, ((epsilon.ExpMinusOne() + rate) / rate).Log());
        Ball c = 1 - epsilon.Exp() * (1 - rate);
        if (c.IsNegative || c.IsZero)
        {
            return forward;
        }

        Ball reverse = c * Delta(mu, (rate * epsilon.Exp() / c).Log());
        return forward > reverse ? forward : reverse > forward ? reverse : Ball.Union(forward, reverse);
    }

    /// <summary>H_ε between two steps that differ in one example, sampled at rate q with noise σ: item 8 at its largest.</summary>
    public static Ball OneStepReplaced(Ball rate, Ball noise, Ball epsilon)
    {
        Ball variance = noise.Square();
        Ball half = epsilon.TimesPowerOfTwo(-1);
        Ball s = (1 - rate) / rate * (1 / (2 * variance)).Exp() * half.Sinh();
        Ball arsinh = (s + (s.Square() + 1).Sqrt()).Log();
        Ball t = variance * (half + arsinh);
        Ball Beyond(Ball mean) => SpecialFunctions.NormalCdf((mean - t) / noise);
        return rate * Beyond(1) - rate * epsilon.Exp() * Beyond(-1) - epsilon.ExpMinusOne() * (1 - rate) * Beyond(0);
    }
}
