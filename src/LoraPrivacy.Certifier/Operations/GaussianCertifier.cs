using System.Text.Json.Nodes;
using LoraPrivacy.Certifier.Arithmetic;
using LoraPrivacy.Certifier.Interop;
using LoraPrivacy.Certifier.Laws;
using LoraPrivacy.Certifier.Vectors;

namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations gaussian/… and sketched-gaussian/…: the Gaussian mechanism (S19), and with the random sensitivity of a sketch (S20).</summary>
internal static class GaussianCertifier
{
    /// <summary>δ(ε).</summary>
    public static JsonObject Delta(Parameters parameters)
    {
        Rational mu = parameters.Real("mu");
        return Results.Value(Enclosure.Of(mu.IsZero || parameters.InfiniteSign("epsilon") > 0
            ? 0
            : Refinement.Of(_ => GaussianCurve.Delta(Ball.Of(mu), Ball.Of(parameters.Real("epsilon"))))));
    }

    /// <summary>The least ε with δ(ε) ≤ δ.</summary>
    public static JsonObject Epsilon(Parameters parameters)
    {
        Rational mu = parameters.Real("mu");
        return Results.Value(mu.IsZero
            ? Enclosure.Zero
            : EpsilonOf((epsilon, accuracy) => Refinement.Of(_ => GaussianCurve.Delta(Ball.Of(mu), epsilon), accuracy), parameters.Real("delta"), ExactNumber.ToDouble(mu)));
    }

    /// <summary>δ(ε) of the sketched mechanism.</summary>
    public static JsonObject SketchedDelta(Parameters parameters)
    {
        Rational sensitivity = parameters.Real("sensitivity");
        if (sensitivity.IsZero || parameters.InfiniteSign("epsilon") > 0)
        {
            return Results.Value(Enclosure.Zero);
        }

        Rational ratio = sensitivity / parameters.Real("noise");
        Ball epsilon = Ball.Of(parameters.Real("epsilon"));
        return Results.Value(Enclosure.Of(Refinement.OfIntegral((accuracy, tolerance)
            => new SketchedGaussianCurve(parameters.Integer("rank"), Ball.Of(ratio)).Delta(epsilon, accuracy, tolerance))));
    }

    /// <summary>The least ε of a curve, which is of an exact ε to a number of relatively accurate bits.</summary>
    internal static Enclosure EpsilonOf(Func<Ball, int, Ball> curve, Rational delta, double start = 1)
    {
        Ball target = Ball.Of(delta);
        Ball atZero = curve(0, Refinement.Printed);
        return atZero < target ? Enclosure.Zero
            : atZero > target ? Enclosure.Of(CurveRoot.Of(curve, target, start))
            : throw new ArithmeticException("δ(0) is too close to the δ asked for");
    }
}
