using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>Reads one line of a testee, of which nothing is known.</summary>
internal static partial class AnswerReader
{
    private const int LongestQuote = 100;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>Reads the answer to a query.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="id">The query's id, as JSON.</param>
    /// <exception cref="TesteeFaultException">The line is no answer, or the answer to another query.</exception>
    public static TesteeAnswer Read(ReadOnlyMemory<byte> line, string id)
    {
        if (!Utf8.IsValid(line.Span))
        {
            throw new TesteeFaultException("wrote a line that is not UTF-8");
        }

        try
        {
            using JsonDocument document = Parse(line, out string? bareWord);
            JsonElement answer = document.RootElement;
            if (answer.ValueKind != JsonValueKind.Object)
            {
                throw new TesteeFaultException($"wrote a line that is no JSON object: {Quote(line)}");
            }

            CheckId(answer, id);
            if (line.Span.IndexOf("\\u"u8) >= 0)
            {
                ReadTexts(answer);
            }

            return bareWord is null ? Answer(answer, line) : new TesteeAnswer.NotANumber(bareWord);
        }
        catch (JsonException)
        {
            throw new TesteeFaultException($"wrote a line that is not JSON: {Quote(line)}");
        }
        catch (InvalidOperationException)
        {
            throw new TesteeFaultException("wrote a line that holds half of a surrogate pair");
        }
    }

    /// <summary>A part of a line that is safe to print.</summary>
    private static string Quote(ReadOnlyMemory<byte> line)
    {
        string text = OneLine.Of(Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, 4 * LongestQuote)]));
        return text.Length <= LongestQuote ? $"'{text}'" : $"'{text[..LongestQuote]}…'";
    }

    /// <summary>
    /// Many JSON libraries write NaN and Infinity as bare words. Such a line is still an answer, though a wrong one, and what follows
    /// can be trusted.
    /// </summary>
    private static JsonDocument Parse(ReadOnlyMemory<byte> line, out string? bareWord)
    {
        bareWord = null;
        try
        {
            return JsonDocument.Parse(line, Strict);
        }
        catch (JsonException) when (BareWord().Match(Encoding.UTF8.GetString(line.Span)) is { Success: true } match)
        {
            bareWord = match.Value;
            return JsonDocument.Parse(BareWord().Replace(Encoding.UTF8.GetString(line.Span), "null"), Strict);
        }
    }

    private static void CheckId(JsonElement answer, string id)
    {
        if (!answer.TryGetProperty("id", out JsonElement answered))
        {
            throw new TesteeFaultException("wrote an answer without the query's id");
        }

        using JsonDocument asked = JsonDocument.Parse(id);
        if (!IsSame(answered, asked.RootElement))
        {
            throw new TesteeFaultException($"answered the query {Quote(Encoding.UTF8.GetBytes(answered.GetRawText()))} and not {id}");
        }
    }

    /// <summary>Whether two values are the same, of which a testee may have written any.</summary>
    public static bool IsSame(JsonElement answered, JsonElement asked)
    {
        try
        {
            return JsonElement.DeepEquals(answered, asked);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A number with an exponent beyond all bounds: it is the same as nothing that is expected.
            return false;
        }
    }

    /// <summary>JSON may escape half of a surrogate pair, which is no text; it is only noticed on reading it, and that is done here.</summary>
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    _ = member.Name;
                    ReadTexts(member.Value);
                }

                break;
        }
    }

    private static TesteeAnswer Answer(JsonElement answer, ReadOnlyMemory<byte> line)
    {
        string[] kinds = [.. answer.EnumerateObject().Select(member => member.Name).Where(name => name is "result" or "error" or "skip")];
        if (kinds.Length != 1)
        {
            throw new TesteeFaultException($"wrote an answer without exactly one of result, error and skip: {Quote(line)}");
        }

        JsonElement member = answer.GetProperty(kinds[0]);
        return kinds[0] switch
        {
            "result" when member.ValueKind == JsonValueKind.Object => new TesteeAnswer.Result(member.Clone()),
            "skip" when member.ValueKind == JsonValueKind.String => new TesteeAnswer.Skip(Shortened(member)),
            "error" when Text(member, "code") is string code => new TesteeAnswer.Error(code, Text(member, "parameter"), Text(member, "message")),
            "result" => throw new TesteeFaultException("wrote a result that is no object"),
            "skip" => throw new TesteeFaultException("wrote a skip that is no string with the reason"),
            _ => throw new TesteeFaultException("wrote an error without a code"),
        };
    }

    /// <summary>A member that is a text, shortened and safe to print; null where there is none.</summary>
    public static string? Text(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String
            ? Shortened(member)
            : null;

    private static string Shortened(JsonElement text)
    {
        string value = OneLine.Of(text.GetString()!);
        return value.Length <= 2 * LongestQuote ? value : value[..(2 * LongestQuote)] + "…";
    }

    [GeneratedRegex(@"(?<=[:\[,]\s*)-?(?:NaN|nan|Infinity|inf)(?=\s*[,\]}])")]
    private static partial Regex BareWord();
}
