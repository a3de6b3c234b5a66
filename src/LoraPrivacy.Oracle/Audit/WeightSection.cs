namespace LoraPrivacy.Oracle.Audit;

/// <summary>What the weights show: whether A can be as initialised, whether B has moved, and the effective rank of BA.</summary>
internal static class WeightSection
{
    private const int ShownDigits = 4;

    public static Table Build(IReadOnlyList<LayerGroup> groups, DeclaredInitialization initialization)
        => new(
            "weights",
            "What the weights show",
            ["S1"],
            [
                new("group"),
                new("A as initialised", IsText: true, Key: "consistent"),
                new(initialization.Law == FactorLaw.HalfRank ? "σ(r/2+1)/σ(1)" : "largest |a|", Key: "extreme"),
                new("limit", Key: "extremeLimit"),
                new("KS distance", Key: "distance"),
                new("KS limit", Key: "distanceLimit"),
                new("B", IsText: true, Key: "factorB"),
                new("eff. rank from", Key: "effectiveRankLeast"),
                new("to", Key: "effectiveRankMost"),
            ],
            [.. groups.Select(Row)],
            [.. Notes(groups, initialization)]);

    private static Cell[] Row(LayerGroup group)
    {
        LayerAudit[] layers = [.. group.Finite];
        FactorCheck[] checks = [.. layers.Select(layer => layer.Check).OfType<FactorCheck>()];
        double[] ranks = [.. layers.Select(layer => layer.EffectiveRank).OfType<double>()];
        int zero = layers.Count(layer => layer.NormB == 0);
        FactorCheck? worst = checks.MaxBy(check => check.Extreme);
        FactorCheck? furthest = checks.MaxBy(check => check.Distance ?? -1);
        return
        [
            Cell.Of(group.Number),
            new(checks.Length == 0 ? "not checked" : Portion("yes", checks.Count(check => check.IsConsistent), checks.Length, "no")),
            Number(worst?.Extreme),
            Number(worst?.ExtremeLimit),
            Number(furthest?.Distance),
            Number(furthest?.DistanceLimit),
            new(layers.Length == 0 ? "not examined" : Portion("zero", zero, layers.Length, "nonzero")),
            Number(ranks.Length > 0 ? ranks.Min() : null),
            Number(ranks.Length > 0 ? ranks.Max() : null),
        ];
    }

    private static IEnumerable<string> Notes(IReadOnlyList<LayerGroup> groups, DeclaredInitialization initialization)
    {
        switch (initialization.Law)
        {
            case FactorLaw.KaimingUniform:
                yield return "|a| in units of 1/√m: an untrained Kaiming-uniform A has none beyond 1, but for rounding. KS: sup |Fₙ − F| against the uniform law.";
                break;
            case FactorLaw.Gaussian:
                yield return "|a| in units of the standard deviation 1/r. KS: sup |Fₙ − F| against the normal law.";
                break;
            case FactorLaw.HalfRank:
                yield return "An untrained \"orthogonal\" A has rank r/2, so that its singular value r/2 + 1 vanishes, but for rounding.";
                break;
            default:
                yield return "A's initialisation depends on what is not in this folder, so that A cannot be held against it.";
                break;
        }

        if (initialization.Law is not FactorLaw.None)
        {
            yield return "Limits: an untouched A passes each with probability at least 1 − 1e-9 a layer. The worst layer of each group is shown.";
        }

        if (groups.SelectMany(group => group.Layers).All(layer => layer.IsFinite && layer.NormB == 0))
        {
            yield return "B = 0 throughout: the adapter does nothing, as before training.";
        }

        yield return "Effective rank: exp of the entropy of the normalised singular values of BA; 0 where BA = 0."
            + (groups.Any(group => group.First.Rank > LayerAudit.LargestRank) ? $" Singular values are not computed beyond rank {LayerAudit.LargestRank}." : string.Empty);
    }

    private static string Portion(string word, int count, int total, string otherwise)
        => count == total ? word : count == 0 ? otherwise : $"{word} in {count} of {total}";

    private static Cell Number(double? value) => value is double number ? Cell.Measured(number, ShownDigits) : Cell.Undefined;
}
