namespace LoraPrivacy.Oracle.Conformance.Testees;

/// <summary>
/// Splits a command line into words. No shell is involved: blanks separate words; '…' is taken as it is; in "…" a backslash makes the next
/// " or \ plain; outside quotes it makes the next blank, quote or backslash plain. Everywhere else a backslash is a backslash, as in
/// paths of Windows. Nothing is expanded.
/// </summary>
internal static class CommandWords
{
    private const char NoQuote = '\0';

    /// <summary>The words.</summary>
    /// <exception cref="InputException">There is none, or a quote is not closed.</exception>
    public static string[] Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isInWord = false;
        char quote = NoQuote;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\\' && i + 1 < line.Length && Escapes(quote, line[i + 1]))
            {
                word.Append(line[++i]);
                isInWord = true;
            }
            else if (quote != NoQuote ? c == quote : c is '\'' or '"')
            {
                quote = quote == NoQuote ? c : NoQuote;
                isInWord = true;
            }
            else if (quote == NoQuote && char.IsWhiteSpace(c))
            {
                Finish();
            }
            else
            {
                word.Append(c);
                isInWord = true;
            }
        }

        if (quote != NoQuote)
        {
            throw new InputException($"--testee must be a command whose quotes are closed, but is '{line}'");
        }

        Finish();
        return words.Count > 0 && words[0].Length > 0 ? [.. words] : throw new InputException($"--testee must be a command, but is '{line}'");

        void Finish()
        {
            if (isInWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isInWord = false;
            }
        }
    }

    private static bool Escapes(char quote, char next) => quote switch
    {
        NoQuote => next is '\\' or '\'' or '"' || char.IsWhiteSpace(next),
        '"' => next is '\\' or '"',
        _ => false,
    };
}
