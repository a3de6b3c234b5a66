namespace LoraPrivacy.Oracle.Audit;

/// <summary>Layers of one kind: the same path but for the numbers in it, the same shape, rank, α and types.</summary>
/// <param name="Number">Its number in the report, from 1.</param>
/// <param name="Name">Their path, with an asterisk for each number in it.</param>
/// <param name="Layers">The layers, at least one.</param>
internal sealed record LayerGroup(int Number, string Name, IReadOnlyList<LayerAudit> Layers)
{
    /// <summary>One of the layers, for what they have in common.</summary>
    public PeftLayer First => Layers[0].Layer;

    public IEnumerable<LayerAudit> Finite => Layers.Where(layer => layer.IsFinite);

    /// <summary>Groups layers, in the order in which they come.</summary>
    public static LayerGroup[] Of(IEnumerable<LayerAudit> layers)
        => [.. layers
            .GroupBy(audit => (
                Name: string.Join('.', audit.Layer.Path.Split('.').Select(part => part.All(char.IsAsciiDigit) ? "*" : part)),
                audit.Layer.Inputs, audit.Layer.Outputs, audit.Layer.Rank, audit.Layer.Alpha, audit.Layer.Scaling, TypeA: audit.Layer.A.Type, TypeB: audit.Layer.B.Type))
            .Select((group, i) => new LayerGroup(i + 1, OneLine.Of(group.Key.Name), [.. group]))];
}
