namespace LoraPrivacy.CommandLine.Input;

/// <summary>The process's standard input.</summary>
internal static class StandardInput
{
    private const string Descriptors = "/proc/self/fd";
    private const string Flags = "flags:";

    /// <summary>Opens it.</summary>
    /// <exception cref="InputException">It was closed when the process began.</exception>
    public static Stream Open()
    {
        // The runtime gives the number to a pipe of its own, which never ends; it is known by its other end, which is here too.
        if (OperatingSystem.IsLinux() && Directory.Exists(Descriptors)
            && (new FileInfo($"{Descriptors}/0").LinkTarget is not string target
                || (target.StartsWith("pipe:", StringComparison.Ordinal) && Directory.GetFileSystemEntries(Descriptors).Any(entry => new FileInfo(entry).LinkTarget == target && IsWritten(Path.GetFileName(entry))))))
        {
            throw new InputException("standard input is closed, and nothing can be read from it");
        }

        return Console.OpenStandardInput();
    }

    // The flags are in octal; the last digit but one bit is the way of access, 0 for reading.
    private static bool IsWritten(string descriptor)
        => File.ReadAllLines($"/proc/self/fdinfo/{descriptor}").Any(line => line.StartsWith(Flags, StringComparison.Ordinal) && (line[^1] & 3) != 0);
}
