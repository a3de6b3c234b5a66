using LoraPrivacy.Production.Privacy;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Training;

/// <summary>The reference's upper bound of ε for the mechanism that production runs (S19; with the discrete Gaussian sampler S30).</summary>
internal sealed class DpSgdAccountant : IPrivacyAccountant
{
    /// <summary>What the numbers are.</summary>
    public static string Describe(DpSgdParameters mechanism)
        => $"upper bound of {(mechanism.Sampler == NoiseSampler.Exact ? "S30" : "S19")}, add or remove one example";

    public double? EpsilonSoFar(DpSgdParameters mechanism, long steps, double delta)
    {
        double epsilon = mechanism.Sampler == NoiseSampler.Exact
            ? new DiscreteGaussianMechanism(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps).EpsilonUpperBound(delta)
            : new DpSgdMechanism(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps).EpsilonUpperBound(delta);
        return double.IsFinite(epsilon) ? epsilon : null;
    }
}
