namespace LoraPrivacy.Production.Data;

/// <summary>What private training protects one of: the declared unit, of which neighbouring data sets have one more or less (S31).</summary>
[Statement("S31")]
public static class PrivacyUnit
{
    /// <summary>A line: of a table one row, of a text one line.</summary>
    public const string Line = "line";

    /// <summary>What stands between two blank lines of a text.</summary>
    public const string Document = "document";

    /// <summary>A piece of fixed length at its place in a text.</summary>
    public const string Piece = "piece";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Line, Document, Piece];

    /// <summary>A unit of text in words.</summary>
    /// <param name="unit">Its name.</param>
    /// <param name="length">The bytes of it that are used at most.</param>
    /// <returns>A phrase.</returns>
    public static string Describe(string unit, int length) => unit switch
    {
        Line => $"one line of the text, of which the first {length} bytes are used",
        Document => $"one document, the lines between two blank ones, of which the first {length} bytes are used",
        _ => $"one piece of {length} bytes at its place; a change that moves the text behind it changes every later piece, and is no neighbour",
    };

    /// <summary>The units of a text. Each is a function of its own bytes and of what separates it, not of the units around it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unit">The unit's name.</param>
    /// <param name="length">The bytes of a piece; what is left of the text behind the last whole piece is no unit.</param>
    /// <returns>The units in their order, without line ends, whole; a unit that has nothing to predict, being shorter than 2 bytes, is left out.</returns>
    /// <exception cref="ArgumentException">There is no unit of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than 1.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text, string unit, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        IEnumerable<ReadOnlyMemory<byte>> units = unit switch
        {
            Line => Lines(text).Select(line => text[line]),
            Document => Documents(text),
            Piece => Enumerable.Range(0, text.Length / length).Select(i => text.Slice(i * length, length)),
            _ => throw new ArgumentException($"unit must be one of {string.Join(", ", Names)}, but is {unit}", nameof(unit)),
        };
        return units.Where(bytes => bytes.Length >= 2);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Documents(ReadOnlyMemory<byte> text)
    {
        int start = -1;
        int end = 0;
        foreach (Range line in Lines(text))
        {
            bool isBlank = text.Span[line].Trim(" \t"u8).IsEmpty;
            if (isBlank && start >= 0)
            {
                yield return text[start..end];
            }

            start = isBlank ? -1 : start < 0 ? line.Start.Value : start;
            end = line.End.Value;
        }

        if (start >= 0)
        {
            yield return text[start..end];
        }
    }

    // Without the line feed and a carriage return before it.
    private static IEnumerable<Range> Lines(ReadOnlyMemory<byte> text)
    {
        for (int start = 0; start < text.Length;)
        {
            int length = text.Span[start..].IndexOf((byte)'\n');
            int end = length < 0 ? text.Length : start + length;
            yield return start..(end > start && text.Span[end - 1] == '\r' ? end - 1 : end);
            start = end + 1;
        }
    }
}
