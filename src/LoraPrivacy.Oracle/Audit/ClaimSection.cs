namespace LoraPrivacy.Oracle.Audit;

/// <summary>What the trainer claims, and what S19 makes of it.</summary>
internal static class ClaimSection
{
    private const int ShownDigits = 4;

    public static Table Build(TrainingClaim claim, ClaimedEpsilon epsilon, DeclaredInitialization initialization, bool isContradicted)
    {
        List<Cell[]> rows = [.. claim.Facts.Select(fact => (Cell[])[new(fact.Label) { Full = fact.Name }, fact.Value])];
        string at = $"at δ = {Digits.Shortest(epsilon.Delta)}";
        string? obstacle = Obstacle(claim, initialization, isContradicted) ?? epsilon.Obstacle;
        rows.Add([new($"→ ε {at}, if all is true") { Full = "conditionalEpsilon" }, obstacle is null ? Cell.Upper(epsilon.Proved!.Value.Upper, ShownDigits) : new($"none: {obstacle}")]);
        rows.Add(
        [
            new($"→ and at least, in the worst case") { Full = "leastEpsilon" },
            epsilon.Proved is not { } proved ? new($"none: {epsilon.Obstacle}")
                : claim.HasDiscreteNoise ? new("none: of discrete Gaussian noise an upper bound is proved, and no lower one")
                : Cell.Lower(proved.Lower, ShownDigits),
        ]);
        if (epsilon.Contradiction is string contradiction)
        {
            rows.Add([new("→ the claimed ε") { Full = "claimedEpsilon" }, new($"refuted: {contradiction}")]);
        }

        return new(
            "claims",
            $"What the trainer claims in {TrainingClaim.FileName}; none of it can be verified from the weights",
            [claim.HasDiscreteNoise ? "S30" : "S19"],
            [new("claim", IsText: true), new("value", IsText: true)],
            rows,
            [
                $"The last lines are what {(claim.HasDiscreteNoise ? "S30" : "S19")} proves of the worst case over neighbours ({claim.Neighbours ?? "add-remove, as none is named"}), rounded outward: the upper end under all of S19's hypotheses, a "
                    + "condition and not a finding about this adapter; a lower end whatever else is true, as a guarantee below it would be wrong for some gradients that the clipping allows.",
            ]);
    }

    private static bool MayBeFromData(InitializationSource source) => source is InitializationSource.Data or InitializationSource.Unknown;

    /// <summary>Which of S19's hypotheses is not claimed; null where all are.</summary>
    private static string? Obstacle(TrainingClaim claim, DeclaredInitialization initialization, bool isContradicted) => claim switch
    {
        _ when isContradicted => "the weights contradict that A was frozen",
        _ when MayBeFromData(initialization.Source) || MayBeFromData(claim.SourceOf(initialization)) => "A may be initialised from the data",
        { IsOtherMechanism: true } => null,
        { ClippingNorm: null } => "the clipping norm is missing",
        { ClippingNorm: 0 } => "the clipping norm must be above 0, but is 0",
        { HasSecretSeed: false } => "the seed of the noise is not secret",
        _ => null,
    };
}
