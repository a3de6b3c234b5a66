using LoraPrivacy.Oracle.Assessment;
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
                : Cell.RoundedUp(new DpSgdMechanism(claim.NoiseMultiplier!.Value, claim.SamplingRate!.Value, claim.Steps!.Value).EpsilonUpperBound(delta), ShownDigits, 0);
        }
        catch (Exception failure) when (Computation.Covers(failure))
        {
            epsilon = new($"none: {Computation.ReasonOf(failure)}");
        }

        rows.Add([new($"→ ε at δ = {Digits.Shortest(delta)}, if all is true") { Full = "conditionalEpsilon" }, epsilon]);
        return new(
            "claims",
            $"What the trainer claims in {TrainingClaim.FileName}; none of it can be verified from the weights",
            ["S19"],
            [new("claim", IsText: true), new("value", IsText: true)],
            rows,
            ["The last line is S19's upper bound for adding or removing one example, under all of S19's hypotheses: a condition, not a finding about this adapter."]);
    }

    /// <summary>Why S19 does not apply to what is claimed; null where it does.</summary>
    private static string? Obstacle(TrainingClaim claim, DeclaredInitialization initialization, bool isContradicted) => claim switch
    {
        _ when isContradicted => "the weights contradict that A was frozen",
        _ when initialization.Source is InitializationSource.Data or InitializationSource.Unknown => "A may be initialised from the data",
        { NoiseMultiplier: null } or { SamplingRate: null } or { Steps: null } => "the noise multiplier, the sampling rate or the steps are missing",
        { HasSecretSeed: false } => "the seed of the noise is not secret",
        { Relation: not (null or "add-remove") } => "S19's bound is for adding or removing one example (add-remove)",
        _ => null,
    };
}
