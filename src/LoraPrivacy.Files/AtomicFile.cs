namespace LoraPrivacy.Files;

/// <summary>
/// A file that appears under its name only when it is complete: it is written beside it under another name and then renamed,
/// and removed if it is not <see cref="Commit">committed</see>.
/// </summary>
/// <remarks>Failures are <see cref="IOException"/>s whose message is one line that names the path.</remarks>
public sealed class AtomicFile : IDisposable
{
    private readonly string target;
    private readonly string temporary;
    private bool committed;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Its path. Devices such as /dev/stdout are written in place, and links are followed.</param>
    /// <exception cref="IOException">It cannot be written there.</exception>
    public AtomicFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);

        // A rename would replace a device or a link.
        string? linked = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null;
        target = Path.GetFullPath(linked ?? path);
        bool isDevice = path.StartsWith("/dev/", StringComparison.Ordinal);
        temporary = isDevice
            ? path
            : Path.Combine(Path.GetDirectoryName(target) ?? ".", $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        committed = isDevice;
        try
        {
            Stream = new FileStream(temporary, isDevice ? FileMode.Open : FileMode.CreateNew, FileAccess.Write);
        }
        catch (DirectoryNotFoundException failure)
        {
            throw new IOException($"{path}: cannot be written: its directory does not exist", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be written: {failure.Message}", failure);
        }
    }

    /// <summary>Where the contents go.</summary>
    public Stream Stream { get; }

    /// <summary>Writes a whole text as UTF-8.</summary>
    /// <param name="path">The path.</param>
    /// <param name="text">The contents.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="contents">The contents.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, byte[] contents)
    {
        using AtomicFile file = new(path);
        file.Stream.Write(contents);
        file.Commit();
    }

    /// <summary>Gives the complete file its name.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Commit()
    {
        Stream.Dispose();
        if (committed)
        {
            return;
        }

        try
        {
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{target}: cannot be written: {failure.Message}", failure);
        }

        committed = true;
    }

    /// <summary>Closes the file, and removes it if it has not been committed.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        finally
        {
            if (!committed)
            {
                File.Delete(temporary);
            }
        }
    }
}
