namespace LoraPrivacy.Oracle.Audit;

/// <summary>What the weights of one layer say, or of one expert of a layer that stacks several.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="IsFinite">Whether all its numbers are finite; the rest is empty otherwise.</param>
/// <param name="Check">Whether A can be a draw of its declared law; null where it has none.</param>
/// <param name="NormA">‖A‖_F.</param>
/// <param name="NormB">‖B‖_F; 0 exactly for an adapter that does nothing.</param>
/// <param name="EffectiveRank">The effective rank of B·A; null where it was not computed.</param>
internal sealed record LayerAudit(PeftLayer Layer, bool IsFinite, FactorCheck? Check, double NormA, double NormB, double? EffectiveRank)
{
    /// <summary>Beyond this rank the eigenvalues take minutes.</summary>
    public const int LargestRank = 512;

    /// <summary>Whether at least the last half of B's rows is exactly 0, and the first row is not.</summary>
    public bool LooksLikeShard { get; private init; }

    /// <summary>Reads and checks a layer, expert by expert.</summary>
    public static IEnumerable<LayerAudit> Of(PeftLayer layer, DeclaredInitialization initialization)
        => layer.ReadExperts().Select(expert => Of(layer, initialization, expert.A, expert.B));

    private static LayerAudit Of(PeftLayer layer, DeclaredInitialization initialization, double[] a, double[] b)
    {
        if (!Array.TrueForAll(a, double.IsFinite) || !Array.TrueForAll(b, double.IsFinite))
        {
            return new(layer, false, null, 0, 0, null);
        }

        double normA = EuclideanNorm.Of(a);
        double normB = EuclideanNorm.Of(b);
        bool isComputable = layer.Rank <= LargestRank && normA < 1e150 && normB < 1e150;
        FactorCheck? check = initialization.Law switch
        {
            FactorLaw.None => null,
            FactorLaw.HalfRank when !isComputable => null,
            _ => FactorCheck.Of(initialization.Law, a, layer.Rank, layer.A.Type),
        };
        double? effectiveRank = !isComputable ? null : normA == 0 || normB == 0 ? 0 : SingularValues.EffectiveRank(SingularValues.OfProduct(Scaled(b, normB), Scaled(a, normA), layer.Rank));
        return new(layer, true, check, normA, normB, effectiveRank)
        {
            LooksLikeShard = layer.Outputs > 1 && b.AsSpan(0, layer.Rank).ContainsAnyExcept(0.0) && !b.AsSpan((int)((layer.Outputs + 1) / 2) * layer.Rank).ContainsAnyExcept(0.0),
        };
    }

    private static double[] Scaled(double[] values, double norm) => [.. values.Select(value => value / norm)];
}
