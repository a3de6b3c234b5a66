using LoraPrivacy.Files;

namespace LoraPrivacy.CommandLine.Output;

/// <summary>Sends a command's text to standard output or, with --out, to a file.</summary>
internal static class TextOutput
{
    public static void Write(string? file, string text)
    {
        if (file is null)
        {
            StandardOutput.Write(text);
        }
        else
        {
            AtomicFile.Write(file, text);
        }
    }
}
