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
