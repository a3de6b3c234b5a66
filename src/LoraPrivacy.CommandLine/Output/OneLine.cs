namespace LoraPrivacy.CommandLine.Output;

/// <summary>
/// Makes text that may quote a file (a tensor's name, a field) safe to print on one line of a terminal.
/// </summary>
internal static class OneLine
{
    public static string Of(string text)
    {
        StringBuilder line = new(text.Length);
        bool afterBreak = false;
        foreach (char c in text)
        {
            bool isBreak = c is '\n' or '\r' or '\t' or '\u2028' or '\u2029';
            if (isBreak && !afterBreak)
            {
                line.Append(' ');
            }
            else if (!isBreak)
            {
                // A format character can turn the direction of what follows.
                line.Append(char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '\uFFFD' : c);
            }

            afterBreak = isBreak;
        }

        return line.ToString().TrimEnd();
    }
}
