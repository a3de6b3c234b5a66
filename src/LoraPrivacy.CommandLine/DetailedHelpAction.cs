using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LoraPrivacy.CommandLine;

/// <summary>Prints the usual help and, for a verb that has more to say, its details and examples below.</summary>
internal sealed class DetailedHelpAction : SynchronousCommandLineAction
{
    private const int Width = 100;

    private readonly HelpAction usual;

    public DetailedHelpAction(HelpAction usual)
    {
        this.usual = usual;
        this.usual.MaxWidth = Width;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is DetailedCommand command)
        {
            parseResult.InvocationConfiguration.Output.Write(command.Details);
        }

        return code;
    }
}

/// <summary>A verb whose help says more than its description does.</summary>
internal sealed class DetailedCommand(string name, string description, string details) : Command(name, description)
{
    /// <summary>What the help prints after the options, in lines of at most 100 characters.</summary>
    public string Details { get; } = details.ReplaceLineEndings("\n");
}
