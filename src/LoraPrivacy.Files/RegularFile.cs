using System.Runtime.InteropServices;

namespace LoraPrivacy.Files;

/// <summary>
/// Opens files to read. What is no regular file (a pipe, whose opening may wait for ever, a device, a folder) is refused before it is opened
/// where the system tells, and every failure names the file and its cause.
/// </summary>
public static class RegularFile
{
    // struct statx is the same on all architectures of Linux: stx_mode is the sixth word of 16 bits after 16 bytes.
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int CurrentDirectory = -100;
    private const uint TypeAndMode = 3;

    /// <summary>Opens a file. Links are followed.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="bufferSize">The size of the stream's buffer in bytes.</param>
    /// <returns>A seekable stream.</returns>
    /// <exception cref="FileFormatException">It is no regular file, does not exist, or cannot be read; the message says why.</exception>
    public static FileStream Open(string path, int bufferSize = 1)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (KindOf(path) is string kind)
        {
            throw new FileFormatException(path, $"is {kind}, not a regular file");
        }

        try
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize);
            if (stream.CanSeek)
            {
                return stream;
            }

            stream.Dispose();
            throw new FileFormatException(path, "is not a regular file");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FileFormatException(path, ReasonOf(failure), failure);
        }
    }

    /// <summary>What a failure to read or write a file comes from, without the path, which the library's messages repeat.</summary>
    /// <param name="failure">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    /// <returns>A clause, for example <c>does not exist</c>.</returns>
    public static string ReasonOf(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException => "may not be used: permission is denied",
        PathTooLongException => "has too long a name",
        EndOfStreamException => "became shorter while it was read",
        { Message: string message } => $"cannot be used: {FileFormatException.Quote(message.Split(" : '", 2)[0].Replace("No space left on device", "the disk is full (no space left on device)", StringComparison.Ordinal))}",
    };

    private static string? KindOf(string path)
    {
        if (Directory.Exists(path))
        {
            return "a directory";
        }

        if (!OperatingSystem.IsLinux() || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        byte[] status = new byte[StatxSize];
        try
        {
            return Statx(CurrentDirectory, path, 0, TypeAndMode, status) != 0 ? null : (BitConverter.ToUInt16(status, ModeOffset) & 0xF000) switch
            {
                0x1000 => "a pipe",
                0x2000 or 0x6000 => "a device",
                0xC000 => "a socket",
                _ => null,
            };
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library: what cannot be sought in is still refused once it is open.
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "statx", BestFitMapping = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] status);
}
