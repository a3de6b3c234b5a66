using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Training;

/// <summary>The reference's upper bound of ε for the mechanism that production runs (S19).</summary>
internal sealed class DpSgdAccountant : IPrivacyAccountant
{
    /// <summary>What the numbers are.</summary>
    public const string Description = "upper bound of S19, add or remove one example";

    public double? EpsilonSoFar(DpSgdParameters mechanism, long steps, double delta)
    {
        double epsilon = new DpSgdMechanism(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps).EpsilonUpperBound(delta);
        return double.IsFinite(epsilon) ? epsilon : null;
    }
}
