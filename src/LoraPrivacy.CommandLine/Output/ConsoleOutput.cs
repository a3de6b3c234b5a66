using Spectre.Console;

namespace LoraPrivacy.CommandLine.Output;

/// <summary>Sends what is written for people to the terminal with its styles, or anywhere else as plain text.</summary>
internal static class ConsoleOutput
{
    public static void Write(string? file, Action<IAnsiConsole> write, int width = PlainConsole.Width)
    {
        if (file is null && !Console.IsOutputRedirected)
        {
            write(AnsiConsole.Create(new AnsiConsoleSettings()));
        }
        else
        {
            TextOutput.Write(file, PlainConsole.Render(write, width));
        }
    }
}
