using LoraPrivacy.Oracle.Assessment;
using LoraPrivacy.Oracle.Output;
using LoraPrivacy.Oracle.Tables;
using LoraPrivacy.Reference.Accounting;

namespace LoraPrivacy.Oracle.Audit;

/// <summary>What the trainer claims, and what S19 would make of it.</summary>
internal static class ClaimSection
{
    private const int ShownDigits = 4;
    private const double UsualDelta = 1e-5;

    public static Table Build(TrainingClaim claim, DeclaredInitialization initialization, bool isContradicted)
    {
        List<Cell[]> rows = [.. claim.Facts.Select(fact => (Cell[])[new(fact.Label) { Full = fact.Name }, fact.Value])];
        double delta = claim.Delta ?? UsualDelta;
        Cell epsilon;
        try
        {
            epsilon = Obstacle(claim, initialization, isContradicted) is string obstacle
                ? new($"none: {obstacle}")
                : Cell.RoundedUp(EpsilonOf(claim, delta), ShownDigits, 0);
        }
        catch (Exception failure) when (Computation.Covers(failure))
        {
            epsilon = new($"none: {Computation.ReasonOf(failure)}");
        }

        rows.Add([new($"→ ε at δ = {Digits.Shortest(delta)}, if all is true") { Full = "conditionalEpsilon" }, epsilon]);
        return new(
            "claims",
            $"What the trainer claims in {TrainingClaim.FileName}; none of it can be verified from the weights",
            [claim.HasDiscreteNoise ? "S30" : "S19"],
            [new("claim", IsText: true), new("value", IsText: true)],
            rows,
            [$"The last line is {(claim.HasDiscreteNoise ? "S30's" : "S19's")} upper bound for adding or removing one example, under all of S19's hypotheses: a condition, not a finding about this adapter."]);
    }

    private static double EpsilonOf(TrainingClaim claim, double delta)
    {
        (double noise, double rate, long steps) = (claim.NoiseMultiplier!.Value, claim.SamplingRate!.Value, claim.Steps!.Value);
        return claim.HasDiscreteNoise && noise > 0
            ? new DiscreteGaussianMechanism(noise, rate, steps).EpsilonUpperBound(delta)
            : new DpSgdMechanism(noise, rate, steps).EpsilonUpperBound(delta);
    }

    private static bool MayBeFromData(InitializationSource source) => source is InitializationSource.Data or InitializationSource.Unknown;

    /// <summary>Why S19 does not apply to what is claimed; null where it does.</summary>
    private static string? Obstacle(TrainingClaim claim, DeclaredInitialization initialization, bool isContradicted) => claim switch
    {
        _ when isContradicted => "the weights contradict that A was frozen",
        _ when MayBeFromData(initialization.Source) || MayBeFromData(claim.SourceOf(initialization)) => "A may be initialised from the data",
        { Mechanism: string mechanism, IsOtherMechanism: true } => $"S19 is for DP-SGD, and the mechanism is said to be '{OneLine.Of(mechanism)}'",
        { NoiseMultiplier: null } or { ClippingNorm: null } or { SamplingRate: null } or { Steps: null }
            => "the noise multiplier, the clipping norm, the sampling rate or the steps are missing",
        { HasSecretSeed: false } => "the seed of the noise is not secret",
        { Relation: not (null or "add-remove") } => "S19's bound is for adding or removing one example (add-remove)",
        _ => null,
    };
}
