namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations gaussian/… and sketched-gaussian/…: the Gaussian mechanism (S19), and with the random sensitivity of a sketch (S20).</summary>
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
