using LoraPrivacy.Reference.Releases;

namespace LoraPrivacy.Oracle.Protocol;

/// <summary>The operations factor/…: exact privacy of releasing B alone.</summary>
internal static class FactorOperations
{
    public static IEnumerable<Operation> All =>
    [
        new("factor/delta", "S24", ["rank", "eigenvalues", "epsilon"], (p, r) => r.WriteReal("value", Delta(p))),
        new("factor/epsilon", "S24", ["rank", "eigenvalues", "delta"], (p, r) => r.WriteReal("value", Epsilon(p))),
    ];

    private static double Delta(ParameterReader parameters)
    {
        FactorRelease release = Release(parameters);
        double epsilon = parameters.Between("epsilon", 0, double.PositiveInfinity);

        // Both densities are positive everywhere, so δ(ε) falls to 0.
        return double.IsInfinity(epsilon) ? 0 : release.Delta(epsilon);
    }

    private static double Epsilon(ParameterReader parameters) => Release(parameters).Epsilon(parameters.Probability("delta"));

    private static FactorRelease Release(ParameterReader parameters)
    {
        int rank = parameters.Size("rank");
        double[] eigenvalues = parameters.Vector("eigenvalues");
        return Array.TrueForAll(eigenvalues, eigenvalue => eigenvalue > 0)
            ? new FactorRelease(rank, eigenvalues)
            : throw parameters.Outside("eigenvalues", "numbers above 0");
    }
}
