namespace LoraPrivacy.Oracle.Conformance.Mistakes;

/// <summary>The numbers in queries and results, infinities as strings.</summary>
internal static class Numbers
{
    private const string Infinite = "Infinity";

    /// <summary>A number; NaN where there is none.</summary>
    public static double Read(JsonNode node) => JsonNumber.ReadOrNaN(JsonSerializer.SerializeToElement(node));

    /// <summary>A number as JSON; null for NaN, which is none.</summary>
    public static JsonNode? Write(double value)
        => double.IsFinite(value) ? JsonValue.Create(value + 0.0) : double.IsNaN(value) ? null : JsonValue.Create(value > 0 ? Infinite : $"-{Infinite}");

    /// <summary>The result with one number, value; none where that is NaN.</summary>
    public static JsonObject? Value(double value) => Write(value) is { } number ? new JsonObject { ["value"] = number } : null;

    public static JsonArray Write(IEnumerable<IEnumerable<double>> rows) => [.. rows.Select(row => new JsonArray([.. row.Select(Write)]))];

    /// <summary>The same with every number changed. A bracket stays one: its ends are put in order.</summary>
    public static JsonNode Map(JsonNode node, Func<double, double> change)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Map(item!, change))]);
            case JsonObject members:
                JsonObject changed = new([.. members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Map(member.Value!, change)))]);
                if (changed["lower"] is { } lower && changed["upper"] is { } upper && Read(lower) > Read(upper))
                {
                    changed["lower"] = upper.DeepClone();
                    changed["upper"] = lower.DeepClone();
                }

                return changed;
            default:
                double number = Read(node);
                return double.IsNaN(number) ? node.DeepClone() : Write(change(number)) ?? JsonValue.Create("NaN");
        }
    }
}
