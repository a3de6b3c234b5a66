using LoraPrivacy.CommandLine.Tables;
using Table = LoraPrivacy.CommandLine.Tables.Table;

namespace LoraPrivacy.CommandLine.Output;

/// <summary>Sends what a command answers to standard output or, with --out, to a file.</summary>
internal static class CommandOutput
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

    /// <summary>Writes for people: to the terminal with its styles, or anywhere else as plain text.</summary>
    public static void Write(string? file, Action<IAnsiConsole> write, int width = PlainConsole.Width)
    {
        if (file is null && !Console.IsOutputRedirected)
        {
            write(AnsiConsole.Create(new AnsiConsoleSettings()));
        }
        else
        {
            Write(file, PlainConsole.Render(write, width));
        }
    }

    public static void Write(string? file, Table table, bool asJson)
    {
        if (asJson)
        {
            Write(file, TableJson.Render(table));
        }
        else
        {
            Write(file, console => TableText.Write(console, table));
        }
    }
}
