namespace LoraPrivacy.Protocol;

/// <summary>A number in a range.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="IsLowIncluded">Whether the lower end is allowed.</param>
/// <param name="IsHighIncluded">Whether the upper end is allowed.</param>
/// <param name="IsInteger">Whether it has to be an integer, of at most 2^53, so that no digit is lost.</param>
public sealed record NumberKind(double Low, double High, bool IsLowIncluded = true, bool IsHighIncluded = true, bool IsInteger = false) : ParameterKind
{
    /// <inheritdoc/>
    public override string Description => (IsInteger, double.IsInfinity(Low), double.IsInfinity(High)) switch
    {
        (true, _, _) when Low == High => Text(Low),
        (true, _, _) => $"an integer in [{Text(Low)}, {Text(High)}]",
        (_, true, _) => IsHighIncluded ? "a number, infinities included" : "a finite number",
        (_, _, true) => $"a {(IsHighIncluded ? "" : "finite ")}number {(IsLowIncluded ? "of at least" : "above")} {Text(Low)}",
        _ => $"a number in {(IsLowIncluded ? '[' : '(')}{Text(Low)}, {Text(High)}{(IsHighIncluded ? ']' : ')')}",
    };

    /// <summary>Whether a number is in the range.</summary>
    public bool Contains(double value) => (IsLowIncluded ? value >= Low : value > Low) && (IsHighIncluded ? value <= High : value < High);

    /// <inheritdoc/>
    public override JsonObject ToSchema()
    {
        JsonObject schema = new() { ["type"] = IsInteger ? "integer" : "number" };
        if (double.IsFinite(Low))
        {
            schema[IsLowIncluded ? "minimum" : "exclusiveMinimum"] = Low;
        }

        if (double.IsFinite(High))
        {
            schema[IsHighIncluded ? "maximum" : "exclusiveMaximum"] = High;
        }

        JsonArray infinities = Contains(double.NegativeInfinity) ? ["-Infinity", "Infinity"] : Contains(double.PositiveInfinity) ? ["Infinity"] : [];
        return infinities.Count == 0 ? schema : new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["enum"] = infinities }) };
    }

    internal override object Read(string name, JsonElement element, Dictionary<string, int> sizes) => Read(name, element, name);

    /// <summary>Reads a number of a parameter, at a place such as gradient[3].</summary>
    internal double Read(string name, JsonElement element, string place)
    {
        double value = JsonNumber.Read(element, name, place);
        return IsInteger && double.IsFinite(value) && value != Math.Floor(value) ? throw ProtocolException.BadParameter(name, $"{place} must be {Description}, but is {Shown(element)}")
            : Contains(value) ? value
            : throw ProtocolException.OutOfRange(name, $"{place} must be {Description}, but is {Shown(element)}");
    }

    private string Text(double value) => value == Math.PI ? "π" : IsInteger ? ((long)value).ToString(CultureInfo.InvariantCulture) : value.ToString("R", CultureInfo.InvariantCulture);
}
