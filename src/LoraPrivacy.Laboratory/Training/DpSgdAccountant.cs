using LoraPrivacy.Reference.Accounting;
using LoraPrivacy.Reference.Privacy;

namespace LoraPrivacy.Laboratory.Training;

/// <summary>ε as the reference proves it for the mechanism that production runs: the upper end of the bracket of S19, item 9, or of S30.</summary>
internal sealed class DpSgdAccountant : IPrivacyAccountant
{
    /// <summary>What the numbers are.</summary>
    public static string Describe(DpSgdParameters mechanism)
        => (mechanism.Sampler == NoiseSampler.Exact ? "upper bound of S30" : "upper end of the proved bracket of S19") + ", add or remove one example";

    public double? EpsilonSoFar(DpSgdParameters mechanism, long steps, double delta)
    {
        IPrivacyCurve run = mechanism.Sampler == NoiseSampler.Exact
            ? new DiscreteGaussianMechanism(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps)
            : new DpSgdMechanism(mechanism.NoiseMultiplier, mechanism.SamplingRate, steps);
        double epsilon = run.Epsilon(delta).Upper;
        return double.IsFinite(epsilon) ? epsilon : null;
    }
}
