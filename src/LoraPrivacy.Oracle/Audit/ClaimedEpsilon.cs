namespace LoraPrivacy.Oracle.Audit;

/// <summary>What S19 proves about the least ε of the mechanism that is claimed, and whether the claimed ε stands against it.</summary>
/// <param name="Delta">The δ at which ε is given.</param>
/// <param name="Proved">The bracket of the worst case's least ε; null where none is proved.</param>
/// <param name="Obstacle">Why there is no bracket; null where there is one.</param>
/// <param name="Contradiction">What is claimed and refuted, in a sentence; null where nothing is.</param>
internal sealed record ClaimedEpsilon(double Delta, Bracket? Proved, string? Obstacle, string? Contradiction)
{
    private const int ShownDigits = 5;
    private const double UsualDelta = 1e-5;

    // A claim this near the proved bound was probably rounded.
    private const double RoundingOfClaims = 0.01;

    /// <summary>Holds a claim against what is proved of the mechanism it names.</summary>
    public static ClaimedEpsilon Of(TrainingClaim claim)
    {
        double delta = claim.Delta ?? UsualDelta;
        string? obstacle = ObstacleOf(claim);
        if (obstacle is not null)
        {
            return new(delta, null, obstacle, null);
        }

        try
        {
            Bracket proved = Prove(claim, delta);
            return new(delta, proved, null, ContradictionOf(claim, delta, proved));
        }
        catch (Exception failure) when (Computation.Covers(failure))
        {
            return new(delta, null, QueryAnswerer.MessageOf(failure), null);
        }
    }

    private static Bracket Prove(TrainingClaim claim, double delta)
    {
        DpSgdMechanism run = new(claim.NoiseMultiplier!.Value, claim.SamplingRate!.Value, claim.Steps!.Value, CommonOptions.NeighboursOf(claim.Neighbours));
        if (delta == 0)
        {
            // The loss of a step is not bounded: S19, item 6, is positive for every ε.
            return Bracket.Exactly(run.Steps == 0 ? 0 : double.PositiveInfinity);
        }

        return claim.HasDiscreteNoise && run.NoiseMultiplier > 0
            ? new DiscreteGaussianMechanism(run.NoiseMultiplier, run.SamplingRate, run.Steps).Epsilon(delta)
            : run.Epsilon(delta);
    }

    private static string? ObstacleOf(TrainingClaim claim) => claim switch
    {
        { Mechanism: string mechanism, IsOtherMechanism: true } => $"S19 is for DP-SGD, and the mechanism is said to be '{OneLine.Of(mechanism)}'",
        { NoiseMultiplier: null } => "the noise multiplier is missing",
        { SamplingRate: null } => "the sampling rate is missing",
        { Steps: null } => "the steps are missing",
        { Neighbours: string neighbours } when neighbours is not ("add-remove" or "replace-one")
            => $"S19 knows the neighbours add-remove and replace-one, not '{OneLine.Of(neighbours)}'",
        { HasDiscreteNoise: true, Neighbours: "replace-one" } => "S30, which is for discrete Gaussian noise, knows the neighbours add-remove only",
        { Delta: >= 1 } => $"delta must be below 1, but is {Digits.Shortest(claim.Delta.Value)}, which promises nothing",
        { Epsilon: not null, Delta: null } => "δ is missing, and an ε without it says nothing",
        _ => null,
    };

    private static string? ContradictionOf(TrainingClaim claim, double delta, Bracket proved)
    {
        if (!(claim.Epsilon < proved.Lower))
        {
            return null;
        }

        string least = double.IsInfinity(proved.Lower)
            ? "no finite ε holds"
            : $"no ε below {Digits.Down(proved.Lower, ShownDigits, 0)} holds";
        string rounded = claim.Epsilon >= proved.Lower * (1 - RoundingOfClaims) ? " It may have been rounded down: an ε is rounded up." : string.Empty;
        return $"ε = {Digits.Shortest(claim.Epsilon!.Value)} is claimed, and it is proved that for the claimed mechanism (σ = {Digits.Shortest(claim.NoiseMultiplier!.Value)}, "
            + $"q = {Digits.Shortest(claim.SamplingRate!.Value)}, T = {claim.Steps}, {claim.Neighbours ?? "add-remove"}) {least} at δ = {Digits.Shortest(delta)} in the worst case (S19).{rounded}";
    }
}
