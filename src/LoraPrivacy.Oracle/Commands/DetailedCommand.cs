using System.CommandLine;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>A verb whose help says more than its description does.</summary>
internal sealed class DetailedCommand(string name, string description, string details) : Command(name, description)
{
    /// <summary>What the help prints after the options, in lines of at most 100 characters.</summary>
    public string Details { get; } = details.ReplaceLineEndings("\n");
}
