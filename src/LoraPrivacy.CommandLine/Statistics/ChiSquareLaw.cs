using LoraPrivacy.Reference.Numerics;

namespace LoraPrivacy.CommandLine.Statistics;

/// <summary>The distribution function of χ²_k.</summary>
/// <param name="degrees">k, at least 1.</param>
internal sealed class ChiSquareLaw(int degrees)
{
    /// <summary>P(X ≤ x); not a number where x is not.</summary>
    public double Below(double x) => double.IsNaN(x) ? double.NaN : x <= 0 ? 0 : IncompleteGamma.RegularizedP(degrees / 2.0, x / 2);
}
