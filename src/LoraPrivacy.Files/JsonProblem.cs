using System.Text.Json;

namespace LoraPrivacy.Files;

/// <summary>Says what is wrong with a JSON text in a few words: the library's own message may repeat the whole text.</summary>
public static class JsonProblem
{
    private const string Suffix = " LineNumber: ";

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
