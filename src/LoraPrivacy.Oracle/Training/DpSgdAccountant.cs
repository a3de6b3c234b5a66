using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Training;

/// <summary>The upper end of the reference's bracket of ε for the mechanism that production runs (S19, item 9).</summary>
internal sealed class DpSgdAccountant : IPrivacyAccountant
{
    /// <summary>What the numbers are.</summary>
    public const string Description = "upper end of the proved bracket of S19, add or remove one example";

    public double? EpsilonSoFar(DpSgdParameters mechanism, long steps, double delta)
    {
        double epsilon = new DpSgdMechanism(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps).EpsilonBracket(delta).Upper;
        return double.IsFinite(epsilon) ? epsilon : null;
    }
}
