namespace LoraPrivacy.CommandLine.Input;

/// <summary>The process's standard input.</summary>
internal static class StandardInput
{
    private const string Descriptors = "/proc/self/fd";

    /// <summary>Opens it.</summary>
    /// <exception cref="InputException">It was closed when the process began: the descriptor is a pipe of the runtime itself, which never ends.</exception>
    public static Stream Open()
    {
        if (OperatingSystem.IsLinux() && Directory.Exists(Descriptors)
            && (new FileInfo($"{Descriptors}/0").LinkTarget is not string target
                || (target.StartsWith("pipe:", StringComparison.Ordinal) && Directory.GetFileSystemEntries(Descriptors).Count(entry => new FileInfo(entry).LinkTarget == target) > 1)))
        {
            throw new InputException("standard input is closed, and nothing can be read from it");
        }

        return Console.OpenStandardInput();
    }
}
