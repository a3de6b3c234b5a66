namespace LoraPrivacy.Certifier.Operations;

/// <summary>The operations factor/…: exact privacy of releasing B alone (S24).</summary>
internal static class FactorCertifier
{
    public static ExpectedResult Delta(ExactParameters parameters)
        => ExpectedResult.Value(Enclosure.Of(parameters.InfiniteSign("epsilon") > 0 ? 0 : Curve(parameters).Delta(Ball.Of(parameters.Real("epsilon")))));

    /// <summary>The least ε with δ(ε) ≤ δ.</summary>
    public static ExpectedResult Epsilon(ExactParameters parameters)
    {
        FactorCurve curve = Curve(parameters);
        Ball target = Ball.Of(parameters.Real("delta"));
        Ball atZero = curve.Delta(0);
        return ExpectedResult.Value(
            atZero < target ? Enclosure.Zero
            : atZero > target ? Enclosure.Of(CurveRoot.Of(curve.Delta, target))
            : throw new ArithmeticException("δ(0) is too close to the δ asked for"));
    }

    private static FactorCurve Curve(ExactParameters parameters) => new(parameters.Integer("rank"), parameters.Vector("eigenvalues"));
}
