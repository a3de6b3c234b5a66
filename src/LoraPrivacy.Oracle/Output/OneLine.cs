using System.Text;

namespace LoraPrivacy.Oracle.Output;

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
            bool isBreak = c is '\n' or '\r' or '\t';
            if (isBreak && !afterBreak)
            {
                line.Append(' ');
            }
            else if (!isBreak)
            {
                line.Append(char.IsControl(c) ? '\uFFFD' : c);
            }

            afterBreak = isBreak;
        }

        return line.ToString().TrimEnd();
    }
}
