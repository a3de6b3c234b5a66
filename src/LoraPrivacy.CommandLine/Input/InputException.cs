namespace LoraPrivacy.CommandLine.Input;

/// <summary>
/// Something the user gave is wrong. The message is one line that names the file or option and the place; the command
/// prints it and exits with 1.
/// </summary>
internal sealed class InputException : Exception
{
    public InputException(string message)
        : base(message)
    {
    }

    public InputException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
