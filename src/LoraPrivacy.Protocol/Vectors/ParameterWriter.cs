namespace LoraPrivacy.Protocol.Vectors;

/// <summary>Turns the exact arguments of a vector into the JSON numbers that a testee reads: shortest, and the same double.</summary>
internal static class ParameterWriter
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the parameters.</summary>
    /// <param name="parameters">An object of whole numbers, exact numbers as strings, words, and arrays of these.</param>
    /// <param name="mayBeWrong">Whether the query is meant to be refused, so that any JSON is sent as it is.</param>
    public static string Write(Node parameters, bool mayBeWrong)
        => new JsonObject(parameters.Members().Select(member => KeyValuePair.Create(member.Name, Sent(member.Value, mayBeWrong)))).ToJsonString(Compact);

    private static JsonNode? Sent(Node value, bool mayBeWrong) => value.Element.ValueKind switch
    {
        JsonValueKind.Array => new JsonArray([.. value.Items().Select(item => Sent(item, mayBeWrong))]),
        JsonValueKind.String => Text(value),
        JsonValueKind.Number when !mayBeWrong && !value.Element.TryGetInt64(out _)
            => throw value.Bad("""a whole number or an exact number as a string, such as "1/2" or "0x1p-1" """.TrimEnd()),
        JsonValueKind.Number => JsonNode.Parse(value.Element.GetRawText()),
        _ when !mayBeWrong => throw value.Bad("a number, a word or an array"),
        _ => JsonNode.Parse(value.Element.GetRawText()),
    };

    /// <summary>What begins like a number is one; all else is a word.</summary>
    private static JsonNode Text(Node value)
    {
        string text = value.AsText();
        if (text.TrimStart('-') is not [>= '0' and <= '9', ..])
        {
            return text;
        }

        return !ExactNumber.TryParseArgument(text, out ExactNumber number) ? throw value.Bad("""a word, or a number such as "-3", "1/2" or "0x1.8p-3" """.TrimEnd())
            : number.IsDouble ? number.ToDouble()
            : throw value.Bad("exactly representable as a double");
    }
}
