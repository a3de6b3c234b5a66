namespace LoraPrivacy.Oracle.Commands;

/// <summary>The options that name a pair of neighbouring vectors: its norm ratio and angle.</summary>
internal sealed class PairOptions
{
    public Option<double?> NormRatio { get; } = CommonOptions.Real("--norm-ratio", "λ = ‖q‖/‖q′‖ of the pair (default 1).", ParameterKind.Positive);

    public Option<double?> Angle { get; } = CommonOptions.Real("--angle", "θ, the angle between q and q′ in radians.", ParameterKind.Angle);

    public bool IsGiven(ParseResult parsed) => parsed.GetResult(NormRatio) is not null || parsed.GetResult(Angle) is not null;

    public VectorPair Get(ParseResult parsed)
        => IsGiven(parsed)
            ? new VectorPair(parsed.GetValue(NormRatio) ?? 1, parsed.GetValue(Angle) ?? 0)
            : throw new InputException("the pair is missing: give --angle, --norm-ratio or both. lora-oracle assess FILE computes them (θ and λ) from your own per-example gradients; for the worst case over all neighbours give --tau to lora-oracle epsilon");
}
