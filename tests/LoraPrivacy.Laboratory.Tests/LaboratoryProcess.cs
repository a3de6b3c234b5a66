namespace LoraPrivacy.Laboratory.Tests;

/// <summary>Runs <c>lora-lab</c> as a child process.</summary>
internal static class LaboratoryProcess
{
    /// <summary>The command's name.</summary>
    public const string Command = "lora-lab";

    /// <summary>Starts it with all its standard streams redirected.</summary>
    public static Process Start(params string[] arguments) => CommandProcess.Start(Command, arguments);

    /// <summary>Runs it to its end.</summary>
    public static Task<CommandProcess.Result> RunAsync(string input, params string[] arguments) => CommandProcess.RunAsync(Command, input, arguments);
}
