namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations gaussian/…, sketched-gaussian/… and projected-gaussian/…: the Gaussian mechanism (S19), and with the random sensitivity of a sketch (S20, S33).</summary>
internal static class GaussianCertifier
{
    public static ExpectedResult Delta(ExactParameters parameters)
    {
        ExactNumber mu = parameters.Real("mu");
        return ExpectedResult.Value(Enclosure.Of(mu.IsZero || parameters.InfiniteSign("epsilon") > 0
            ? 0
            : Refinement.Of(_ => GaussianCurve.Delta(Ball.Of(mu), Ball.Of(parameters.Real("epsilon"))))));
    }

    /// <summary>The least ε with δ(ε) ≤ δ.</summary>
    public static ExpectedResult Epsilon(ExactParameters parameters)
    {
        ExactNumber mu = parameters.Real("mu");
        return ExpectedResult.Value(mu.IsZero
            ? Enclosure.Zero
            : EpsilonOf((epsilon, accuracy) => Refinement.Of(_ => GaussianCurve.Delta(Ball.Of(mu), epsilon), accuracy), parameters.Real("delta"), mu.ToDouble()));
    }

    public static ExpectedResult SketchedDelta(ExactParameters parameters)
    {
        ExactNumber sensitivity = parameters.Real("sensitivity");
        if (sensitivity.IsZero || parameters.InfiniteSign("epsilon") > 0)
        {
            return ExpectedResult.Value(Enclosure.Zero);
        }

        ExactNumber ratio = sensitivity / parameters.Real("noise");
        Ball epsilon = Ball.Of(parameters.Real("epsilon"));
        return ExpectedResult.Value(Enclosure.Of(Refinement.OfIntegral((accuracy, tolerance)
            => new SketchedGaussianCurve(parameters.Integer("rank"), Ball.Of(ratio)).Delta(epsilon, accuracy, tolerance))));
    }

    public static ExpectedResult ProjectedDelta(ExactParameters parameters) => ExpectedResult.Value(
        parameters.Real("sensitivity").IsZero || parameters.InfiniteSign("epsilon") > 0
            ? Enclosure.Zero
            : Enclosure.Of(Projected(parameters, Ball.Of(parameters.Real("epsilon")))));

    public static ExpectedResult ProjectedEpsilon(ExactParameters parameters) => ExpectedResult.Value(
        parameters.Real("sensitivity").IsZero
            ? Enclosure.Zero
            : EpsilonOf((epsilon, accuracy) => Projected(parameters, epsilon, accuracy), parameters.Real("delta")));

    /// <summary>The largest δ over differences of any rank, where it is known: f(E S) where a tangent there is above f, and the rank-one curve where f is convex.</summary>
    public static ExpectedResult WorstCaseDelta(ExactParameters parameters, bool isProjected)
    {
        ExactNumber sensitivity = parameters.Real("sensitivity");
        long rank = parameters.Integer("rank");
        long dimension = isProjected ? Math.Max(rank, parameters.Integer("dimension")) : rank;
        if (sensitivity.IsZero)
        {
            return ExpectedResult.Bracket(Enclosure.Zero);
        }

        ExactNumber ratio = sensitivity / parameters.Real("noise");
        Ball epsilon = Ball.Of(parameters.Real("epsilon"));
        bool isConvex = Refinement.Of(_ => 2 * ((1 + epsilon.Square()).Sqrt() - 1) - Ball.Of(ratio).Square()).IsPositive;
        return ExpectedResult.Bracket(Enclosure.Of(isProjected && isConvex
            ? Projected(parameters, epsilon)
            : Refinement.Of(_ => AtTheMean(Ball.Of(ratio) * ((Ball)rank / dimension).Sqrt(), epsilon))));
    }

    // The tangent of δ_G(ε; √x) at x = μ² is at least 0 at x = 0: μφ(μ/2 − ε/μ) ≤ 2δ_G, and μ² ≥ 2(√(1 + ε²) − 1).
    private static Ball AtTheMean(Ball mu, Ball epsilon)
    {
        Ball delta = GaussianCurve.Delta(mu, epsilon);
        Ball density = (-(mu.TimesPowerOfTwo(-1) - epsilon / mu).Square().TimesPowerOfTwo(-1)).Exp() / (2 * Ball.Pi).Sqrt();
        return mu * density < 2 * delta && (epsilon.IsZero || mu.Square() > 2 * ((1 + epsilon.Square()).Sqrt() - 1))
            ? delta
            : throw new ArithmeticException("the largest δ is not known");
    }

    private static Ball Projected(ExactParameters parameters, Ball epsilon, int accuracy = Refinement.Printed)
    {
        ExactNumber ratio = parameters.Real("sensitivity") / parameters.Real("noise");
        (long rank, long dimension) = (parameters.Integer("rank"), parameters.Integer("dimension"));
        return rank < dimension
            ? Refinement.OfIntegral((bits, tolerance) => new ProjectedGaussianCurve(rank, dimension, Ball.Of(ratio)).Delta(epsilon, bits, tolerance), accuracy)
            : Refinement.Of(_ => GaussianCurve.Delta(Ball.Of(ratio), epsilon), accuracy);
    }

    /// <summary>The least ε of a curve, which is of an exact ε to a number of relatively accurate bits.</summary>
    internal static Enclosure EpsilonOf(Func<Ball, int, Ball> curve, ExactNumber delta, double start = 1)
    {
        Ball target = Ball.Of(delta);
        Ball atZero = curve(0, Refinement.Printed);
        return atZero < target ? Enclosure.Zero
            : atZero > target ? Enclosure.Of(CurveRoot.Of(curve, target, start))
            : throw new ArithmeticException("δ(0) is too close to the δ asked for");
    }
}
