using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Checking;

/// <summary>Answers production's question for ε with the reference's upper bound (S19).</summary>
internal sealed class ReferenceAccountant : IPrivacyAccountant
{
    /// <inheritdoc/>
    public double? EpsilonSoFar(DpSgdParameters mechanism, long steps, double delta)
        => new DpSgdMechanism(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps).EpsilonUpperBound(delta);
}
