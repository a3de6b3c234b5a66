namespace LoraPrivacy.Reference.Releases;

/// <summary>Which of the two hockey-stick divergences is the larger.</summary>
public enum Direction
{
    /// <summary>The divergence of the law under q from the law under q′, ‖q‖ ≤ ‖q′‖.</summary>
    Forward,

    /// <summary>The divergence of the law under q′ from the law under q.</summary>
    Reverse,
}

/// <summary>The worst neighbouring pair found and its ε.</summary>
/// <param name="Epsilon">The smallest ε that serves every pair of the neighbourhood, or +∞ where none does.</param>
/// <param name="NormRatio">λ = ‖q‖/‖q′‖ ≤ 1 of the worst pair, q being the one at the floor.</param>
/// <param name="Angle">θ of the worst pair, in radians.</param>
/// <param name="Direction">Which divergence attains it.</param>
public readonly record struct WorstCaseResult(double Epsilon, double NormRatio, double Angle, Direction Direction);
