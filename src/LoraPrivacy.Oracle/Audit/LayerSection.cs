namespace LoraPrivacy.Oracle.Audit;

/// <summary>The layers, grouped where they are alike.</summary>
internal static class LayerSection
{
    private const int ShownDigits = 4;

    public static Table Build(IReadOnlyList<LayerGroup> groups)
        => new(
            "groups",
            "Layers, W = W₀ + s·B·A with A r×m and B n×r",
            ["S1"],
            [
                new("group"),
                new("layers", IsText: true, Key: "name"),
                new("number", Key: "count"),
                new("m", Key: "inputs"),
                new("n", Key: "outputs"),
                new("r", Key: "rank"),
                new("α", Key: "alpha"),
                new("s", Key: "scaling"),
                new("type", IsText: true),
            ],
            [.. groups.Select(Row)],
            []);

    private static Cell[] Row(LayerGroup group)
    {
        PeftLayer layer = group.First;
        string typeA = ElementFormat.NameOf(layer.A.Type);
        string typeB = ElementFormat.NameOf(layer.B.Type);
        return
        [
            Cell.Of(group.Number),
            new(group.Name),
            Cell.Of(group.Layers.Count),
            Cell.Of(layer.Inputs),
            Cell.Of(layer.Outputs),
            Cell.Of(layer.Rank),
            Cell.Parameter(layer.Alpha),
            Cell.Measured(layer.Scaling, ShownDigits),
            new(typeA == typeB ? typeA : $"A {typeA}, B {typeB}"),
        ];
    }
}
