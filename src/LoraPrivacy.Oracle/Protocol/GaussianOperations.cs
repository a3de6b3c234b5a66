using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations gaussian/…: exact privacy of the Gaussian mechanism.</summary>
internal static class GaussianOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("gaussian/delta", "S19", ["mu", "epsilon"], (p, r) => r.WriteReal("value", Delta(p))),
        new("gaussian/epsilon", "S19", ["mu", "delta"], (p, r) => r.WriteReal("value", Epsilon(p))),
    ];

    private static double Delta(ParameterReader parameters)
    {
        GaussianMechanism mechanism = new(parameters.NonNegative("mu"));
        double epsilon = parameters.Between("epsilon", 0, double.PositiveInfinity);

        // Both densities are positive everywhere, so δ(ε) falls to 0.
        return double.IsInfinity(epsilon) ? 0 : mechanism.Delta(epsilon);
    }

    private static double Epsilon(ParameterReader parameters)
    {
        GaussianMechanism mechanism = new(parameters.NonNegative("mu"));
        double epsilon = mechanism.Epsilon(parameters.Probability("delta"));
        return double.IsFinite(epsilon) ? epsilon : throw parameters.Beyond("mu", "ε is");
    }
}
