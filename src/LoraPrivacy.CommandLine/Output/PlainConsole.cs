namespace LoraPrivacy.CommandLine.Output;

/// <summary>Renders with Spectre.Console into text without escape codes.</summary>
internal static class PlainConsole
{
    /// <summary>The width of everything that is not written to a wider or narrower terminal.</summary>
    public const int Width = 100;

    public static string Render(Action<IAnsiConsole> write, int width = Width)
    {
        using StringWriter text = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new PlainOutput(text, width),
        });
        console.Profile.Capabilities.Unicode = true;
        write(console);

        // Cells are padded to their column's width; no line needs its last blanks.
        StringBuilder trimmed = new();
        foreach (string line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            trimmed.Append(line.TrimEnd(' ', '\u00A0').Replace('\u00A0', ' ')).Append('\n');
        }

        return trimmed.ToString();
    }

    private sealed class PlainOutput(TextWriter writer, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => false;

        public int Width => width;

        public int Height => int.MaxValue;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
