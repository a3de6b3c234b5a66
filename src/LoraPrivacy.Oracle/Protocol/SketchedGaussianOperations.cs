using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operation sketched-gaussian/delta: a public A and a noisy factor.</summary>
internal static class SketchedGaussianOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("sketched-gaussian/delta", "S20", ["rank", "sensitivity", "noise", "epsilon"], (p, r) => r.WriteReal("value", Delta(p))),
    ];

    private static double Delta(ParameterReader parameters)
    {
        SketchedGaussianMechanism mechanism = new(
            parameters.Size("rank"), parameters.NonNegative("sensitivity"), parameters.Positive("noise"));
        double epsilon = parameters.Between("epsilon", 0, double.PositiveInfinity);

        // Both densities are positive everywhere, so δ(ε) falls to 0.
        return double.IsInfinity(epsilon) ? 0 : mechanism.Delta(epsilon);
    }
}
