namespace LoraPrivacy.Certifier.Operations;

/// <summary>
/// The operations dp-sgd/… where the worst case can be enclosed (S19): in closed form without noise, for q = 1 and for one step; for two sampled
/// steps, with an example or without, as one integral.
/// </summary>
internal static class DpSgdCertifier
{
    /// <summary>δ of the worst case, which a bracket has to contain.</summary>
    public static ExpectedResult Delta(ExactParameters parameters)
    {
        ExactNumber noise = parameters.Real("noiseMultiplier");
        Ball epsilon = Ball.Of(parameters.Real("epsilon"));
        return ExpectedResult.Bracket(Enclosure.Of(
            parameters.Integer("steps") == 0 ? 0
            : noise.IsZero ? Refinement.Of(_ => Use(parameters))
            : Curve(parameters, Ball.Of(noise), epsilon)));
    }

    /// <summary>ε of the worst case, which a bracket has to contain.</summary>
    public static ExpectedResult Epsilon(ExactParameters parameters)
    {
        ExactNumber noise = parameters.Real("noiseMultiplier");
        ExactNumber delta = parameters.Real("delta");
        if (parameters.Integer("steps") == 0)
        {
            return ExpectedResult.Bracket(Enclosure.Zero);
        }

        return ExpectedResult.Bracket(noise.IsZero
            ? (Refinement.Of(_ => Use(parameters)) > Ball.Of(delta) ? Enclosure.Infinity : Enclosure.Zero)
            : GaussianCertifier.EpsilonOf((epsilon, accuracy) => Curve(parameters, Ball.Of(noise), epsilon, accuracy), delta));
    }

    /// <summary>The least σ: δ falls with it. An answer may be above, and must not be below.</summary>
    public static ExpectedResult NoiseMultiplier(ExactParameters parameters)
    {
        Ball epsilon = Ball.Of(parameters.Real("epsilon"));
        return ExpectedResult.Value(Enclosure.Of(CurveRoot.Of(
            (noise, accuracy) => Curve(parameters, noise, epsilon, accuracy), Ball.Of(parameters.Real("delta")))));
    }

    private static Ball Curve(ExactParameters parameters, Ball noise, Ball epsilon, int accuracy = Refinement.Printed)
        => parameters.Integer("steps") == 2 && parameters.Real("samplingRate") != 1 && parameters.Word("neighbours", "add-remove") == "add-remove"
            ? Refinement.OfIntegral(
                (bits, tolerance) => new TwoSampledSteps(Ball.Of(parameters.Real("samplingRate")), noise).Delta(epsilon, bits, tolerance), accuracy)
            : Refinement.Of(_ => ClosedForm(parameters, noise, epsilon), accuracy);

    private static Ball ClosedForm(ExactParameters parameters, Ball noise, Ball epsilon)
    {
        ExactNumber rate = parameters.Real("samplingRate");
        long steps = parameters.Integer("steps");
        bool isReplaced = parameters.Word("neighbours", "add-remove") == "replace-one";
        if (rate == 1)
        {
            return GaussianCurve.Delta((isReplaced ? 2 : 1) * ((Ball)steps).Sqrt() / noise, epsilon);
        }

        return steps != 1 ? throw new ArgumentException("there is a closed form for one step or for a sampling rate of 1 only, and an integral for two steps with or without an example")
            : isReplaced ? GaussianCurve.OneStepReplaced(Ball.Of(rate), noise, epsilon)
            : GaussianCurve.OneStepAdded(Ball.Of(rate), noise, epsilon);
    }

    // 1 − (1 − q)^T.
    private static Ball Use(ExactParameters parameters)
    {
        ExactNumber rate = parameters.Real("samplingRate");
        return rate == 1 ? 1 : -(parameters.Integer("steps") * (-Ball.Of(rate)).LogOnePlus()).ExpMinusOne();
    }
}
