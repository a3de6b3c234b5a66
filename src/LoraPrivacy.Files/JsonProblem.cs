namespace LoraPrivacy.Files;

/// <summary>Reads JSON objects of people's files, and says what is wrong with one in a few words: the library's own message may repeat the whole text.</summary>
public static class JsonProblem
{
    private const string Suffix = " LineNumber: ";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads an object, without duplicate members; a byte order mark before it is passed over.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <param name="depth">How deep it may be nested.</param>
    /// <param name="read">Reads what it holds. The element ends with the call.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="FileFormatException">It is no such object, or holds a text that is not Unicode.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> json, string source, int depth, Func<JsonElement, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (ForeignFormat.Of(json.Span) is string foreign)
        {
            throw new FileFormatException(source, foreign);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json.Span.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = depth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : throw new FileFormatException(source, "is not a JSON object");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text is not UTF-8 or holds half of a surrogate pair.
            throw new FileFormatException(source, $"is not valid JSON: {Of(failure)}", failure);
        }
    }

    /// <summary>Describes a failure to parse or read JSON.</summary>
    /// <param name="failure">A <see cref="JsonException"/>, or what reading a text with half of a surrogate pair throws.</param>
    /// <returns>At most some 160 characters on one line, with the place where it is known.</returns>
    public static string Of(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        int end = failure.Message.LastIndexOf(Suffix, StringComparison.Ordinal);
        string words = FileFormatException.Quote(end < 0 ? failure.Message : failure.Message[..end]);
        return failure is JsonException { LineNumber: long line, BytePositionInLine: long position }
            ? $"{words} (line {line + 1}, byte {position + 1})"
            : words;
    }
}
