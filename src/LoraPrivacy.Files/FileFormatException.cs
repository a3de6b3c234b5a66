namespace LoraPrivacy.Files;

/// <summary>
/// A file does not hold what its format demands. The message is one line that names the file, the place in it and the reason, and
/// quotes at most a short part of what the file says.
/// </summary>
public sealed class FileFormatException : Exception
{
    private const int LongestQuote = 120;

    /// <summary>A file that is wrong as a whole.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="reason">What is wrong, without a full stop.</param>
    /// <param name="cause">The failure behind it, or null.</param>
    public FileFormatException(string file, string reason, Exception? cause = null)
        : base($"{file}: {OnOneLine(reason)}", cause)
    {
        File = file;
    }

    /// <summary>A file in which one tensor or member is wrong.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="place">The place, for example <c>tensor 'w'</c>; see <see cref="Tensor"/> and <see cref="Member"/>.</param>
    /// <param name="reason">What is wrong, without a full stop.</param>
    /// <param name="cause">The failure behind it, or null.</param>
    public FileFormatException(string file, string place, string reason, Exception? cause = null)
        : base($"{file}, {OnOneLine(place)}: {OnOneLine(reason)}", cause)
    {
        File = file;
    }

    /// <summary>The file's name as the caller gave it.</summary>
    public string File { get; }

    /// <summary>Names a tensor as the place of an error.</summary>
    /// <param name="name">The tensor's name, as long and strange as a file may make it.</param>
    /// <returns>For example <c>tensor 'lora_A.weight'</c>, shortened and without control characters.</returns>
    public static string Tensor(string name) => $"tensor '{Quote(name)}'";

    /// <summary>Names a member of a JSON file as the place of an error.</summary>
    /// <param name="name">The member's name.</param>
    /// <returns>For example <c>member 'r'</c>.</returns>
    public static string Member(string name) => $"member '{Quote(name)}'";

    /// <summary>Makes what a file says fit to be quoted in a message.</summary>
    /// <param name="text">Anything.</param>
    /// <returns>At most 120 characters of it on one line, control characters replaced.</returns>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return OnOneLine(text.Length <= LongestQuote ? text : text[..LongestQuote] + "…");
    }

    private static string OnOneLine(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder line = new(text.Length);
        foreach (char c in text)
        {
            // A lone surrogate cannot be printed as UTF-8, and U+2028 and U+2029 end lines as well.
            line.Append(c is '\n' or '\r' or '\t' ? ' ' : char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c);
        }

        return line.ToString();
    }
}
