namespace LoraPrivacy.CommandLine;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was answered.</summary>
    public const int Success = 0;

    /// <summary>The command line or the input is wrong.</summary>
    public const int BadInput = 1;

    /// <summary>The command itself failed.</summary>
    public const int InternalFailure = 2;

    /// <summary>A claim of <c>check</c> fails: the production path does not do what the specification says.</summary>
    public const int ClaimFails = 3;

    /// <summary>A testee of <c>conform</c> does not conform.</summary>
    public const int DoesNotConform = 4;

    /// <summary>What <c>audit</c> reads is claimed of privacy is refuted by what is proved.</summary>
    public const int ClaimRefuted = 5;

    /// <summary>Its terminal has gone, by the shells' convention.</summary>
    public const int HungUp = 129;

    /// <summary>Interrupted with Ctrl-C, by the shells' convention.</summary>
    public const int Interrupted = 130;

    /// <summary>Asked to terminate, by the same convention.</summary>
    public const int Terminated = 143;
}
