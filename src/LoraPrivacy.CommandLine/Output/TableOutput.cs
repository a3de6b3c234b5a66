using LoraPrivacy.CommandLine.Tables;

namespace LoraPrivacy.CommandLine.Output;

/// <summary>Prints one table, for people or as JSON.</summary>
internal static class TableOutput
{
    public static void Write(string? file, Table table, bool asJson)
    {
        if (asJson)
        {
            TextOutput.Write(file, TableJson.Render(table));
        }
        else
        {
            ConsoleOutput.Write(file, console => TableText.Write(console, table));
        }
    }
}
